import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { appointmentRescheduleKind } from '../../src/appointments/activity'
import { bookAppointment } from '../../src/appointments/bookings'
import { reschedule } from '../../src/appointments/moves'
import { createAppointment, createService, openSlots } from '../../src/appointments/setup'
import { commit } from '../../src/database'
import type { Settings } from '../../src/settings'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, later, pick } from '../cast'
import { words } from '../knock'
import { loggedIn, set } from '../visit'

const fee = { 'appointment.fee_kind': 'percent', 'appointment.fee': 20 } as const
const moves = { ...fee, 'appointment.fee_on_move': true }
const atOnce = { 'appointment.auto_approve': true }

/** Times of one service: two for $45, one for $60 and one for $30. */
async function offered(c: Cast) {
  const staff = asStaff(c.account)
  const { staffId, locationId, programId } = c
  const serviceId = await createService(staff, { name: `Lesson ${c.family.name}`, minutes: 30 })
  const slots: number[] = []
  for (const [day, cents] of [
    ['10', 4500],
    ['11', 4500],
    ['12', 6000],
    ['13', 3000],
  ] as const) {
    const id = await createAppointment(staff, { serviceId, staffId, locationId, programId, cents })
    const time = { onDate: `2026-11-${day}`, startTime: '15:00', endTime: '15:30' }
    slots.push(...(await openSlots(staff, id, [time])))
  }
  const [first = 0, same = 0, dear = 0, cheap = 0] = slots
  return { first, same, dear, cheap }
}

const as = (c: Cast, ms: number, more: Partial<Settings>) => {
  const account = later(c.account, ms)
  return { ...account, settings: { ...account.settings, ...more } }
}
const newestOf = async (c: Cast) =>
  (await pick(sql`select max(id) as id from bookings where family_id = ${c.family.id}`))[0]?.id ?? 0
const booked = async (c: Cast, slotId: number) => {
  await bookAppointment(as(c, 0, atOnce), c.guardian, { slotId, studentId: c.students[0].id }, answer)
  return newestOf(c)
}
const owed = async (c: Cast) =>
  (
    await pick<{ title: string; cents: number }>(
      sql`select title, cents from charges where family_id = ${c.family.id} and cents > 0 order by id`,
    )
  ).map(({ title, cents }) => [title.split(':')[0]?.split(' ')[0], cents])
const approve = async (c: Cast) => {
  const staff = asStaff(c.account)
  const { statements, summary } = await appointmentRescheduleKind.approve!(
    staff,
    { subjectId: await newestOf(c) } as EntryRow,
    {},
  )
  await commit(staff, statements)
  return summary
}

test.each([
  ['the same', 'same', 4500],
  ['more', 'dear', 6000],
  ['less', 'cheap', 3000],
] as const)(
  'a move to a time that costs %s owes the fee of the one that is given up, beside its price',
  async (_, to, cents) => {
    const c = await cast({ settings: { ...moves, ...atOnce } })
    const slots = await offered(c)
    const bookingId = await booked(c, slots.first)
    await reschedule(later(c.account, 1), c.guardian, { bookingId, slotId: slots[to], shownFeeCents: 900 }, answer)
    const all = (await owed(c)).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    expect(all).toEqual([
      ['Lesson', cents],
      ['Rescheduling', 900],
    ])
    expect(await pick(sql`select fee_cents as id from bookings where id = ${bookingId}`)).toEqual([{ id: 900 }])
    expect(await booksTotal()).toBe(0)
    const [trace] = await pick<{ steps: string }>(
      sql`select t.steps from price_traces t join charge_lines l on l.id = t.line_id join charges k on k.id = l.charge_id where k.family_id = ${c.family.id} and l.kind = 'fee'`,
    )
    expect(JSON.parse(trace?.steps ?? '')[0]).toContain('moving it costs the cancellation fee of $9.00')
    const [told] = await pick<{ summary: string }>(
      sql`select summary from audit where action = 'reschedule' order by id desc`,
    )
    expect(told?.summary).toContain('for the cancellation fee of $9.00')
    // What was booked now can be moved again, and that costs again.
    const again = await newestOf(c)
    await reschedule(later(c.account, 2), c.guardian, { bookingId: again, slotId: slots.first }, answer)
    expect((await owed(c)).filter(([what]) => what === 'Rescheduling')).toHaveLength(2)
    expect(await booksTotal()).toBe(0)
  },
)

test('is off until somebody switches it on, and a request that is moved owes nothing', async () => {
  const c = await cast({ settings: { ...fee, ...atOnce } })
  const slots = await offered(c)
  const bookingId = await booked(c, slots.first)
  await reschedule(later(c.account, 1), c.guardian, { bookingId, slotId: slots.same }, answer)
  expect(await owed(c)).toEqual([['Lesson', 4500]])
  const other = await cast({ settings: moves })
  const times = await offered(other)
  const wish = { slotId: times.first, studentId: other.students[0].id }
  await bookAppointment(later(other.account, 0), other.guardian, wish, answer)
  const move = { bookingId: await newestOf(other), slotId: times.same }
  await reschedule(later(other.account, 1), other.guardian, move, answer)
  await approve(other)
  expect(await owed(other)).toEqual([['Lesson', 4500]])
})

test('is charged when staff approve, as the family was told, and they read it before they press', async () => {
  const c = await cast({ settings: moves })
  const slots = await offered(c)
  const bookingId = await booked(c, slots.first)
  await reschedule(as(c, 1, moves), c.guardian, { bookingId, slotId: slots.dear, shownFeeCents: 900 }, answer)
  expect(await owed(c)).toEqual([['Lesson', 4500]])
  const [entry] = await pick<EntryRow>(
    sql`select * from activity where family_id = ${c.family.id} and kind = 'appointment_reschedule'`,
  )
  const said = await detailsOf(asStaff(c.account), appointmentRescheduleKind, entry!)
  const particulars = JSON.parse(String(entry?.particulars))
  const row = appointmentRescheduleKind.sentence(asStaff(c.account), { ...entry!, particulars })
  expect(row.subs).toContainEqual({ text: 'Moving it costs the cancellation fee of $9.00.' })
  expect(said.money).toEqual([
    { label: 'Charge', text: expect.stringContaining('$60.00') },
    { label: 'Cancellation fee', text: expect.stringContaining('$9.00') },
  ])
  // Another setting since then reaches no promise.
  c.account.settings = { ...c.account.settings, 'appointment.fee': 90 }
  expect(await approve(c)).toContain('for the cancellation fee of $9.00')
  expect((await owed(c)).sort()).toEqual([
    ['Lesson', 6000],
    ['Rescheduling', 900],
  ])
  expect(await booksTotal()).toBe(0)
})

test('is nothing when the move is denied, or withdrawn', async () => {
  const c = await cast({ settings: moves })
  const slots = await offered(c)
  const bookingId = await booked(c, slots.first)
  await reschedule(as(c, 1, moves), c.guardian, { bookingId, slotId: slots.same }, answer)
  const staff = asStaff(c.account)
  const { statements } = await appointmentRescheduleKind.deny!(staff, { subjectId: await newestOf(c) } as EntryRow)
  await commit(staff, statements)
  expect(await owed(c)).toEqual([['Lesson', 4500]])
  const mine = words((await (await loggedIn(c)).get('/p/demo/account/appointments')).text)
  expect(mine).not.toContain('fee')
  expect(mine).not.toContain('Moving it costs')
})

test('stands on the page before the click, and nobody is charged more than that', async () => {
  const c = await cast()
  const slots = await offered(c)
  const bookingId = await booked(c, slots.first)
  for (const [name, value] of Object.entries({ ...moves, ...atOnce })) await set(c.account, name, value)
  const visitor = await loggedIn(c)
  expect(words((await visitor.get(`/p/demo/appointments/${slots.same}`)).text)).toContain(
    'Canceling or moving it later costs 20 percent of the price.',
  )
  const path = `/p/demo/account/appointments/${bookingId}/reschedule`
  const page = await visitor.get(path)
  expect(words(page.text)).toContain('Moving it costs the cancellation fee of $9.00.')
  expect(page.text).toContain('name="fee" value="900"')
  await set(c.account, 'appointment.fee', 50)
  const dearer = await visitor.post(path, { slot: String(slots.same), fee: '900', note: 'Keep this' })
  expect([dearer.status, dearer.text.includes('Keep this'), words(dearer.text)]).toEqual([
    409,
    true,
    expect.stringContaining('The price has changed.'),
  ])
  expect(dearer.text).toContain('name="fee" value="2250"')
  expect((await visitor.post(path, { slot: String(slots.same), fee: '2250' })).status).toBe(303)
  expect((await owed(c)).sort()).toEqual([
    ['Lesson', 4500],
    ['Rescheduling', 2250],
  ])
  await pick(sql`delete from settings where name like 'appointment.%'`)
})
