import { expect, test } from 'vitest'
import { page } from './browser.ts'
import { ask, classNamed, household, logIn, office, password, portal, staffPortal } from './people.ts'

const at = office()
const ways = [true, false].map(javaScriptEnabled => ({
  javaScriptEnabled,
  way: javaScriptEnabled ? 'with JavaScript' : 'without JavaScript',
}))
const sizes = [1366, 390]

for (const width of sizes)
  test(`without JavaScript the window is filtered, paged, approved and dismissed by buttons at ${width} px`, async () => {
    const tab = await page()
    const family = await household(tab, { children: { Mia: 7, Leo: 9 } })
    const classId = await classNamed(tab, 'Ninja Kids')
    for (const { id } of family.children) await ask(tab, family, classId, { student: String(id) })
    const staff = await page({ javaScriptEnabled: false, viewport: { width, height: 844 } })
    await logIn(staff, at, 'owner@demo.test')
    await staff
      .getByRole('link', { name: /^Online Activity/ })
      .first()
      .click()
    await staff.getByLabel('Type').selectOption('enrollment')
    await staff.getByLabel('Items per page').fill('2')
    await staff.getByRole('button', { name: 'Go', exact: true }).click()
    const rows = staff.locator('#rows tbody tr')
    expect(await rows.count()).toBe(2)
    expect(await staff.getByLabel('Type').inputValue()).toBe('enrollment')
    // Just these two, the newest: Select All means the rows that are shown.
    await staff.getByLabel('Select All').check()
    await staff.getByRole('button', { name: 'Approve', exact: true }).click()
    await staff.getByRole('heading', { name: 'Approve 2 entries' }).waitFor()
    await staff.getByRole('button', { name: 'Approve', exact: true }).click()
    await staff.getByText('2 approved.').waitFor()
    expect(staff.url()).toContain('answer=')
    await staff.reload()
    await staff.getByText('2 approved.').waitFor()
    await staff.goto(`${at}/families?q=${family.surname}`)
    await staff.getByRole('link', { name: family.surname, exact: true }).click()
    expect(await staff.getByRole('table', { name: 'Charges' }).getByText('Ninja Kids').count()).toBe(2)

    await staff.goto(`${at}/online-activity`)
    await staff.getByRole('textbox', { name: /^Page/ }).fill('999')
    await staff.getByRole('button', { name: 'Go to page' }).click()
    await staff.getByText(/so this is the last one|ends at/).waitFor()
    await staff.goto(`${at}/online-activity?type=new_account`)
    await staff.getByRole('button', { name: `Dismiss, ${family.surname}` }).click()
    await staff.getByText(`Dismissed: ${family.surname}.`).waitFor()
    expect(await staff.getByRole('row', { name: family.surname }).count()).toBe(0)
  })

for (const { javaScriptEnabled, way } of ways) {
  test(`a note whose session had ended is saved after the log-in, ${way}`, async () => {
    const tab = await page()
    const family = await household(tab, { children: { Mia: 7 } })
    await ask(tab, family, await classNamed(tab, 'Ninja Kids'))
    const staff = await page({ javaScriptEnabled })
    await logIn(staff, at, 'owner@demo.test')
    await staff.goto(`${at}/families`)
    await staff
      .getByRole('link', { name: /^Online Activity/ })
      .first()
      .click()
    await staff
      .getByRole('link', { name: `Details, ${family.surname}, Mia` })
      .first()
      .click()
    await staff.getByLabel('Add a note').fill('Grandmother brings her.')
    await staff.context().clearCookies()
    await staff.getByRole('button', { name: 'Save note' }).click()
    await staff.getByText('You were logged out.').waitFor()
    await staff.getByLabel('E-mail', { exact: true }).fill('owner@demo.test')
    await staff.getByLabel('Password').fill(password)
    await staff.getByRole('button', { name: 'Log In' }).click()
    await staff.getByRole('button', { name: 'Continue' }).click()
    await staff.locator('.said').filter({ hasText: 'Grandmother brings her.' }).waitFor()
    await staff.goto(`${at}/online-activity`)
    expect(await staff.getByRole('row', { name: family.surname }).first().textContent()).toContain('Has a staff note.')
  })

  test(`a switch of the Settings works at once, and back, ${way}`, async () => {
    const staff = await page({ javaScriptEnabled })
    await logIn(staff, office('sunrise'), 'owner@sunrise.test')
    const family = await page({ javaScriptEnabled })
    for (const on of [false, true]) {
      await staff.goto(`${office('sunrise')}/settings`)
      await staff.getByLabel('Allow New Accounts').setChecked(on)
      await staff.getByRole('button', { name: 'Save', exact: true }).click()
      await staff.getByRole('status').waitFor()
      expect(await staff.getByLabel('Allow New Accounts').isChecked()).toBe(on)
      await family.goto(`${portal('sunrise')}/sign-up`)
      expect(await family.getByRole('button', { name: 'Create account' }).count()).toBe(on ? 1 : 0)
      expect(await family.getByText('New accounts are made at the front desk.').count()).toBe(on ? 0 : 1)
    }
  })
}

test('while the Staff Portal is off, its links lead back to the Office with a sentence', async () => {
  const staff = await page()
  await logIn(staff, office('sunrise'), 'owner@sunrise.test')
  const coach = await page({ viewport: { width: 390, height: 844 } })
  const set = async (on: boolean) => {
    await staff.goto(`${office('sunrise')}/settings`)
    await staff.getByRole('checkbox', { name: 'Staff Portal' }).setChecked(on)
    await staff.getByRole('button', { name: 'Save', exact: true }).click()
    await staff.getByRole('status').waitFor()
  }
  await set(false)
  await staff.goto(staffPortal('sunrise'))
  await staff.getByText('The Staff Portal is switched off, so you are back in the Office.').waitFor()
  await coach.goto(`${staffPortal('sunrise')}/login`)
  await coach.getByLabel('E-mail').fill('coach@sunrise.test')
  await coach.getByLabel('Password').fill(password)
  await coach.getByRole('button', { name: 'Log In' }).click()
  await coach.getByText('The Staff Portal is switched off. Ask an owner of this account.').waitFor()
  await set(true)
  await coach.goto(staffPortal('sunrise'))
  await coach.getByRole('heading', { level: 1 }).waitFor()
  expect(await coach.getByText('switched off').count()).toBe(0)
})

test('the Settings lead to Import', async () => {
  const staff = await page()
  await logIn(staff, at, 'owner@demo.test')
  await staff.goto(`${at}/settings`)
  await staff.getByRole('link', { name: 'Import' }).click()
  expect(await staff.getByRole('button', { name: 'Read the file' }).isVisible()).toBe(true)
})
