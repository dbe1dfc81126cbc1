import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { countFigures, daysShown } from '../../src/dashboard/figures'
import { sumMoney } from '../../src/dashboard/money'
import { addWidget } from '../../src/dashboard/widgets'
import { commit } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { postPayment } from '../../src/ledger/payments'
import { charges } from '../../src/schema/charges'
import { enrollments } from '../../src/schema/enrollments'
import { type Cast, cast, now, owner, pick, todayThere } from '../cast'
import { clockAt, employ, type Knocking, ask as knock, words } from '../knock'

const ask = (path: string, knocking: Knocking) => knock(path, { ...knocking, bindings: clockAt(now) })

let here: Cast
let boss: { cookie: string; email: string }

beforeAll(async () => {
  here = await cast()
  boss = await employ(here.account, { isOwner: true })
  await enroll('2026-09-01', null, 0)
  await enroll('2025-11-01', '2025-11-30', 1)
})

const enroll = (startDate: string, dropDate: string | null, nth: 0 | 1, type: 'active' | 'trial' = 'active') =>
  commit(here.account, [
    here.account.db.insert(enrollments).values({
      studentId: here.students[nth].id,
      familyId: here.family.id,
      classId: here.class.id,
      type,
      state: 'approved',
      startDate,
      dropDate,
      by: 'staff',
      createdAt: now,
      updatedAt: now,
    }),
  ])

const page = async (cookie = boss.cookie, path = '/a/demo/dashboard') => await (await ask(path, { cookie })).text()
const send = (path: string, form: Record<string, string>, cookie = boss.cookie) =>
  ask(path, { cookie, form: { key: crypto.randomUUID(), ...form } })

/** The figures of a widget, by their labels. */
function widget(html: string, title: string) {
  const [, card = ''] = html.match(new RegExp(`aria-label="${title}"[^>]*>(.*?)</section>`, 's')) ?? []
  return words(card)
}

const pay = (cents: number, type: 'cash' | 'coupon', paidOn: string) =>
  commit(
    here.account,
    postPayment(here.account, {
      familyId: here.family.id,
      locationId: here.locationId,
      cents,
      type,
      on: paidOn,
      allocations: [],
    }),
  )

test('the Office opens with the Dashboard, or with the Welcome page for whoever wants that', async () => {
  expect(await page(boss.cookie, '/a/demo')).toContain('<h1>Dashboard</h1>')
  expect((await send('/a/demo/landing', { landing: 'welcome' })).status).toBe(303)
  expect(await page(boss.cookie, '/a/demo')).toContain('<h1>Welcome, ')
  expect(await page(boss.cookie, '/a/demo/dashboard')).toContain('<h1>Dashboard</h1>')
  await send('/a/demo/landing', { landing: 'dashboard' })
  expect(await page(boss.cookie, '/a/demo')).toContain('<h1>Dashboard</h1>')
})

test('the Office opens with what somebody may see: the other one, or the first area, with what has to be said', async () => {
  const rights = { 'Office Portal': 2, Skills: 1 } as const
  const hired = async (more: Parameters<typeof employ>[1]['rights']) =>
    (await employ(here.account, { rights: { ...rights, ...more } })).cookie
  const welcome = await hired({ Dashboard: 0 })
  expect(await page(welcome, '/a/demo')).toContain('<h1>Welcome, ')
  expect(await page(welcome, '/a/demo')).not.toContain('aria-label="First page"')
  const closed = await ask('/a/demo/dashboard', { cookie: welcome })
  expect([closed.status, words(await closed.text()).includes('permission “Dashboard”')]).toEqual([403, true])
  for (const path of ['arrangement', 'widgets', 'widgets/1', 'widgets/1/move', 'widgets/1/removal'])
    expect((await send(`/a/demo/dashboard/${path}`, {}, welcome)).status, path).toBe(403)
  expect((await send('/a/demo/landing', { landing: 'dashboard' }, welcome)).status).toBe(403)
  const neither = await hired({ Dashboard: 0, 'Welcome Page': 0 })
  const first = await ask('/a/demo', { cookie: neither })
  expect([first.status, first.headers.get('location')]).toEqual([303, '/a/demo/skills'])
  const back = words(await page(neither, '/a/demo?staff-portal=off'))
  expect(back).toContain('The Staff Portal is switched off, so you are back in the Office. Skills')
  const nothing = await hired({ Dashboard: 0, 'Welcome Page': 0, Skills: 0 })
  expect((await ask('/a/demo', { cookie: nothing })).headers.get('location')).toBe('/a/demo/support')
  expect((await ask('/a/demo/welcome', { cookie: nothing })).status).toBe(403)
})

test('figures are compared with days that are over, each counted once by the clock', async () => {
  expect(widget(await page(), 'Active students')).toContain('Counted within five minutes')
  await countFigures(here.account)
  await countFigures(here.account)
  const days = await pick<{ day: string }>(sql`select distinct on_date as day from figures order by 1`)
  expect(days.map(({ day }) => day)).toEqual([...new Set(daysShown(todayThere))].sort())
  const students = widget(await page(), 'Active students')
  expect(students).toMatch(/1 .*7 days ago 1 Same day last year 1/)
  const enrolled = widget(await page(), 'Active enrollments')
  expect(enrolled).toMatch(/1 .*same.*30 days ago 1 Same day last year 1/)
  expect(widget(await page(), 'Enrollments by program')).toMatch(/1/)
})

test('money is summed once, however often the clock looks, by month and in the days of a figure', async () => {
  await pay(5000, 'cash', '2026-10-30')
  await pay(2500, 'cash', '2026-09-20')
  await pay(700, 'coupon', '2026-10-30')
  await commit(here.account, [
    ...postCharge(here.account, {
      familyId: here.family.id,
      locationId: here.locationId,
      kind: 'class',
      title: 'Tuition',
      on: '2026-10-01',
      due: '2026-10-01',
      lines: [{ kind: 'tuition', cents: 12000, programId: here.programId, categoryId: 1 }],
    }),
  ])
  await sumMoney(here.account)
  await sumMoney(here.account)
  const sums = await pick<{ kind: string; cents: number }>(
    sql`select kind, sum(cents) as cents from money_sums group by kind order by kind`,
  )
  expect(sums).toEqual([
    { kind: 'charges', cents: 12000 },
    { kind: 'credits', cents: 700 },
    { kind: 'payments', cents: 7500 },
  ])
  expect(widget(await page(), 'Payments, past 30 days')).toMatch(/\$50\.00.*Previous 30 days \$25\.00/)
  expect(widget(await page(), 'Charges, payments and credits by month')).toMatch(
    /Oct 2026 \$120\.00 \$50\.00 \$7\.00 Sep 2026 \$0\.00 \$25\.00 \$0\.00/,
  )
  const [charge] = await pick<{ n: number }>(sql`select count(*) as n from ${charges}`)
  expect(charge?.n).toBe(1)
})

test('it is arranged by each person: added, moved, sized, chosen, removed, and put back', async () => {
  expect((await send('/a/demo/dashboard/arrangement', {})).headers.get('location')).toBe('/a/demo/dashboard?arrange=1')
  expect((await send('/a/demo/dashboard/widgets', { kind: 'skills' })).status).toBe(303)
  const mine = await pick<{ id: number; kind: string; width: number }>(
    sql`select id, kind, width from widgets order by sort, id`,
  )
  expect(mine.at(-1)?.kind).toBe('skills')
  const skills = mine.at(-1)?.id ?? 0
  await send(`/a/demo/dashboard/widgets/${skills}/move`, { to: 'earlier' })
  const order = async () =>
    (await pick<{ id: number }>(sql`select id from widgets order by sort, id`)).map(({ id }) => id)
  expect((await order()).at(-2)).toBe(skills)
  const first = mine[0]?.id ?? 0
  await send(`/a/demo/dashboard/widgets/${first}`, { width: '3', of: 'staff', days: '60' })
  expect(await pick(sql`select kind, width, choices from widgets where id = ${first}`)).toEqual([
    { kind: 'figure', width: 3, choices: '{"of":"staff","days":"60"}' },
  ])
  expect(await page()).toContain('aria-label="Staff"')
  const bad = await send(`/a/demo/dashboard/widgets/${first}`, { width: '9' })
  expect(bad.status).toBe(422)
  expect(words(await bad.text())).toContain('Choose a width.')
  await send(`/a/demo/dashboard/widgets/${first}/removal`, {})
  expect(await order()).not.toContain(first)
  expect(await page()).not.toContain('aria-label="Staff"')
  const told = await pick<{ summary: string }>(
    sql`select summary from audit where action = 'dashboard arranged' and who = ${boss.email} order by id`,
  )
  expect(told.map(({ summary }) => summary)).toEqual([
    'Began to arrange the dashboard',
    'Added Skills to the dashboard',
    'Moved Skills on the dashboard',
    'Changed Key figure on the dashboard',
    'Removed Key figure from the dashboard',
  ])
  await send('/a/demo/dashboard/arrangement', { reset: '1' })
  expect(await order()).toEqual([])
})

test('one person’s widgets are nobody else’s, and nobody gets figures that they may not see', async () => {
  await send('/a/demo/dashboard/arrangement', {})
  const [mine] = await pick<{ id: number }>(sql`select id from widgets order by id limit 1`)
  const desk = await employ(here.account, { rights: { 'Office Portal': 1, Enrollments: 1 } })
  for (const path of ['', '/move', '/removal']) {
    const answer = await send(`/a/demo/dashboard/widgets/${mine?.id}${path}`, { width: '1', to: 'later' }, desk.cookie)
    expect(answer.status).toBe(404)
  }
  const html = await page(desk.cookie)
  expect(html).toContain('aria-label="This week"')
  expect(html).not.toMatch(/aria-label="(Payments|Charges|Online Activity|Enrollments")/)
  await send('/a/demo/dashboard/arrangement', {}, desk.cookie)
  expect((await send('/a/demo/dashboard/widgets', { kind: 'money' }, desk.cookie)).status).toBe(403)
  const [own] = await pick<{ id: number }>(
    sql`select w.id from widgets w join staff s on s.id = w.staff_id where s.email = ${desk.email} and w.kind = 'figure' limit 1`,
  )
  const chosen = await send(
    `/a/demo/dashboard/widgets/${own?.id}`,
    { width: '1', of: 'payments', days: '7' },
    desk.cookie,
  )
  expect(chosen.status).toBe(403)
  expect(await chosen.text()).toContain('Financial Widgets')
})

test('a dashboard holds twenty-four widgets and says so', async () => {
  const [me] = await pick<{ id: number }>(sql`select id from staff where email = ${boss.email}`)
  const person = { ...owner, id: me?.id ?? 0 }
  for (;;) {
    const [count] = await pick<{ n: number }>(sql`select count(*) as n from widgets where staff_id = ${person.id}`)
    if ((count?.n ?? 0) >= 24) break
    await addWidget(here.account, person, 'spacer', { location: '/done' })
  }
  const more = await send('/a/demo/dashboard/widgets', { kind: 'spacer' })
  expect(more.status).toBe(409)
  expect(words(await more.text())).toContain('A dashboard holds 24 widgets.')
})

test('every widget at once is two trips', async () => {
  await send('/a/demo/dashboard/arrangement', { reset: '1' })
  await send('/a/demo/dashboard/arrangement', {})
  for (const kind of ['requests', 'skills', 'week', 'programs', 'spacer'])
    await send('/a/demo/dashboard/widgets', { kind })
  const answer = await ask('/a/demo/dashboard?arrange=1', { cookie: boss.cookie })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Server-Timing')).toContain('trips;desc="2"')
  const html = await answer.text()
  expect(widget(html, 'This week')).toMatch(/Makeups 0 Trials 0 Waitlist 0 Birthdays 0/)
  for (const [, href = ''] of html.matchAll(/<a[^>]* href="(\/a\/demo\/[^"]+)"/g))
    expect([href, (await ask(href.replaceAll('&amp;', '&'), { cookie: boss.cookie })).status]).toEqual([href, 200])
  expect(widget(html, 'Requests that wait')).toMatch(/Enrollments 0 Drop 0 Transfers 0/)
})
