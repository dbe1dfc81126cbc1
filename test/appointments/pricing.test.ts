import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { appointmentKind, appointmentRescheduleKind } from '../../src/appointments/activity'
import { bookAppointment, cancelBooking } from '../../src/appointments/bookings'
import { reschedule } from '../../src/appointments/moves'
import { type Lessons, type Priced, priceOf } from '../../src/appointments/prices'
import { changePricing, createPricing } from '../../src/appointments/pricing'
import { changeAppointment, createAppointment, createService, openSlots } from '../../src/appointments/setup'
import { commit } from '../../src/database'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, later, pick } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, Visitor } from '../visit'

/** $60 alone, $40 each of two, $30 each of more; an hour is twice that; Mondays from four cost $5 more. */
const lessons: Lessons = {
  rows: [
    { minutes: 30, each: [6000, 4000, 3000] },
    { minutes: 60, each: [12_000, 8000] },
  ],
  peak: { weekdays: [1], from: '16:00', until: '19:00', cents: 500 },
}

const at = (onDate: string, startTime: string, endTime: string) => ({ onDate, startTime, endTime })
const half = at('2026-11-10', '15:00', '15:30')
const other = at('2026-11-11', '15:00', '15:30')
const hour = at('2026-11-12', '15:00', '16:00')
const peak = at('2026-11-09', '16:00', '16:30')

async function offered(c: Cast, places = 3) {
  const staff = asStaff(c.account)
  const name = `Duo ${c.family.name}`
  const pricingScheduleId = await createPricing(staff, { name, lessons })
  const { staffId, locationId, programId } = c
  const serviceId = await createService(staff, { name: `Lesson ${c.family.name}`, minutes: 30 })
  const offer = { serviceId, staffId, locationId, programId, pricingScheduleId, maxStudents: places }
  const id = await createAppointment(staff, { ...offer, sharing: 'semi_private' })
  const [first = 0, second = 0, long = 0, dear = 0] = await openSlots(staff, id, [half, other, hour, peak])
  return { id, pricingScheduleId, name, first, second, long, dear }
}

let c: Cast
beforeEach(async () => {
  c = await cast({ settings: { 'appointment.auto_approve': true } })
})

const book = (who: Cast, slotId: number, child = 0) =>
  bookAppointment(later(who.account, 0), who.guardian, { slotId, studentId: who.students[child]!.id }, answer)
const bookingOf = async (who: Cast) =>
  (await pick(sql`select max(id) as id from bookings where family_id = ${who.family.id}`))[0]?.id ?? 0
const chargedTo = async (who: Cast) =>
  (await pick<{ cents: number }>(sql`select cents from charges where family_id = ${who.family.id} order by id`)).map(
    ({ cents }) => cents,
  )
const approving = { 'appointment.auto_approve': false }

describe('what a schedule says', () => {
  const time = (slot: ReturnType<typeof at>, come = 0): Priced => ({
    ...slot,
    service: 'Lesson',
    flatCents: 99,
    schedule: { name: 'Duo', lessons },
    come,
  })

  test.each([
    ['the first row that is long enough', time(at('2026-11-10', '15:00', '15:20')), 6000],
    ['the row of its length', time(half), 6000],
    ['the next longer row', time(at('2026-11-10', '15:00', '15:45')), 12_000],
    ['the last row, when it is longer still', time(at('2026-11-10', '15:00', '17:00')), 12_000],
    ['the column of how many come with this one', time(half, 1), 4000],
    ['the last column, for more than it has', time(half, 7), 3000],
    ['the last column of its own row', time(hour, 4), 8000],
    ['more at the peak', time(peak), 6500],
    ['no more at the same hour of another day', time(at('2026-11-10', '16:00', '16:30')), 6000],
    ['no more once the peak is over', time(at('2026-11-09', '19:00', '19:30')), 6000],
  ])('is %s', (_, slot, cents) => {
    expect(priceOf(slot).cents).toBe(cents)
  })

  test('is explained', () => {
    expect(priceOf(time(peak, 1)).steps).toEqual([
      'Duo, 30 minutes, 2 students: $40.00 each.',
      'Peak time: $5.00 more.',
    ])
    expect(priceOf({ ...time(half), schedule: null })).toEqual({ cents: 99, steps: ['Lesson: $0.99.'] })
  })
})

describe('a booking', () => {
  test('costs what its page said, with why, and the books say why as well', async () => {
    const { dear, name } = await offered(c)
    const visitor = await loggedIn(c)
    const page = await visitor.get(`/p/demo/appointments/${dear}`)
    expect(words(page.text)).toContain(
      `Why this amount? ${name}, 30 minutes, one student: $60.00. Peak time: $5.00 more.`,
    )
    expect(words(page.text)).toMatch(/When 2 come \$45 each When 3 come \$35 each/)
    expect(page.text).toContain('name="price" value="6500"')
    const list = words((await visitor.get('/p/demo/appointments')).text)
    expect(list).toMatch(/\$65/)
    await visitor.post(`/p/demo/appointments/${dear}/bookings`, { student: String(c.students[0].id), price: '6500' })
    // Not every business approves by itself, this one's settings among them.
    const [entry] = await pick<{ subject_id: number }>(
      sql`select subject_id from activity where family_id = ${c.family.id}`,
    )
    const { statements } = await appointmentKind.approve!(
      asStaff(c.account),
      { subjectId: entry?.subject_id } as EntryRow,
      {},
    )
    await commit(asStaff(c.account), statements)
    expect(await chargedTo(c)).toEqual([6500])
    const [trace] = await pick<{ steps: string }>(
      sql`select t.steps from price_traces t join charge_lines l on l.id = t.line_id join charges k on k.id = l.charge_id where k.family_id = ${c.family.id}`,
    )
    expect(JSON.parse(trace?.steps ?? '')).toEqual([
      `${name}, 30 minutes, one student: $60.00.`,
      'Peak time: $5.00 more.',
    ])
  })

  test('is not made at another price than the one that was shown, and the page shows the new one', async () => {
    const { first, pricingScheduleId, name } = await offered(c)
    const dearer = { rows: [{ minutes: 30, each: [7000] }], peak: null }
    await changePricing(asStaff(c.account), pricingScheduleId, { name, lessons: dearer, retired: false })
    const visitor = await loggedIn(c)
    const form = { student: String(c.students[0].id), price: '6000' }
    const refused = await visitor.post(`/p/demo/appointments/${first}/bookings`, form)
    expect(refused.status).toBe(409)
    expect(words(refused.text)).toContain('The price has changed. Look at it again, then decide.')
    expect(refused.text).toContain('name="price" value="7000"')
    expect(await bookingOf(c)).toBe(0)
  })

  test('costs each less when another one is booked, never more when somebody leaves, and the books balance', async () => {
    const { first } = await offered(c)
    const [two, three] = [await cast({ settings: auto }), await cast({ settings: auto })]
    await book(c, first)
    expect(await chargedTo(c)).toEqual([6000])
    await book(two, first)
    expect([await chargedTo(c), await chargedTo(two)]).toEqual([[4000], [4000]])
    await book(three, first)
    expect([await chargedTo(c), await chargedTo(two), await chargedTo(three)]).toEqual([[3000], [3000], [3000]])
    await cancelBooking(later(two.account, 1), two.guardian, await bookingOf(two), answer)
    expect([await chargedTo(c), await chargedTo(two), await chargedTo(three)]).toEqual([[3000], [0], [3000]])
    expect(await booksTotal()).toBe(0)
    const told = await pick(
      sql`select 1 from messages where family_id = ${c.family.id} and template = 'appointment-cheaper'`,
    )
    expect(told).toHaveLength(2)
    const [trace] = await pick<{ steps: string }>(
      sql`select t.steps from price_traces t join charge_lines l on l.id = t.line_id join charges k on k.id = l.charge_id where k.family_id = ${c.family.id} and l.kind = 'appointment' order by t.line_id desc limit 1`,
    )
    expect(trace?.steps).toBe('["3 students come now: $30.00 each."]')
  })

  test('pays back what was paid beyond the lower price', async () => {
    const { first } = await offered(c)
    await book(c, first)
    const [payment] = await pick(
      sql`insert into payments (family_id, location_id, type, cents, open_cents, paid_on, who, created_at) values (${c.family.id}, ${c.locationId}, 'cash', 6000, 6000, '2026-11-02', 'desk', 0) returning id`,
    )
    await pick(
      sql`insert into allocations (payment_id, charge_id, cents, at, who) values (${payment?.id}, (select max(id) from charges where family_id = ${c.family.id}), 6000, 0, 'desk')`,
    )
    await book(await cast({ settings: auto }), first)
    expect(await pick(sql`select open_cents from payments where id = ${payment?.id}`)).toEqual([{ open_cents: 2000 }])
    expect(await pick(sql`select cents, open_cents from charges where family_id = ${c.family.id}`)).toEqual([
      { cents: 4000, open_cents: 0 },
    ])
  })

  test('two who book at the same moment never pay as if each were alone', async () => {
    const { first } = await offered(c)
    const two = await cast({ settings: auto })
    await Promise.allSettled([book(c, first), book(two, first)])
    for (const who of [c, two]) if (!(await bookingOf(who))) await book(who, first)
    expect([await chargedTo(c), await chargedTo(two)]).toEqual([[4000], [4000]])
  })
})

const auto = { 'appointment.auto_approve': true }

describe('a schedule that is changed', () => {
  const dearer: Lessons = { rows: [{ minutes: 30, each: [9000, 7000] }], peak: null }

  test('leaves what is booked, and what it was promised for when others come', async () => {
    const { first, pricingScheduleId, name } = await offered(c)
    await book(c, first)
    await changePricing(asStaff(c.account), pricingScheduleId, { name, lessons: dearer, retired: true })
    expect(await chargedTo(c)).toEqual([6000])
    const two = await cast({ settings: auto })
    await book(two, first)
    expect([await chargedTo(c), await chargedTo(two)]).toEqual([[4000], [7000]])
  })

  test('leaves what was asked for, which is charged as it was asked', async () => {
    c.account.settings = { ...c.account.settings, ...approving }
    const { id, first } = await offered(c)
    await book(c, first)
    await changeAppointment(asStaff(c.account), id, {
      cents: 9900,
      maxStudents: 3,
      state: 'active',
      pricingScheduleId: null,
    })
    const entry = { subjectId: await bookingOf(c) } as EntryRow
    const [row] = await pick(sql`select id from activity where family_id = ${c.family.id}`)
    const said = await detailsOf(asStaff(c.account), appointmentKind, { ...entry, id: row?.id ?? 0 })
    expect(said.money?.[0]?.text).toMatch(/^\$60\.00/)
    const { statements } = await appointmentKind.approve!(asStaff(c.account), entry, {})
    await commit(asStaff(c.account), statements)
    expect(await chargedTo(c)).toEqual([6000])
  })

  test('out of use stays with the appointment that has it, and no other gets it', async () => {
    const { id, pricingScheduleId, name } = await offered(c)
    await changePricing(asStaff(c.account), pricingScheduleId, { name, lessons, retired: true })
    const change = { cents: 0, maxStudents: 3, state: 'active' as const, pricingScheduleId }
    await changeAppointment(asStaff(c.account), id, change)
    const another = await createAppointment(asStaff(c.account), {
      serviceId: 1,
      staffId: c.staffId,
      locationId: c.locationId,
      programId: c.programId,
    })
    await expect(changeAppointment(asStaff(c.account), another, change)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    await expect(createPricing(asStaff(c.account), { name, lessons })).rejects.toMatchObject({ code: 'name-taken' })
  })
})

describe('a move', () => {
  const move = (slotId: number, bookingId: number) =>
    reschedule(later(c.account, 1), c.guardian, { bookingId, slotId }, answer)

  test('takes the price along, and the difference that the two times make', async () => {
    const { first, second, long, dear } = await offered(c)
    await book(c, first)
    await move(second, await bookingOf(c))
    expect(await chargedTo(c)).toEqual([6000])
    const visitor = await loggedIn(c)
    const page = words((await visitor.get(`/p/demo/account/appointments/${await bookingOf(c)}/reschedule`)).text)
    expect(page).toMatch(/Sam Coach \S+, \$120 /)
    expect(page).toContain('It costs $60 as before, unless another price stands beside the time.')
    await move(long, await bookingOf(c))
    expect(await chargedTo(c)).toEqual([0, 12_000])
    await move(dear, await bookingOf(c))
    expect(await chargedTo(c)).toEqual([0, 6500])
    expect(await booksTotal()).toBe(0)
  })

  test('that staff approve charges what was asked', async () => {
    const { first, long, pricingScheduleId, name } = await offered(c)
    await book(c, first)
    const old = await bookingOf(c)
    c.account.settings = { ...c.account.settings, ...approving }
    await move(long, old)
    await changePricing(asStaff(c.account), pricingScheduleId, {
      name,
      lessons: { rows: [{ minutes: 60, each: [99_000] }], peak: null },
      retired: false,
    })
    const entry = { subjectId: await bookingOf(c) } as EntryRow
    const { statements } = await appointmentRescheduleKind.approve!(asStaff(c.account), entry, {})
    await commit(asStaff(c.account), statements)
    expect(await chargedTo(c)).toEqual([0, 12_000])
  })
})

describe('staff', () => {
  const form = {
    minutes_1: '30',
    each_1_1: '60',
    each_1_3: '40',
    minutes_2: '60',
    each_2_1: '100',
    peak: '5',
    weekday: ['1', '3'],
    peak_from: '16:00',
  }

  test('set a schedule up, attach it, change it and take it out of use on pages', async () => {
    const owner = new Visitor()
    const { cookie, email } = await employ(c.account, { isOwner: true })
    owner.cookies.set(...(cookie.split('=') as [string, string]))
    const name = `Table ${c.family.name}`
    const path = '/a/demo/appointments/pricing'
    for (const [bad, sentence] of [
      [{ ...form, minutes_1: '' }, 'Row 1: Minutes are missing.'],
      [{ ...form, each_2_1: '' }, 'Row 2: The price for one student is missing.'],
      [{ ...form, minutes_2: '30' }, 'Row 2: These minutes stand here twice.'],
      [{ ...form, each_1_1: 'much' }, 'Row 1: Price is not an amount like 92.00.'],
      [{ ...form, peak_until: '15:00' }, 'This is before the first time.'],
      [{}, 'Row 1: Minutes are missing.'],
    ] as const) {
      const refused = await owner.post(path, { name, ...bad })
      expect(refused.status).toBe(422)
      expect(words(refused.text)).toContain(sentence)
      expect(refused.text).toContain(`value="${name}"`)
    }
    expect((await owner.post(path, { name, ...form })).status).toBe(303)
    const [made] = await pick<{ id: number; lessons: string }>(
      sql`select id, lessons from pricing_schedules where name = ${name}`,
    )
    expect(JSON.parse(made?.lessons ?? '')).toEqual({
      rows: [
        { minutes: 30, each: [6000, 6000, 4000] },
        { minutes: 60, each: [10_000] },
      ],
      peak: { weekdays: [1, 3], from: '16:00', until: '24:00', cents: 500 },
    })
    const { id } = await offered(c)
    const change = { price: '0', places: '3', sharing: 'semi_private', active: '1', pricing: String(made?.id) }
    await owner.post(`/a/demo/appointments/${id}`, change)
    expect((await owner.get(`/a/demo/appointments/${id}`)).text).toMatch(
      new RegExp(`value="${made?.id}" selected[^>]*>${name}`),
    )
    expect(words((await owner.get('/a/demo/appointments/setup')).text)).toContain(name)
    await owner.post(`${path}/${made?.id}`, { name, ...form, each_1_1: '65', retired: '1' })
    expect(words((await owner.get(path)).text)).toContain(`${name} , 1 appointment Not in use`)
    const seen = await pick(
      sql`select 1 from audit where who = ${email} and action = 'pricing schedule' and summary like ${`%${name}`}`,
    )
    expect(seen).toHaveLength(2)
    expect((await owner.post(`${path}/999999`, { name: 'X', ...form })).status).toBe(404)
  })

  test('open times of another length than the service has', async () => {
    const owner = new Visitor()
    const { cookie } = await employ(c.account, { isOwner: true })
    owner.cookies.set(...(cookie.split('=') as [string, string]))
    const { id } = await offered(c)
    await owner.post(`/a/demo/appointments/${id}/times`, { from: '2026-11-20', start: '10:00', minutes: '60' })
    expect(await pick(sql`select end_time from appointment_slots order by id desc limit 1`)).toEqual([
      { end_time: '11:00' },
    ])
  })
})
