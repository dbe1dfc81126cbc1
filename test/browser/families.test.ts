import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { logIn, office, surname } from './people.ts'

const at = office()

/** Fills in the form of a new family with a child. */
async function fill(owner: Page, first: string, last: string, email: string, child: string) {
  await owner.goto(`${at}/families`)
  await owner.getByRole('link', { name: 'Add Family' }).click()
  const form = owner.getByRole('form', { name: 'Add Family' })
  await form.locator('[name=first]').fill(first)
  await form.locator('[name=last]').fill(last)
  await form.getByLabel('Email 1').fill(email)
  await form.locator('[name=student_1_first]').fill(child)
  await form.locator('[name=student_1_birthday]').fill('2019-05-04')
  await form.getByRole('button', { name: 'Add Family' }).click()
}

/** The list, narrowed to a name. */
async function found(owner: Page, name: string) {
  await owner.goto(`${at}/families`)
  await owner.getByLabel('Name, e-mail or phone').fill(name)
  await owner.getByRole('form', { name: 'Filter Families' }).getByRole('button', { name: 'Go' }).click()
  await owner.waitForURL(/q=/)
  return owner.getByRole('checkbox', { name: `Select ${name}` })
}

for (const width of [1366, 390])
  for (const javaScriptEnabled of [true, false])
    test(`two families turn out to be one, and are two again, at ${width} px ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const owner = await page({ javaScriptEnabled, viewport: { width, height: 844 } })
      const fine = async () => javaScriptEnabled && expect(await axe(owner)).toEqual([])
      await logIn(owner, at, 'owner@demo.test')
      const last = surname()
      const email = `${last.toLowerCase()}@demo.test`

      await fill(owner, 'Ines', last, email, 'Mia')
      await owner.getByText('The family is added.').waitFor()
      const first = new URL(owner.url()).pathname

      // Somebody adds them once more, and is told; perhaps it is another family.
      await fill(owner, 'Ines', last, email, 'Leo')
      await owner.getByText('Perhaps this family is here already:').waitFor()
      await owner.getByLabel('This is another family: add it all the same').check()
      await owner.getByRole('form', { name: 'Add Family' }).getByRole('button', { name: 'Add Family' }).click()
      await owner.getByText('The family is added.').waitFor()

      // A contact is put right, and a guardian added.
      await owner.getByRole('link', { name: `Edit ${email}` }).click()
      await fine()
      await owner.getByLabel('Type').selectOption('Work')
      await owner.getByLabel('Email', { exact: true }).fill('ines@nowhere')
      await owner.getByRole('button', { name: 'Save' }).click()
      await owner.getByText('does not look like an e-mail address').waitFor()
      await owner.getByLabel('Email', { exact: true }).fill(`work-${email}`)
      expect(await owner.getByLabel('Type').inputValue()).toBe('Work')
      await owner.getByRole('button', { name: 'Save' }).click()
      await owner.getByText('Saved.').waitFor()
      await owner.getByRole('link', { name: `work-${email}`, exact: true }).waitFor()
      await owner.getByRole('link', { name: 'Add Guardian' }).click()
      await owner.getByLabel('First name').fill('Luis')
      await owner.getByRole('button', { name: 'Add Guardian' }).click()
      await owner.getByText('The guardian is added.').waitFor()
      await fine()

      // Every tab is there.
      const tabs = owner.getByRole('navigation', { name: 'Parts of the record' })
      for (const tab of ['Students', 'Billing', 'Policies', 'Keywords', 'Communication', 'Logs']) {
        await tabs.getByRole('link', { name: tab }).click()
        await owner.locator(`[aria-current=page]`, { hasText: tab }).waitFor()
        await fine()
      }
      await tabs.getByRole('link', { name: 'Notes' }).click()
      await owner.getByLabel('Note', { exact: true }).fill('The same people twice')
      await owner.getByRole('button', { name: 'Add note' }).click()
      await owner.getByRole('listitem').filter({ hasText: 'The same people twice' }).waitFor()

      // Both are ticked and become one.
      const rows = await found(owner, last)
      expect(await rows.count()).toBe(2)
      await rows.nth(0).check()
      await rows.nth(1).check()
      await owner.getByRole('button', { name: 'Merge' }).click()
      await owner.getByRole('heading', { name: 'Merge families' }).waitFor()
      await fine()
      // The same person is kept once.
      expect(await owner.getByRole('checkbox', { name: `Keep Ines ${last}`, checked: true }).count()).toBe(1)
      expect(await owner.getByRole('checkbox', { name: `Keep Luis ${last}`, checked: true }).count()).toBe(1)
      await owner.getByRole('button', { name: 'Merge 2 families' }).click()
      await owner.getByText('The families are one.').waitFor()
      expect(new URL(owner.url()).pathname).toBe(first)
      for (const child of ['Mia', 'Leo']) await owner.getByRole('link', { name: `${child} ${last}` }).waitFor()
      expect(await (await found(owner, last)).count()).toBe(1)

      // It was a mistake after all.
      await owner.goto(first)
      await owner.getByRole('link', { name: 'What moved, and Undo' }).click()
      await owner.getByText('guardians: 2').waitFor()
      await fine()
      await owner.getByRole('button', { name: 'Undo merge' }).click()
      await owner.getByText('Undone', { exact: true }).waitFor()
      expect(await (await found(owner, last)).count()).toBe(2)
    }, 120_000)
