import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, page, shot } from './browser.ts'
import { ask, received } from './mailbox.ts'
import { day, household, logIn, password, portal, staffPortal, surname } from './people.ts'

const at = portal()
const phone = { width: 390, height: 844 }
const told = (tab: Page, sentence: string) => tab.getByRole('status').filter({ hasText: sentence }).waitFor()
const sideways = (tab: Page) => tab.evaluate(() => document.documentElement.scrollWidth > innerWidth)

/** Children whom the coach of the demo teaches, with the last day on which their class met and their parent's address. */
const taught = () =>
  ask<{ student: number; name: string; email: string; course: number; weekday: number; start: string }>(
    `select s.id student, s.first_name || ' ' || s.last_name name, x.email, e.class_id course, t.weekday, e.start_date start
     from enrollments e join students s on s.id = e.student_id join class_instructors i on i.class_id = e.class_id
     join timeslots t on t.class_id = e.class_id join guardians g on g.family_id = e.family_id and g.role = 'primary'
     join logins x on x.id = g.login_id join classes k on k.id = e.class_id and k.program_id = 1 join logins c on c.email = 'coach@demo.test' join staff p on p.login_id = c.id and p.id = i.staff_id
     where e.type = 'active' and e.state = 'approved' and e.start_date < date('now', '-21 days') and e.through_date > date('now', '+21 days')
     and not exists (select 1 from makeup_tokens m where m.student_id = s.id) group by s.id order by s.id`,
  )

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'
  const sound = async (tab: Page, name: string) => {
    if (!javaScriptEnabled) return
    expect([name, await axe(tab), await sideways(tab)]).toEqual([name, [], false])
    await shot(tab, `my-account-${name}`)
  }

  test(`a guardian adds another one, who accepts the invitation, is given more and loses it again, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: phone })
    const family = await household(tab)
    const email = `${surname().toLowerCase()}@demo.test`
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: 'Add Guardian' }).click()
    await tab.getByLabel('First name').fill('Joe')
    await tab.getByLabel('Email').fill('joe@nowhere')
    await tab.getByRole('button', { name: 'Add Guardian' }).click()
    await tab.getByText('Email does not look like an e-mail address.').waitFor()
    expect(await tab.getByLabel('First name').inputValue()).toBe('Joe')
    await sound(tab, 'add-guardian')
    await tab.getByLabel('Email').fill(email)
    await tab.getByLabel('Relationship').fill('Father')
    await tab.getByRole('button', { name: 'Add Guardian' }).click()
    await told(tab, 'The guardian was added.')
    await tab.getByRole('button', { name: 'Send Invite Email' }).click()
    await told(tab, 'The invitation is on its way.')
    await tab.getByText('Invite Sent').waitFor()
    await sound(tab, 'invited')

    const { text } = await received(email, `Ines ${family.surname} invites you to Juniper Gym & Swim`)
    const link = text.match(/\/p\/demo\/invitations\/[\w-]+/)?.[0] ?? ''
    const guest = await page({ javaScriptEnabled, viewport: phone })
    await guest.goto(link)
    await guest.getByLabel('New password').fill('12345678')
    await guest.getByRole('button', { name: 'Accept the invitation' }).click()
    await guest.getByText('Too many people use this password.').waitFor()
    await guest.getByText('Only who is 18 or older can have a log-in.').waitFor()
    await sound(guest, 'invitation')
    await guest.getByLabel('New password').fill(password)
    await guest.getByLabel('I am 18 or older.').check()
    await guest.getByLabel('I accept the terms').check()
    await guest.getByRole('button', { name: 'Accept the invitation' }).click()
    await guest.getByText('You can log in to the account of the family now.').waitFor()
    await guest.goto(link)
    await guest.getByText('This link does not open any more').waitFor()
    await logIn(guest, at, email)
    await guest.goto(`${at}/account`)
    expect(await guest.getByRole('heading', { name: 'Transaction History' }).count()).toBe(0)

    await tab.goto(`${at}/account`)
    await tab.getByText('Can Log In').waitFor()
    expect(await tab.getByText(email).count()).toBe(0)
    await tab.getByLabel('Full ledger').check()
    await tab.getByRole('button', { name: 'Save access' }).click()
    await told(tab, 'The access was changed.')
    expect(await tab.getByLabel('Full ledger').isChecked()).toBe(true)
    expect(await tab.getByLabel('May make payments').isChecked()).toBe(false)
    await sound(tab, 'can-log-in')
    await guest.reload()
    await guest.getByRole('heading', { name: 'Transaction History' }).waitFor()

    await tab.getByRole('button', { name: 'Reset Password' }).click()
    await told(tab, 'A link to a new password is on its way.')
    await tab.getByRole('button', { name: 'Revoke' }).click()
    await told(tab, 'The access was revoked.')
    await tab.getByText('Invite Revoked').waitFor()
    await guest.reload()
    await guest.waitForURL(address => address.pathname.endsWith('/login'))
  }, 90_000)

  test(`a coach excuses and evaluates a child, who makes up with the token that comes of it, ${way}`, async () => {
    const child = taught()[0]
    if (!child) throw new Error('The coach teaches nobody.')
    const back = (new Date().getUTCDay() - child.weekday + 7) % 7 || 7
    const coach = await page({ javaScriptEnabled, viewport: phone })
    await logIn(coach, staffPortal(), 'coach@demo.test')
    await coach.goto(`${staffPortal()}/classes/${child.course}?date=${day(-back)}`)
    await coach.getByRole('group', { name: child.name }).getByLabel('Excused').check()
    await coach.getByRole('button', { name: 'Save attendance' }).click()
    await told(coach, 'Attendance saved.')
    expect(await coach.getByRole('group', { name: child.name }).getByLabel('Excused').isChecked()).toBe(true)
    await sound(coach, 'roster')
    await coach.getByRole('link', { name: `Evaluate ${child.name}` }).click()
    await coach.getByRole('group', { name: 'Cartwheel' }).getByLabel('4 stars').check()
    await coach.getByRole('button', { name: 'Save evaluation' }).click()
    await told(coach, 'Evaluation saved.')
    await sound(coach, 'evaluation')

    const tab = await page({ javaScriptEnabled, viewport: phone })
    await logIn(tab, at, child.email)
    await tab.goto(`${at}/account/students/${child.student}/attendance`)
    await tab.getByText('Excused', { exact: true }).first().waitFor()
    await sound(tab, 'attendance')
    await tab.goto(`${at}/account/students/${child.student}/evaluations`)
    await tab.getByRole('img', { name: '4 of 5 stars' }).waitFor()
    await sound(tab, 'evaluations')
    await tab.goto(`${at}/account/students/${child.student}/makeups`)
    await sound(tab, 'makeups')
    // The class may be at another location than the family's.
    const elsewhere = tab.getByRole('link', { name: 'Look at this location' })
    if (await elsewhere.count()) await elsewhere.first().click()
    await tab.getByRole('link', { name: 'Use Makeup Token' }).first().click()
    await tab.getByRole('button', { name: 'Find classes' }).waitFor()
    const use = tab.getByRole('button', { name: 'Use Makeup Token' })
    for (let ahead = 1; ahead < 15 && !(await use.count()); ahead++) {
      await tab.getByLabel('Date').fill(day(ahead))
      await tab.getByRole('button', { name: 'Find classes' }).click()
      await tab.waitForURL(address => address.searchParams.get('date') === day(ahead))
    }
    await sound(tab, 'find-makeup')
    await use.first().click()
    await told(tab, 'The makeup is booked.')
    await sound(tab, 'makeup-booked')
    const [enrollment] = ask<{ type: string; state: string }>(
      `select e.type, e.state from makeup_tokens t join enrollments e on e.id = t.used_by where t.student_id = ? and t.missed_on = ?`,
      child.student,
      day(-back),
    )
    expect(enrollment).toEqual({ type: 'makeup', state: 'approved' })
  }, 90_000)

  test(`a family prints its papers, subscribes to its schedule and makes a QR code, ${way}`, async () => {
    const tab = await page({ javaScriptEnabled, viewport: phone })
    await logIn(tab, at, 'okafor@demo.test')
    await tab.goto(`${at}/account`)
    await tab.getByLabel('Location').selectOption({ label: 'Eastside Gym' })
    await tab.getByRole('button', { name: 'Generate Statement for This Location' }).click()
    await tab.getByRole('heading', { name: 'Statement' }).waitFor()
    await sound(tab, 'statement')
    await tab.emulateMedia({ media: 'print' })
    await tab.getByText('To keep it, print this page').waitFor({ state: 'hidden' })
    await tab.emulateMedia({ media: 'screen' })
    await tab.goto(`${at}/account`)
    await tab.getByRole('button', { name: 'Generate Ledger for This Location' }).click()
    await tab.getByLabel('First day').fill(day(-200))
    await tab.getByRole('button', { name: 'Show' }).click()
    await tab.waitForURL(address => address.searchParams.get('from') === day(-200))
    await tab.getByText('Balance after:').waitFor()
    await sound(tab, 'ledger')
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: 'Schedule' }).click()
    await tab.getByRole('heading', { name: 'This week' }).waitFor()
    if (await tab.getByRole('button', { name: 'End the address' }).count()) {
      await tab.getByRole('button', { name: 'End the address' }).click()
    }
    await tab.getByRole('button', { name: 'Make an address' }).click()
    const address = await tab.getByLabel('Address').inputValue()
    await sound(tab, 'schedule')
    const calendar = await tab.request.get(new URL(address).pathname)
    expect([calendar.status(), (await calendar.text()).startsWith('BEGIN:VCALENDAR')]).toEqual([200, true])
    await tab.getByRole('button', { name: 'End the address' }).click()
    await tab.getByRole('button', { name: 'Make an address' }).waitFor()
    expect((await tab.request.get(new URL(address).pathname)).status()).toBe(404)
    await tab.goto(`${at}/account`)
    await tab.getByRole('link', { name: 'QR Codes' }).first().click()
    await tab.getByRole('button', { name: /Make a code|New code/ }).click()
    await tab.getByRole('img', { name: 'QR code' }).waitFor()
    await sound(tab, 'qr')
  }, 90_000)
}
