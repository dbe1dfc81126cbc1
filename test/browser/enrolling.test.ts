import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { household, logIn, office } from './people.ts'

const at = office()

const looks = [
  { javaScriptEnabled: true, width: 1366, colorScheme: 'light' },
  { javaScriptEnabled: false, width: 390, colorScheme: 'dark' },
] as const

/** Finds a class by how its name begins, and chooses the first that fits. */
async function choose(staff: Page, name: string) {
  await staff.getByLabel('Class begins with').fill(name)
  await staff.getByRole('button', { name: 'Go', exact: true }).click()
  await staff
    .getByRole('link', { name: `Choose ${name}` })
    .first()
    .click()
}

for (const { javaScriptEnabled, width, colorScheme } of looks) {
  const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`

  test(`staff enroll, move and drop a student, and take the drop back, ${how}`, { timeout: 120_000 }, async () => {
    const family = await household(await page(), { children: { Mia: 7 } })
    const staff = await page({ javaScriptEnabled, viewport: { width, height: 844 }, colorScheme })
    const isFine = async (name: string) => {
      await shot(staff, `enrolling-${name}-${width}`)
      if (javaScriptEnabled) expect(await axe(staff)).toEqual([])
      const wide = await staff.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect(wide, staff.url()).toBeLessThanOrEqual(0)
    }
    const name = `Mia ${family.surname}`
    await logIn(staff, at, 'owner@demo.test')
    await staff.goto(`${at}/students/${family.children[0]?.id}`)
    await staff.getByRole('link', { name: 'Enroll', exact: true }).click()
    await staff.getByRole('heading', { name: `Enroll ${name}` }).waitFor()
    await isFine('finder')
    await choose(staff, 'Ninja Kids')
    await staff.getByLabel('Type').selectOption('active')
    await isFine('details')
    await staff.getByRole('button', { name: 'Continue' }).click()
    await staff.getByText('Why this amount?').first().waitFor()
    await isFine('summary')
    // A student who is too old or too young, and a full class, have to be agreed to.
    for (const tick of ['agreed', 'overbook'])
      if (await staff.locator(`input[name=${tick}]`).count()) await staff.locator(`input[name=${tick}]`).check()
    await staff.getByLabel('Notes').fill('Asked at the desk.')
    await staff.getByRole('button', { name: 'Enroll', exact: true }).click()
    await staff.getByText('Enrolled.').waitFor()
    expect(await staff.locator('main').textContent()).toMatch(/Ninja Kids.*enrolled Mia/s)
    await isFine('record')

    await staff.getByRole('link', { name: 'Transfer' }).click()
    await choose(staff, 'Beginner Gymnastics 2')
    await staff.getByLabel('Drop Date for Previous Class').waitFor()
    await isFine('transfer')
    for (const tick of ['agreed', 'overbook'])
      if (await staff.locator(`input[name=${tick}]`).count()) await staff.locator(`input[name=${tick}]`).check()
    await staff.getByRole('button', { name: 'Transfer' }).click()
    await staff.getByText('Transferred.').waitFor()
    expect(await staff.locator('main').textContent()).toMatch(/Moved from Ninja Kids to Beginner Gymnastics 2/)

    await staff.getByRole('link', { name: 'Drop' }).click()
    await staff.getByRole('button', { name: 'Show what it does' }).click()
    await isFine('drop')
    await staff.getByRole('button', { name: 'Drop', exact: true }).click()
    await staff.getByText('Dropped.').waitFor()
    await isFine('dropped')
    await staff.getByRole('button', { name: 'Undo drop' }).click()
    await staff.getByText('The drop is undone.').waitFor()

    await staff.goto(`${at}/enrollments`)
    await staff.getByLabel('Last name begins with').fill(family.surname)
    await staff.getByLabel('To', { exact: true }).fill('2099-01-01')
    await staff.getByRole('button', { name: 'Go', exact: true }).click()
    await staff
      .getByRole('link', { name: `View, ${name}` })
      .first()
      .waitFor()
    await isFine('list')
    await staff.getByRole('link', { name: 'Requests that wait' }).click()
    await staff.getByRole('heading', { name: 'Requests that wait' }).waitFor()
  })
}
