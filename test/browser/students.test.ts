import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { addFamily, logIn, looks, office } from './people.ts'

const at = office()

for (const { how, visitor } of looks) {
  test(`a student is found by filters, looked at, changed by two people and deleted, ${how}`, async () => {
    const owner = await page(visitor)
    await logIn(owner, at, 'owner@demo.test')
    const { last } = await addFamily(owner, at, [
      ['Mia', '2019-05-04'],
      ['Leo', '2014-08-12'],
    ])
    if (visitor.viewport.width < 1000) await owner.getByRole('button', { name: 'Menu', exact: true }).click()
    await owner.getByRole('navigation', { name: 'Toolbar' }).getByRole('link', { name: 'Students' }).click()
    const filters = owner.getByRole('form', { name: 'Filter Students' })
    await filters.getByLabel('Name begins with').fill(last)
    await filters.getByLabel('Birthday month').selectOption('May')
    await filters.getByLabel('Status').selectOption('Inactive')
    await filters.getByRole('button', { name: 'Go' }).click()
    await owner.waitForURL(/month=05/)
    const list = owner.getByRole('table', { name: 'Students' })
    await list.getByRole('link', { name: `Mia ${last}`, exact: true }).waitFor()
    expect(await list.getByText(`Leo ${last}`).count()).toBe(0)
    await filters.getByLabel('Age from').fill('90')
    await filters.getByRole('button', { name: 'Go' }).click()
    await owner.getByText('No student fits these filters.').waitFor()
    await owner.goBack()
    await list.getByRole('link', { name: `Mia ${last}`, exact: true }).click()

    // The record has all parts, and its policies.
    await owner.getByRole('heading', { name: `Mia ${last}`, level: 1 }).waitFor()
    for (const part of ['Families', 'Enrollments', 'Attendance', 'Skills', 'Makeup Tokens'])
      await owner.getByRole('heading', { name: part, exact: true }).waitFor()
    const record = new URL(owner.url()).pathname
    await owner.getByRole('link', { name: 'Policies', exact: true }).click()
    await owner.getByRole('heading', { level: 1 }).filter({ hasText: 'Policies' }).waitFor()
    await owner.goto(record)

    // Two people edit, and the second one is shown both.
    await owner.getByRole('link', { name: 'Edit', exact: true }).click()
    const other = await page(visitor)
    await logIn(other, at, 'owner@demo.test')
    await other.goto(owner.url())
    const form = owner.getByRole('form', { name: 'Edit Student' })
    await form.getByLabel('Birthday').fill('2090-01-01')
    await form.getByLabel('Medical').fill('Nuts')
    await form.getByRole('button', { name: 'Save' }).click()
    await owner.getByText('The birthday is not in the past.').waitFor()
    expect(await form.getByLabel('Medical').inputValue()).toBe('Nuts')
    await form.getByLabel('Birthday').fill('2018-05-04')
    await form.getByRole('button', { name: 'Save' }).click()
    await owner.getByText('Saved.').waitFor()
    await owner.getByText('Nuts', { exact: true }).waitFor()
    const late = other.getByRole('form', { name: 'Edit Student' })
    await late.getByLabel('First name').fill('Mila')
    await late.getByRole('button', { name: 'Save' }).click()
    await other.getByText('Somebody changed this at the same moment.').waitFor()
    await other.getByText('Saved meanwhile: Nuts').waitFor()
    await other.getByText('Saved meanwhile: 2018-05-04').waitFor()
    expect(await late.getByLabel('First name').inputValue()).toBe('Mila')
    if (visitor.javaScriptEnabled) expect(await axe(other)).toEqual([])
    await late.getByLabel('Medical').fill('Nuts')
    await late.getByRole('button', { name: 'Save' }).click()
    await other.getByText('Saved.').waitFor()

    // What goes is said first, and the name typed.
    await owner.goto(`${at}/students?q=${last}`)
    await owner.getByRole('link', { name: `Delete, Mila ${last}` }).click()
    await owner.getByText('Name, birthday, gender, grade, medical notes').waitFor()
    await owner.getByText('This cannot be undone.').waitFor()
    await owner.getByLabel(/^Type “/).fill('Mila')
    await owner.getByRole('button', { name: 'Delete student' }).click()
    await owner.getByText('Type the name as it stands here').waitFor()
    await owner.getByLabel(/^Type “/).fill(`Mila ${last}`)
    await owner.getByRole('button', { name: 'Delete student' }).click()
    await owner.getByText('The student is deleted.').waitFor()
    await owner.goto(`${at}/students?q=${last}`)
    expect(await list.getByRole('link', { name: last }).allTextContents()).toContain(`Leo ${last}`)
    expect(await list.getByText(`Mila ${last}`).count()).toBe(0)
  })

  test(`two records of one child become one, and two again, ${how}`, async () => {
    const owner = await page(visitor)
    const fine = async () => {
      if (visitor.javaScriptEnabled) expect(await axe(owner)).toEqual([])
      expect(await owner.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    }
    await logIn(owner, at, 'owner@demo.test')
    const { last, child } = await addFamily(owner, at, [
      ['Mia', '2019-05-04'],
      ['Mila', '2019-05-04'],
    ])
    await owner.goto(child('Mia'))
    await owner.getByRole('link', { name: 'Merge', exact: true }).click()
    const compare = owner.getByRole('button', { name: 'Compare' })
    await compare.waitFor()
    await fine()
    await compare.click()
    await owner.getByRole('table', { name: 'What each has' }).getByText(`Mila ${last}`).waitFor()
    await fine()
    await owner.getByRole('button', { name: 'Merge 2 students' }).click()
    await owner.getByText('The two records are one.').waitFor()
    expect(new URL(owner.url()).pathname).toBe(child('Mia'))
    await owner.goto(child('Mila'))
    await owner.getByText('This record was merged into').getByRole('link').click()
    await owner.getByRole('link', { name: 'What moved, and Undo' }).click()
    const undo = owner.getByRole('button', { name: 'Undo merge' })
    await undo.waitFor()
    await fine()
    await undo.click()
    await owner.getByText('Undone', { exact: true }).waitFor()
    await owner.goto(`${at}/students?q=${last}`)
    for (const name of ['Mia', 'Mila'])
      await owner.getByRole('link', { name: `${name} ${last}`, exact: true }).waitFor()
  })
}
