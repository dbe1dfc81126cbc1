import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { logIn, office, password } from './people.ts'

const at = office()
const rows = (staff: Page) => staff.locator('main tbody tr').evaluateAll(found => found.map(({ id }) => id))
const ticked = (staff: Page) => staff.locator('tbody tr:has(:checked)').evaluateAll(found => found.map(({ id }) => id))

/** How many entries the window shows of a status, in a page of its own. */
async function listed(staff: Page, status: string) {
  const answer = await staff.request.get(`${at}/online-activity?status=${status}`)
  return (await answer.text()).split('<tr id="e').length - 1
}

async function owner(javaScriptEnabled: boolean) {
  const staff = await page({ javaScriptEnabled, viewport: { width: 1366, height: 500 } })
  await logIn(staff, at, 'owner@demo.test')
  return staff
}

async function filter(staff: Page, name: string, choice: string) {
  const form = staff.locator('form.filters')
  const box = form.locator(`[name=${name}]`)
  if ((await box.getAttribute('type')) === 'search') await box.fill(choice)
  else await box.selectOption(choice)
  await form.getByRole('button', { name: 'Go' }).click()
  await staff.waitForURL(address => address.searchParams.get(name) === choice)
}

/** The active families, as who has no script sees them: more than a screen holds. */
async function activeOnes() {
  const staff = await owner(false)
  await staff.goto(`${at}/families`)
  await filter(staff, 'status', 'active')
  const active = await rows(staff)
  expect(active.length).toBeGreaterThan(20)
  return active
}

test('a filter is put in place without a new page: the same rows, the keyboard where it was, Back as before', async () => {
  const active = await activeOnes()
  const staff = await owner(true)
  await staff.goto(`${at}/families`)
  const before = await rows(staff)
  await staff.evaluate(() => Object.assign(window, { sameDocument: true }))

  await filter(staff, 'status', 'active')
  await expect.poll(() => rows(staff)).toEqual(active)
  expect(await staff.evaluate(() => 'sameDocument' in window)).toBe(true)
  expect(await staff.evaluate(() => document.activeElement?.textContent)).toBe('Go')
  expect(await axe(staff)).toEqual([])

  // A name that is typed stays in its box, and the title says which page this is.
  await filter(staff, 'q', 'no such family')
  await staff.getByText('No family fits these filters.').waitFor()
  expect(await staff.locator('.filters [name=q]').inputValue()).toBe('no such family')
  expect(await staff.title()).toMatch(/^Families · /)

  await staff.goBack()
  await expect.poll(() => rows(staff)).toEqual(active)
  expect(await staff.locator('[name=status]').inputValue()).toBe('active')
  await staff.goBack()
  await expect.poll(() => rows(staff)).toEqual(before)
})

test('what is ticked stays ticked where it is still listed, and no tick passes to another row', async () => {
  const active = await activeOnes()
  const staff = await owner(true)
  await staff.goto(`${at}/families`)
  const both = (await rows(staff)).filter(id => active.includes(id))
  const [first = '', last = ''] = [both[0], both.at(-1)]
  for (const id of [first, last]) await staff.locator(`#${id} [type=checkbox]`).check()
  const name = (await staff.locator(`#${last} td:nth-child(2)`).textContent()) ?? ''
  await filter(staff, 'status', 'active')
  await expect.poll(() => rows(staff)).toEqual(active)
  expect(await ticked(staff)).toEqual([first, last])

  await filter(staff, 'q', name)
  await expect.poll(() => rows(staff)).not.toContain(first)
  expect(await ticked(staff)).toEqual([last])
  await filter(staff, 'status', 'inactive')
  await expect.poll(() => rows(staff)).not.toContain(last)
  expect(await ticked(staff)).toEqual([])
})

test('of two filters that follow each other at once the second counts, with all of its rows and no others', async () => {
  const staff = await owner(true)
  await staff.goto(`${at}/online-activity`)
  const choose = (value: string) =>
    staff.locator('#filters [name=status]').evaluate((box: HTMLSelectElement, value) => {
      box.value = value
      box.dispatchEvent(new Event('change', { bubbles: true }))
    }, value)
  await choose('notification')
  // In the moment in which the first rows are there, and the rest is still to come.
  await staff.evaluate(
    () => new Promise(done => document.addEventListener('htmx:after:swap', done, { once: true, capture: true })),
  )
  await choose('pending')
  const states = () => staff.locator('.c-state').allTextContents()
  const wanted = await listed(staff, 'pending')
  expect(wanted).toBeGreaterThan(10)
  await expect.poll(states).toEqual(Array(wanted).fill('Pending'))
})

test('what is asked for beside a list, such as how far a task is, leaves its rows alone', async () => {
  const staff = await owner(true)
  await staff.goto(`${at}/families`)
  const before = await rows(staff)
  await staff.evaluate(async () => {
    const { htmx } = window as unknown as { htmx: { ajax(...asked: unknown[]): Promise<void> } }
    await htmx.ajax('GET', location.pathname, { target: document.querySelector('main h1'), swap: 'none' })
  })
  expect(before.length).toBeGreaterThan(20)
  expect(await rows(staff)).toEqual(before)
})

test('when the log-in has run out, a filter leads to its page as it always looks, and from there to what was asked', async () => {
  const staff = await owner(true)
  await staff.goto(`${at}/families`)
  await staff.context().clearCookies()
  await staff.locator('.filters [name=status]').selectOption('active')
  await staff.locator('.filters').getByRole('button', { name: 'Go' }).click()
  await staff.waitForURL(/\/login\?next=/)
  await staff.waitForLoadState()
  expect(await staff.evaluate(() => document.querySelectorAll('script[src*="/js/office."]').length)).toBe(0)
  await staff.getByLabel('E-mail').fill('owner@demo.test')
  await staff.getByLabel('Password').fill(password)
  await staff.getByRole('button', { name: 'Log In' }).click()
  await staff.waitForURL(/\/families\?.*status=active/)
})

test('Select All is about the rows that it ticked: another filter brings none that is ticked by itself', async () => {
  const staff = await owner(true)
  await staff.goto(`${at}/online-activity?status=pending`)
  await staff.getByLabel('Select All').check()
  const chosen = await ticked(staff)
  expect(chosen.length).toBeGreaterThan(10)
  await staff.locator('#filters [name=status]').selectOption('')
  await staff.waitForURL(/online-activity$/)
  const wanted = await listed(staff, '')
  await expect.poll(async () => (await rows(staff)).length).toBe(wanted)
  const now = await ticked(staff)
  expect(now.length).toBeGreaterThan(0)
  expect(now.filter(id => !chosen.includes(id))).toEqual([])
  expect(await staff.getByLabel('Select All').isChecked()).toBe(false)
})
