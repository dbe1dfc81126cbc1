import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { EntryRow } from '../../src/activity/kind'
import { appointmentKind, appointmentRescheduleKind } from '../../src/appointments/activity'
import { bookAppointment, cancelBooking } from '../../src/appointments/bookings'
import { cancelForFamily, noShow } from '../../src/appointments/by-staff'
import { reschedule } from '../../src/appointments/moves'
import { createAppointment, createService, openSlots } from '../../src/appointments/setup'
import { commit } from '../../src/database'
import { NotFound } from '../../src/http'
import { redeemPunch } from '../../src/passes/redeem'
import { createProduct, type ProductTerms } from '../../src/passes/setup'
import { answer, asStaff, booksTotal, type Cast, cast, detailsOf, later, pick } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

const on = { 'pass.show': true, 'pass.portal_redeem': true, 'appointment.auto_approve': true }
const at = (onDate: string) => ({ onDate, startTime: '15:00', endTime: '15:30' })

/** A private lesson for $45 with three open times. */
async function offered(c: Cast, cents = 4500) {
  const staff = asStaff(c.account)
  const { staffId, locationId, programId } = c
  const serviceId = await createService(staff, { name: `Lesson ${c.family.name}`, minutes: 30 })
  const id = await createAppointment(staff, { serviceId, staffId, locationId, programId, cents })
  const [first = 0, second = 0, third = 0] = await openSlots(
    staff,
    id,
    ['10', '11', '12'].map(day => at(`2026-11-${day}`)),
  )
  return { id, serviceId, first, second, third }
}

/** A pass of two punches for appointments, however the family came by it. */
async function passOf(c: Cast, more: Partial<ProductTerms> & { studentId?: number; expires?: string } = {}) {
  const { studentId, expires, ...terms } = more
  const title = `Lessons ${crypto.randomUUID().slice(0, 8)}`
  const all: ProductTerms = {
    ...{ title, description: null, holder: 'family', cents: 8000, punches: 2, validDays: 90, programs: [] },
    ...{ uses: 'appointments', showPortal: true },
    ...terms,
  }
  const productId = await createProduct(asStaff(c.account), all)
  const [row] = await pick(
    sql`insert into passes (product_id, family_id, student_id, punches, bought_on, active_on, expires_on) values (${productId}, ${c.family.id}, ${studentId ?? null}, ${all.punches}, '2026-11-01', '2026-11-01', ${expires ?? '2027-01-31'}) returning id`,
  )
  return { id: row?.id ?? 0, title }
}

const book = (
  c: Cast,
  slotId: number,
  passId: number,
  { child = 0, auto = true }: { child?: 0 | 1; auto?: boolean } = {},
) =>
  bookAppointment(
    { ...later(c.account, 0), settings: { ...c.account.settings, 'appointment.auto_approve': auto } },
    c.guardian,
    { slotId, studentId: c.students[child].id, passId },
    answer,
  )
const newestOf = async (c: Cast) =>
  (await pick(sql`select max(id) as id from bookings where family_id = ${c.family.id}`))[0]?.id ?? 0
const used = async (passId: number) =>
  (await pick<{ used: number }>(sql`select used from passes where id = ${passId}`))[0]?.used
const punchesOf = (passId: number) =>
  pick<{ booking_id: number }>(sql`select booking_id from booking_punches where pass_id = ${passId} order by id`)
const chargesOf = (c: Cast) =>
  pick<{ title: string; cents: number }>(
    sql`select title, cents from charges where family_id = ${c.family.id} order by id`,
  )
const decide = async (c: Cast, kind: typeof appointmentKind, what: 'approve' | 'deny') => {
  const staff = asStaff(c.account)
  const deed = await kind[what]!(staff, { subjectId: await newestOf(c) } as EntryRow, {})
  await commit(staff, deed.statements)
}

describe('a punch pays a booking', () => {
  test('without a charge, and comes back when the family cancels; the audit log says both', async () => {
    const c = await cast({ settings: on })
    const [{ first }, pass] = [await offered(c), await passOf(c)]
    await book(c, first, pass.id)
    expect([await used(pass.id), await chargesOf(c)]).toEqual([1, []])
    await cancelBooking(later(c.account, 1), c.guardian, await newestOf(c), answer)
    expect([await used(pass.id), await chargesOf(c), await punchesOf(pass.id)]).toEqual([0, [], []])
    const told = await pick<{ summary: string }>(
      sql`select a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'pass' and s.subject_id = ${pass.id} order by a.id`,
    )
    expect(told.map(({ summary }) => summary)).toEqual([
      expect.stringContaining(`with a punch of ${pass.title}`),
      expect.stringContaining(`the punch of ${pass.title} is back`),
    ])
  })

  test('that is only asked for, and comes back when it is denied; approving charges nothing', async () => {
    const c = await cast({ settings: on })
    const [{ first, second }, pass] = [await offered(c), await passOf(c)]
    await book(c, first, pass.id, { auto: false })
    expect(await used(pass.id)).toBe(1)
    const [entry] = await pick<EntryRow>(sql`select * from activity where family_id = ${c.family.id}`)
    const said = await detailsOf(asStaff(c.account), appointmentKind, entry!)
    expect(said.facts).toContainEqual({ label: 'Paid with', text: `a punch of ${pass.title}` })
    expect(said.money).toBeUndefined()
    await decide(c, appointmentKind, 'deny')
    expect(await used(pass.id)).toBe(0)
    await book(c, second, pass.id, { auto: false })
    await decide(c, appointmentKind, 'approve')
    expect([await used(pass.id), await chargesOf(c)]).toEqual([1, []])
  })

  test('goes along with a move, at once or once staff approve it, whatever the other time costs', async () => {
    const c = await cast({ settings: on })
    const [{ serviceId, first, second }, pass] = [await offered(c), await passOf(c, { punches: 1 })]
    const staff = asStaff(c.account)
    const { staffId, locationId, programId } = c
    const dear = await createAppointment(staff, { serviceId, staffId, locationId, programId, cents: 9900 })
    const [third = 0] = await openSlots(staff, dear, [at('2026-11-13')])
    await book(c, first, pass.id)
    await reschedule(later(c.account, 1), c.guardian, { bookingId: await newestOf(c), slotId: second }, answer)
    const moved = await newestOf(c)
    expect([await used(pass.id), await punchesOf(pass.id)]).toEqual([1, [{ booking_id: moved }]])
    const asks = { ...later(c.account, 2), settings: { ...c.account.settings, 'appointment.auto_approve': false } }
    await reschedule(asks, c.guardian, { bookingId: moved, slotId: third }, answer)
    expect(await punchesOf(pass.id)).toEqual([{ booking_id: moved }])
    await decide(c, appointmentRescheduleKind, 'approve')
    expect(await punchesOf(pass.id)).toEqual([{ booking_id: await newestOf(c) }])
    expect([await used(pass.id), await chargesOf(c)]).toEqual([1, []])
  })

  test('but not past the last day of the pass', async () => {
    const c = await cast({ settings: on })
    const [{ first, third }, pass] = [await offered(c), await passOf(c, { expires: '2026-11-11' })]
    await expect(book(c, third, pass.id)).rejects.toMatchObject({ code: 'pass-gone' })
    await book(c, first, pass.id)
    const move = { bookingId: await newestOf(c), slotId: third }
    await expect(reschedule(later(c.account, 1), c.guardian, move, answer)).rejects.toMatchObject({ code: 'pass-gone' })
    expect(await punchesOf(pass.id)).toEqual([{ booking_id: move.bookingId }])
  })

  test('stays spent when nobody comes, and comes back when staff cancel, who may charge a fee that is a sum', async () => {
    const c = await cast({ settings: { ...on, 'appointment.fee_kind': 'amount', 'appointment.fee': 10 } })
    const [{ first, second }, pass] = [await offered(c), await passOf(c)]
    await book(c, first, pass.id)
    await noShow(asStaff(later(c.account, 9 * 86_400_000)), await newestOf(c), [])
    await book(c, second, pass.id)
    expect(await used(pass.id)).toBe(2)
    await cancelForFamily(asStaff(c.account), await newestOf(c), { withFee: true })
    expect(await used(pass.id)).toBe(1)
    expect(await chargesOf(c)).toEqual([{ title: expect.stringContaining('Cancellation: Lesson'), cents: 1000 }])
    expect(await booksTotal()).toBe(0)
  })

  test('once, of two hands on the last one', async () => {
    const c = await cast({ settings: on })
    const [{ first, second }, pass] = [await offered(c), await passOf(c, { punches: 1 })]
    const both = await Promise.allSettled([book(c, first, pass.id), book(c, second, pass.id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'pass-gone' } })
    expect(await used(pass.id)).toBe(1)
  })

  test('or money does, never both: the database itself says so', async () => {
    const c = await cast({ settings: on })
    const [{ first, second }, pass] = [await offered(c), await passOf(c)]
    await book(c, first, pass.id)
    const punched = await newestOf(c)
    await bookAppointment(later(c.account, 1), c.guardian, { slotId: second, studentId: c.students[0].id }, answer)
    const charged = await newestOf(c)
    const [charge] = await pick(sql`select charge_id as id from bookings where id = ${charged}`)
    await expect(pick(sql`update bookings set charge_id = ${charge?.id} where id = ${punched}`)).rejects.toThrow(
      'guard',
    )
    await expect(
      pick(sql`insert into booking_punches (pass_id, booking_id, at, who) values (${pass.id}, ${charged}, 0, 'x')`),
    ).rejects.toThrow('guard')
  })

  test('only of a pass that is good for it, of whose it is, and while the business lets families', async () => {
    const c = await cast({ settings: on })
    const other = await cast({ settings: on })
    const { first, serviceId } = await offered(c)
    const refuses = async (pass: { id: number }, code: string) =>
      expect(book(c, first, pass.id)).rejects.toMatchObject({ code })
    await refuses(await passOf(c, { uses: 'classes' }), 'pass-gone')
    await refuses(await passOf(c, { programs: [other.programId] }), 'pass-gone')
    const elsewhere = await createService(asStaff(c.account), { name: `Other ${c.family.name}`, minutes: 30 })
    await refuses(await passOf(c, { services: [elsewhere] }), 'pass-gone')
    await expect(book(c, first, (await passOf(other)).id)).rejects.toThrow(NotFound)
    await refuses(await passOf(c, { studentId: c.students[1].id }), 'pass-gone')
    const suspended = await passOf(c)
    await pick(sql`update passes set suspended_at = 1 where id = ${suspended.id}`)
    await refuses(suspended, 'pass-gone')
    const good = await passOf(c, { uses: 'both', programs: [c.programId], services: [serviceId] })
    const off = { ...c, account: { ...c.account, settings: { ...c.account.settings, 'pass.portal_redeem': false } } }
    await expect(book(off, first, good.id)).rejects.toMatchObject({ code: 'switched-off' })
    await book(c, first, good.id)
    expect(await used(good.id)).toBe(1)
    // And one that is for appointments alone buys no day of a class.
    const alone = await passOf(c)
    const day = { passId: alone.id, studentId: c.students[0].id, classId: c.class.id, onDate: '2026-11-09' }
    await expect(redeemPunch(c.account, c.guardian, day, answer)).rejects.toMatchObject({ code: 'pass-gone' })
  })

  test('of nothing that is free', async () => {
    const c = await cast({ settings: on })
    const [{ first }, pass] = [await offered(c, 0), await passOf(c)]
    await expect(book(c, first, pass.id)).rejects.toMatchObject({ code: 'nothing-due' })
  })
})

describe('on the pages', () => {
  const staffVisitor = async (c: Cast, rights: Parameters<typeof employ>[1]['rights']) => {
    const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, ...rights } })
    const visitor = new Visitor()
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    return visitor
  }

  test('a family pays with a punch, sees what it was spent on, and reads that it comes back', async () => {
    const c = await cast()
    const [{ first }, pass] = [await offered(c), await passOf(c, { studentId: c.students[0].id })]
    await set(c.account, 'pass.portal_redeem', true)
    const visitor = await loggedIn(c)
    const page = await visitor.get(`/p/demo/appointments/${first}`)
    expect(words(page.text)).toContain(`A punch of ${pass.title}, 2 left (Mia)`)
    const student = String(c.students[0].id)
    const path = `/p/demo/appointments/${first}/bookings`
    const odd = await visitor.post(path, { student, pass: 'x', note: 'Keep this' })
    expect([odd.status, odd.text.includes('Keep this'), words(odd.text)]).toEqual([
      422,
      true,
      expect.stringContaining('Choose a punch pass.'),
    ])
    expect((await visitor.post(path, { student, price: '4500', pass: String(pass.id) })).status).toBe(303)
    const mine = await visitor.get('/p/demo/account/appointments')
    expect(words(mine.text)).toContain(`Paid with a punch of ${pass.title}`)
    const end = await visitor.get(`/p/demo/account/appointments/${await newestOf(c)}/cancellation`)
    expect(words(end.text)).toContain(`The punch goes back to ${pass.title}.`)
    const passes = await visitor.get(`/p/demo/account/students/${student}/passes`)
    expect(words(passes.text)).toMatch(
      /1 used, 1 remaining.*Nov.10, 2026, 3:00.pm, Lesson .*Mia Requested.*Book an appointment/,
    )
    expect(passes.text).toContain(`/p/demo/appointments?child=${student}`)
    expect(words(passes.text)).not.toContain('Use a punch')
    const office = await staffVisitor(c, { 'Punch Passes': 1 })
    const record = await office.get(`/a/demo/punch-passes/${pass.id}`)
    expect(words(record.text)).toMatch(/Used 1 of 2.*Nov.10, 2026, 3:00.pm Lesson .* Mia Pending/)
    expect((await office.get('/a/demo/punch-passes/9999999')).status).toBe(404)
    await set(c.account, 'pass.portal_redeem', false)
    const { second } = await offered(await cast())
    expect((await visitor.get(`/p/demo/appointments/${second}`)).text).not.toContain('name="pass"')
  })

  test('staff say what a pass is good for', async () => {
    const c = await cast()
    const { serviceId } = await offered(c)
    const office = await staffVisitor(c, { 'Punch Passes': 2 })
    const title = `Five lessons ${c.family.name}`
    const form = { title, holder: 'family', price: '150', punches: '5', show: '1', service: String(serviceId) }
    const odd = await office.post('/a/demo/punch-passes/products', { ...form, uses: 'parties' })
    expect([odd.status, words(odd.text)]).toEqual([422, expect.stringContaining('Choose what it is good for.')])
    expect((await office.post('/a/demo/punch-passes/products', { ...form, uses: 'both' })).status).toBe(303)
    const [made] = await pick<{ allowed: string }>(sql`select allowed from pass_products where title = ${title}`)
    expect(JSON.parse(made?.allowed ?? '')).toEqual({ uses: 'both', services: [serviceId] })
    const shelf = words((await new Visitor().get('/p/demo/punch-passes')).text)
    expect(shelf).toContain(`Days of classes and appointments Appointments Lesson ${c.family.name}`)
  })

  test('staff book for a student: charged, with a punch or for nothing, despite what they read', async () => {
    const c = await cast()
    const { id, first, second, third } = await offered(c)
    await pick(sql`update appointments set criteria = '{"maxAge":"P7Y"}' where id = ${id}`)
    const pass = await passOf(c)
    const office = await staffVisitor(c, { Appointments: 2 })
    const [mia, leo] = c.students
    const at = (slot: number) => `/a/demo/appointments/times/${slot}/booking`
    expect((await office.get('/a/demo/appointments')).text).toContain(at(first))
    const choose = await office.get(`${at(first)}?family=${c.family.id}`)
    expect(choose.text).toContain(`${at(first)}?student=${mia.id}&amp;family=${c.family.id}`)
    const page = await office.get(`${at(first)}?student=${mia.id}`)
    expect(words(page.text)).toMatch(
      /\$45\.00.*A punch of Lessons .*2 left.*Too old on Nov.10, 2026\..*Book all the same/,
    )
    const form = { student: String(mia.id), pay: 'charge', cents: '4500', lowered: '0', note: 'Called us' }
    const doubted = await office.post(at(first), { ...form, doubts: 'too-old' })
    expect([doubted.status, doubted.text.includes('Called us'), words(doubted.text)]).toEqual([
      409,
      true,
      expect.stringContaining('Say that it may happen all the same'),
    ])
    const agreed = { ...form, doubts: 'too-old', agreed: '1' }
    const dearer = await office.post(at(first), { ...agreed, cents: '4000' })
    expect([dearer.status, words(dearer.text)]).toEqual([409, expect.stringContaining('The price has changed.')])
    const unpaid = await office.post(at(first), { ...agreed, pay: 'promise' })
    expect([unpaid.status, words(unpaid.text)]).toEqual([422, expect.stringContaining('Choose how it is paid.')])
    expect((await office.post(at(first), agreed)).location).toBe('/a/demo/appointments?done=booked')
    expect(await chargesOf(c)).toEqual([{ title: expect.stringContaining('Lesson'), cents: 4500 }])
    const [told] = await pick<{ summary: string; made_in: string }>(
      sql`select summary, made_in from audit where action = 'book' order by id desc`,
    )
    expect(told?.summary).toMatch(/booked Lesson .* for Mia .*, charged \$45\.00; despite too-old/)
    expect(told?.made_in).toBe('office')
    const punched = { ...form, student: String(leo.id), pay: String(pass.id) }
    expect((await office.post(at(second), punched)).status).toBe(303)
    expect(await used(pass.id)).toBe(1)
    const free = { ...form, student: String(leo.id), pay: 'nothing' }
    expect((await office.post(at(third), free)).status).toBe(303)
    expect(await chargesOf(c)).toHaveLength(1)
    expect(await booksTotal()).toBe(0)
    const late = await office.post(at(third), { ...agreed, student: String(mia.id) })
    expect([late.status, words(late.text)]).toEqual([409, expect.stringContaining('Somebody else has just taken')])
    expect((await office.get(`${at(first)}?student=9999999`)).status).toBe(404)
    expect((await office.get(`${at(9_999_999)}?student=${mia.id}`)).status).toBe(404)
    const viewer = await staffVisitor(c, { Appointments: 1 })
    expect((await viewer.post(at(first), form)).status).toBe(403)
    expect((await viewer.get('/a/demo/appointments')).text).not.toContain('/booking')
  })

  test('staff who work elsewhere do not book there', async () => {
    const c = await cast()
    const { first } = await offered(c)
    const [elsewhere] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${c.family.name}, 'Elsewhere', 'America/Chicago', 0) returning id`,
    )
    const rights = { 'Office Portal': 2, Appointments: 2 } as const
    const { cookie } = await employ(c.account, { rights, locationIds: [elsewhere?.id ?? 0] })
    const visitor = new Visitor()
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    const path = `/a/demo/appointments/times/${first}/booking`
    expect((await visitor.get(path)).status).toBe(404)
    const form = { student: String(c.students[0].id), pay: 'charge', cents: '4500', lowered: '0' }
    expect((await visitor.post(path, form)).status).toBe(404)
  })
})
