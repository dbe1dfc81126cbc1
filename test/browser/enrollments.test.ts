import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { addFamily, classNamed, day, logIn, looks, office } from './people.ts'

const at = office()

/** The form of the next step, which a phone has below and a desk beside. */
const press = (staff: Page, form: string, button: string) =>
  staff.getByRole('form', { name: form, exact: true }).getByRole('button', { name: button, exact: true }).click()

/** The first day of the next month: an enrollment from then on costs a whole one, whenever the test runs. */
function nextMonth() {
  const [year = 0, month = 0] = day(0).split('-').map(Number)
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}

for (const { how, visitor } of looks) {
  test(`an enrollment by staff is changed, with its money before the click and in the ledger, ${how}`, async () => {
    const owner = await page(visitor)
    const fine = async () => {
      if (visitor.javaScriptEnabled) expect(await axe(owner)).toEqual([])
      expect(await owner.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    }
    await logIn(owner, at, 'owner@demo.test')
    const { record, child } = await addFamily(owner, at, [['Mia', '2017-05-04']])
    const id = await classNamed(owner, 'Ninja Kids')
    const wish = `student=${child('Mia').split('/').pop()}&class=${id}&type=active&start=${nextMonth()}`
    await owner.goto(`${at}/enrollments/new?${wish}&step=summary`)
    const agreed = owner.getByLabel('Enroll all the same')
    if (await agreed.count()) await agreed.check()
    await press(owner, 'Enroll', 'Enroll')
    await owner.getByText('Enrolled.').waitFor()
    const enrollment = new URL(owner.url()).pathname

    // A price that is agreed afterwards: what it does is looked at first.
    await owner.getByRole('link', { name: 'Edit', exact: true }).click()
    const form = owner.getByRole('form', { name: 'Enrollment', exact: true })
    await form.getByLabel('In place of the tuition').selectOption('A price for the whole month or session')
    await form.getByLabel('Agreed price', { exact: true }).fill('ten')
    await form.getByRole('button', { name: 'Show what it does' }).click()
    await owner.getByText(/is not an amount/).waitFor()
    await form.getByLabel('Agreed price', { exact: true }).fill('10.00')
    await form.getByLabel('Prorate it').uncheck()
    await form.getByRole('button', { name: 'Show what it does' }).click()
    await owner.getByText(/^Post a credit of \$\d+\.\d\d to the ledger$/).waitFor()
    await owner.getByText('$10.00', { exact: true }).waitFor()
    await fine()
    await press(owner, 'Save', 'Save')
    await owner.getByText('Saved.').waitFor()
    await owner.goto(record)
    await owner.getByRole('table', { name: 'Charges' }).getByText('$10.00').first().waitFor()
    // And back to the usual one: the difference is one more charge.
    await owner.goto(`${enrollment}/edit`)
    await form.getByLabel('In place of the tuition').selectOption('The tuition of the class')
    await form.getByRole('button', { name: 'Show what it does' }).click()
    await owner.getByLabel(/^Post \$\d+\.\d\d to the ledger/).waitFor()
    await press(owner, 'Save', 'Save')
    await owner.getByText('Saved.').waitFor()
    await owner.goto(`${at}/audit-log?q=changed the enrollment of Mia`)
    await owner
      .getByText(/charged \$\d+\.\d\d more/)
      .first()
      .waitFor()
  })

  test(`a day of a camp is given back by staff, and taken back again, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    const { child } = await addFamily(owner, at, [['Leo', '2017-05-04']])
    await owner.goto(`${at}/camps`)
    await owner.getByRole('link', { name: 'Gym and Games' }).click()
    await owner.goto(`${new URL(owner.url()).pathname}/enroll?student=${child('Leo').split('/').pop()}`)
    const days = owner.getByRole('form', { name: 'Days' }).getByRole('checkbox')
    await days.nth(0).check()
    await days.nth(1).check()
    await press(owner, 'Days', 'Show what it does')
    await owner.getByText('$130.00').first().waitFor()
    const agreed = owner.getByLabel('Enroll all the same')
    if (await agreed.count()) await agreed.check()
    await press(owner, 'Enroll', 'Enroll')
    await owner.getByText('Enrolled.').waitFor()
    await owner.getByRole('link', { name: 'Drop', exact: true }).click()
    await days.nth(1).check()
    await press(owner, 'Days', 'Show what it does')
    await owner.getByLabel('Post a credit of $65.00 to the ledger').waitFor()
    await press(owner, 'Drop', 'Drop')
    await owner.getByText('Dropped.').waitFor()
    await owner.getByText(/Undoing it brings them back and charges \$65\.00 again/).waitFor()
    if (visitor.javaScriptEnabled) expect(await axe(owner)).toEqual([])
    await owner.getByRole('button', { name: 'Undo drop' }).click()
    await owner.getByText('The drop is undone.').waitFor()
    expect(await owner.getByRole('button', { name: 'Undo drop' }).count()).toBe(0)
    await owner.getByText('Approved', { exact: true }).first().waitFor()
  })
}
