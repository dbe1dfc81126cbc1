import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { logIn, office } from './people.ts'

// The second business is quiet: no other test waits for its mail.
const at = office('sunrise')

const fits = async (tab: Page) =>
  expect(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)

// axe needs JavaScript.
async function wellMade(tab: Page) {
  await fits(tab)
  expect(await axe(tab)).toEqual([])
}

test('a variable that is pressed goes where the text is being written', async () => {
  const tab = await page()
  await logIn(tab, at, 'owner@sunrise.test')
  await tab.goto(`${at}/templates/new`)
  const text = tab.getByLabel('Text', { exact: true })
  await text.fill('Hello , come.')
  await text.evaluate(box => (box as HTMLTextAreaElement).setSelectionRange(6, 6))
  await tab.getByText('[[family_first]]', { exact: true }).click()
  await tab.keyboard.type('!')
  expect(await text.inputValue()).toBe('Hello [[family_first]]!, come.')
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the list and the form of a new one are well made, ${colorScheme}`, async () => {
    const tab = await page({ colorScheme })
    await logIn(tab, at, 'owner@sunrise.test')
    for (const path of ['templates', 'templates/new', 'templates/order-received'])
      for (const width of [1366, 390]) {
        await tab.setViewportSize({ width, height: 844 })
        await tab.goto(`${at}/${path}`)
        await wellMade(tab)
      }
  }, 60_000)

test('without JavaScript, on a phone, a notice is worded, previewed, taken back and given up', async () => {
  const tab = await page({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await logIn(tab, at, 'owner@sunrise.test')
  await tab.goto(`${at}/settings`)
  await tab.getByRole('link', { name: 'E-mail templates' }).first().click()
  await tab.getByRole('link', { name: 'Party confirmed' }).click()
  const other = await page({ viewport: { width: 390, height: 844 } })
  await logIn(other, at, 'owner@sunrise.test')
  await other.goto(tab.url())
  await tab.getByLabel('Subject').fill('It is on: [[prty]]')
  await tab.getByRole('button', { name: 'Save' }).click()
  await tab.getByText('There is no variable [[prty]]. Perhaps [[party]]?').waitFor()
  await fits(tab)
  await tab.getByLabel('Subject').fill('It is on: [[party]]')
  await tab.getByRole('button', { name: 'Preview' }).click()
  await tab.getByText('It is on: Mia turns eight').waitFor()
  await fits(tab)
  await tab.getByRole('button', { name: 'Save' }).click()
  await tab.getByText('Saved.').waitFor()

  await other.getByLabel('Subject').fill('Confirmed')
  await other.getByRole('button', { name: 'Save' }).click()
  await other.getByText('Somebody changed this at the same moment.').waitFor()
  expect(await other.getByLabel('Subject').inputValue()).toBe('Confirmed')
  await other.getByRole('heading', { name: /^In use now, by owner@sunrise.test/ }).waitFor()
  await wellMade(other)
  await other.getByRole('button', { name: 'Save' }).click()
  await other.getByText('Saved.').waitFor()
  await other.getByText(/^Version 1/).click()
  await wellMade(other)
  await other.getByLabel('Text', { exact: true }).fill('[[nobody]]')
  await other.getByRole('button', { name: 'Preview' }).click()
  await other.getByText('There is no variable [[nobody]].').waitFor()
  await wellMade(other)

  await tab.reload()
  await tab.getByText(/^Version 1/).click()
  await tab.getByRole('button', { name: 'Use this version again' }).click()
  await tab.getByText('Saved.').waitFor()
  expect(await tab.getByLabel('Subject').inputValue()).toBe('It is on: [[party]]')
  await fits(tab)
  await tab.getByRole('button', { name: 'Back to the program’s own words' }).click()
  await tab.getByText('The program’s own words are in use again.').waitFor()
}, 60_000)
