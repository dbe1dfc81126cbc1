import { expect, test } from 'vitest'
import { axe, page } from './browser.ts'
import { received } from './mailbox.ts'
import { logIn, office, surname } from './people.ts'

const at = office()
const password = 'a sentence of my own'

for (const width of [1366, 390])
  for (const javaScriptEnabled of [true, false])
    test(`somebody is added, chooses a password by the mail and sees what the group allows, at ${width} px ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const visitor = { javaScriptEnabled, viewport: { width, height: 844 } }
      const last = surname()
      const email = `${last.toLowerCase()}@demo.test`
      const owner = await page(visitor)
      await logIn(owner, at, 'owner@demo.test')

      // A group, by the matrix.
      await owner.goto(`${at}/staff`)
      await owner.getByRole('link', { name: 'Groups' }).click()
      await owner.getByRole('link', { name: 'Add Group' }).click()
      await owner.getByLabel('Name').fill(`Helpers ${last}`)
      const choose = async (right: string, level: string) =>
        owner.getByRole('radiogroup', { name: right, exact: true }).getByLabel(level).check()
      await choose('Office Portal', 'Full')
      await choose('Students', 'View')
      if (javaScriptEnabled) expect(await axe(owner)).toEqual([])
      await owner.getByRole('button', { name: 'Save' }).click()
      await owner.getByText('Saved.').waitFor()

      // Somebody in it.
      await owner.goto(`${at}/staff`)
      await owner.getByRole('link', { name: 'Add Staff' }).click()
      await owner.getByLabel('First name').fill('Kit')
      await owner.getByLabel('Last name').fill(last)
      await owner.getByLabel('E-mail').fill(email)
      await owner.getByLabel(`Helpers ${last}`).check()
      if (javaScriptEnabled) expect(await axe(owner)).toEqual([])
      await owner.getByRole('button', { name: 'Save' }).click()
      await owner.getByText('Added to the staff.').waitFor()
      await owner.getByText('Invite Sent').waitFor()
      const record = new URL(owner.url()).pathname

      // The mail, where a laptop keeps it.
      await received(email, /invites you/)
      await owner.goto(`${at}/local-mail?to=${encodeURIComponent(email)}`)
      await owner.getByRole('link', { name: /invites you/ }).click()
      const link = (await owner.locator('main').textContent())?.match(/\/a\/demo\/invitations\/[\w-]{32}/)?.[0] ?? ''
      expect(link).not.toBe('')

      const kit = await page(visitor)
      await kit.goto(link)
      await kit.getByLabel('New password').fill(password)
      if (javaScriptEnabled) expect(await axe(kit)).toEqual([])
      await kit.getByRole('button', { name: 'Save' }).click()
      await kit.getByRole('link', { name: 'Log In' }).click()
      await kit.getByLabel('E-mail').fill(email)
      await kit.getByLabel('Password').fill(password)
      await kit.getByRole('button', { name: 'Log In' }).click()
      await kit.getByRole('heading', { level: 1 }).waitFor()
      if (width < 1000) await kit.getByRole('button', { name: 'Menu', exact: true }).click()
      const areas = kit.getByRole('navigation', { name: 'Toolbar' })
      expect(await areas.getByRole('link').allTextContents()).toEqual(['Students'])
      await kit.goto(`${at}/students`)
      expect(await kit.getByRole('table', { name: 'Students' }).count()).toBe(1)
      for (const elsewhere of ['/families', '/staff', record.replace(at, ''), '/settings']) {
        await kit.goto(`${at}${elsewhere}`)
        await kit.getByRole('heading', { name: 'Not allowed' }).waitFor()
      }
      await kit.goto(link)
      await kit.getByText('This link does not open any more').waitFor()

      // One's own log-in, from the user menu.
      await kit.goto(at)
      await kit.locator('summary[title="User Menu"]').click()
      await kit.getByRole('link', { name: 'My Log-in' }).click()
      await kit.getByRole('heading', { name: 'My Log-in' }).waitFor()
      if (javaScriptEnabled) expect(await axe(kit)).toEqual([])
      await kit.getByRole('link', { name: 'Change Password' }).click()
      await kit.getByLabel('Current password').fill(password)
      await kit.getByLabel('New password').fill('quite another sentence')
      await kit.getByRole('button', { name: 'Change Password' }).click()
      await kit.getByText('The password was changed.').waitFor()

      // And the end of it.
      await owner.goto(record)
      await owner.getByText('Can Log In').waitFor()
      if (javaScriptEnabled) expect(await axe(owner)).toEqual([])
      await owner.getByRole('link', { name: 'Groups and permissions' }).click()
      await choose('Camps', 'View')
      await owner.getByRole('button', { name: 'Save' }).click()
      await owner.getByRole('row', { name: /Camps.*View.*OWN/ }).waitFor()
      await owner.getByRole('button', { name: 'Make inactive' }).click()
      await owner.getByText('Made inactive, and logged out everywhere.').waitFor()
      await kit.goto(`${at}/students`)
      expect(new URL(kit.url()).pathname).toBe(`${at}/login`)
    }, 120_000)
