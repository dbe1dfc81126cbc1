import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { page } from './browser.ts'
import { classNamed, household, logIn, looks, office, portal } from './people.ts'

const at = office()

/** Opens the settings of the business, or of a location, as the form above them does. */
async function settingsOf(staff: Page, place?: string) {
  await staff.goto(`${at}/settings`)
  if (!place) return
  const whose = staff.getByRole('form', { name: 'Whose settings' })
  // One that has its own says so behind its name.
  const options = await whose.locator('option').allTextContents()
  await whose.getByLabel('Location').selectOption({ label: options.find(one => one.startsWith(place)) ?? place })
  await whose.getByRole('button', { name: 'Go' }).click()
  await staff.waitForURL(/location=\d/)
}

const save = async (staff: Page) => {
  await staff.getByRole('button', { name: 'Save', exact: true }).click()
  await staff.getByRole('status').waitFor()
}

for (const { how, visitor } of looks) {
  test(`a setting of the business changes the portal, and a number that is none is said, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    const family = await page(visitor)
    await settingsOf(owner)
    const parties = owner.getByLabel('Show Parties and allow visitors to book them')
    const stood = await parties.isChecked()
    for (const shown of [!stood, stood]) {
      await parties.setChecked(shown)
      await save(owner)
      expect(await parties.isChecked()).toBe(shown)
      await family.goto(`${portal()}/parties`)
      expect(await family.getByRole('heading', { level: 1, name: /part/i }).count()).toBe(shown ? 1 : 0)
    }
    const days = owner.getByLabel('Latest Start Date')
    const before = await days.inputValue()
    await days.fill('soon')
    await owner.getByRole('button', { name: 'Save', exact: true }).click()
    await owner.locator('[aria-invalid=true]').waitFor()
    expect(await days.inputValue()).toBe('soon')
    await days.fill(before)
    await save(owner)
  })

  test(`a setting of one location changes the portal there and nowhere else, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    const family = await page(visitor)
    const home = await household(family, { children: { Mia: 8 } })
    const trials = async (classId: number) => {
      await family.goto(`${portal()}/classes/${classId}`)
      await family.getByText(`Mia ${home.surname}`).first().waitFor()
      return family.getByText('One trial lesson').count()
    }
    const [here, there] = [await classNamed(family, 'Ninja Kids'), await classNamed(family, 'Ballet 1')]
    expect([await trials(there), await trials(here)]).toEqual([1, 1])
    // The page says where it is.
    await settingsOf(owner)
    const offered = await owner.getByRole('form', { name: 'Whose settings' }).locator('option').allTextContents()
    const facts = (await family.locator('main').textContent()) ?? ''
    const place = offered.find(name => facts.includes(name)) ?? ''
    await settingsOf(owner, place)
    await owner.getByText(`${place} follows all locations in everything.`).waitFor()
    await owner.getByLabel('Request Trial').selectOption('Off')
    await save(owner)
    await owner.getByText(`${place} has its own: Request Trial.`).waitFor()
    expect([await trials(here), await trials(there)]).toEqual([0, 1])
    // The business's own page says who differs, and the audit log who made it so.
    await settingsOf(owner)
    await owner.getByText(new RegExp(`Set apart at ${place}`)).waitFor()
    await owner.goto(`${at}/audit-log?q=Request Trial`)
    await owner.getByRole('row').filter({ hasText: 'owner@demo.test' }).first().waitFor()
    await settingsOf(owner, place)
    await owner.getByLabel('Request Trial').selectOption('')
    await save(owner)
    expect(await trials(here)).toBe(1)
  })
}
