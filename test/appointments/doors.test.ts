import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import type { EntryRow } from '../../src/activity/kind'
import { appointmentKind, appointmentRescheduleKind } from '../../src/appointments/activity'
import { bookAppointment, cancelBooking } from '../../src/appointments/bookings'
import { noShow, turnSlot } from '../../src/appointments/by-staff'
import { reschedule } from '../../src/appointments/moves'
import { changeAppointment, createAppointment, createService, openSlots, timesOf } from '../../src/appointments/setup'
import { commit } from '../../src/database'
import { NotFound } from '../../src/http'
import { createPolicy } from '../../src/policies/policies'
import { answer, asStaff, booksTotal, type Cast, cast, later, pick } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, set, Visitor } from '../visit'

/** A private lesson for $45 with two open times. */
async function offered(c: Cast, cents = 4500) {
  const staff = asStaff(c.account)
  const { staffId, locationId, programId } = c
  const serviceId = await createService(staff, { name: `Lesson ${c.family.name}`, minutes: 30 })
  const id = await createAppointment(staff, { serviceId, staffId, locationId, programId, cents })
  const slots = await openSlots(staff, id, [
    { onDate: '2026-11-09', startTime: '15:00', endTime: '15:30' },
    { onDate: '2026-11-10', startTime: '15:00', endTime: '15:30' },
  ])
  return { id, serviceId, first: slots[0] ?? 0, second: slots[1] ?? 0 }
}

const book = (c: Cast, slotId: number, auto = true) =>
  bookAppointment(
    { ...later(c.account, 0), settings: { ...c.account.settings, 'appointment.auto_approve': auto } },
    c.guardian,
    { slotId, studentId: c.students[0].id },
    answer,
  )
const bookingOf = async (c: Cast) =>
  (await pick(sql`select max(id) as id from bookings where family_id = ${c.family.id}`))[0]?.id ?? 0
const chargesOf = (c: Cast) =>
  pick<{ cents: number; open_cents: number }>(
    sql`select cents, open_cents from charges where family_id = ${c.family.id} order by id`,
  )
const pay = (c: Cast) =>
  pick(
    sql`insert into payments (family_id, location_id, type, cents, open_cents, paid_on, who, created_at) values (${c.family.id}, ${c.locationId}, 'cash', 4500, 4500, '2026-11-02', 'desk', 0) returning id`,
  )

describe('what a booking costs', () => {
  test('is charged when it is booked, and taken back but for the fee when it is canceled', async () => {
    const c = await cast({ settings: { 'appointment.fee_kind': 'percent', 'appointment.fee': 20 } })
    const { first } = await offered(c)
    await book(c, first)
    expect(await chargesOf(c)).toEqual([{ cents: 4500, open_cents: 4500 }])
    await cancelBooking(later(c.account, 1), c.guardian, await bookingOf(c), answer)
    expect(await chargesOf(c)).toEqual([{ cents: 900, open_cents: 900 }])
    expect(await booksTotal()).toBe(0)
    const [balance] = await pick<{ cents: number }>(
      sql`select cents from family_balances where family_id = ${c.family.id}`,
    )
    expect(balance?.cents).toBe(900)
  })

  test('what was paid of it becomes credit, and two hands take it back once', async () => {
    const c = await cast()
    const { first } = await offered(c)
    await book(c, first)
    const [payment] = await pay(c)
    await pick(
      sql`insert into allocations (payment_id, charge_id, cents, at, who) values (${payment?.id}, (select max(id) from charges where family_id = ${c.family.id}), 4500, 0, 'desk')`,
    )
    const id = await bookingOf(c)
    const both = await Promise.allSettled(
      [1, 2].map(ms => cancelBooking(later(c.account, ms), c.guardian, id, { location: `/${ms}` })),
    )
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await chargesOf(c)).toEqual([{ cents: 0, open_cents: 0 }])
    expect(await pick(sql`select open_cents from payments where id = ${payment?.id}`)).toEqual([{ open_cents: 4500 }])
  })

  test('stays what it was when the price goes up, and so does the fee of canceling it', async () => {
    const c = await cast({ settings: { 'appointment.fee_kind': 'percent', 'appointment.fee': 100 } })
    const { id, first, second } = await offered(c)
    await book(c, first)
    await changeAppointment(asStaff(c.account), id, { cents: 9000, maxStudents: 1, state: 'active' })
    const visitor = await loggedIn(c)
    const mine = async () => words((await visitor.get('/p/demo/account/appointments')).text)
    expect(await mine()).toContain('Booked $45 ')
    const move = { bookingId: await bookingOf(c), slotId: second }
    await reschedule(later(c.account, 1), c.guardian, move, answer)
    expect(await mine()).toContain('New time requested $45 ')
    expect(await mine()).not.toContain('$90')
    await cancelBooking(later(c.account, 2), c.guardian, move.bookingId, answer)
    expect(await chargesOf(c)).toEqual([{ cents: 4500, open_cents: 4500 }])
    expect(await mine()).toContain('Cancellation fee $45.00 Canceled ')
  })

  test('what was booked for nothing owes no percentage of what it costs now', async () => {
    const c = await cast({ settings: { 'appointment.fee_kind': 'percent', 'appointment.fee': 50 } })
    const { id, first } = await offered(c, 0)
    await book(c, first)
    await changeAppointment(asStaff(c.account), id, { cents: 9000, maxStudents: 1, state: 'active' })
    await cancelBooking(later(c.account, 1), c.guardian, await bookingOf(c), answer)
    expect(await chargesOf(c)).toEqual([])
  })

  test('a fee that is a sum is owed as it was told, also where it is more than the price, and the books balance', async () => {
    const c = await cast({ settings: { 'appointment.fee_kind': 'amount', 'appointment.fee': 60 } })
    const { first } = await offered(c)
    await book(c, first)
    await cancelBooking(later(c.account, 1), c.guardian, await bookingOf(c), answer)
    expect(await chargesOf(c)).toEqual([{ cents: 6000, open_cents: 6000 }])
    expect(await booksTotal()).toBe(0)
  })

  test('is charged once where it is approved while the family moves it', async () => {
    const c = await cast({ settings: { 'appointment.auto_approve': true } })
    const { first, second } = await offered(c)
    await book(c, first, false)
    const [bookingId, staff] = [await bookingOf(c), asStaff(c.account)]
    const booking = { subjectId: bookingId } as EntryRow
    const { statements } = await appointmentKind.approve!(staff, booking, {})
    // Approved between what the move reads and what it writes.
    const read = { trips: 0 }
    const account: Account = {
      ...later(c.account, 1),
      metered: async asked => {
        read.trips += 1
        if (read.trips === 3) await commit(staff, statements)
        return c.account.metered(asked)
      },
    }
    const move = reschedule(account, c.guardian, { bookingId, slotId: second }, answer)
    await expect(move).rejects.toMatchObject({ code: 'already-handled' })
    expect(read.trips).toBe(3)
    expect(await chargesOf(c)).toEqual([{ cents: 4500, open_cents: 4500 }])
    await reschedule(later(c.account, 2), c.guardian, { bookingId, slotId: second }, answer)
    expect(await chargesOf(c)).toEqual([{ cents: 4500, open_cents: 4500 }])
  })

  test('is charged once where staff approve a move while its original is approved', async () => {
    const c = await cast()
    const { first, second } = await offered(c)
    await book(c, first, false)
    const [bookingId, staff] = [await bookingOf(c), asStaff(c.account)]
    await reschedule(later(c.account, 1), c.guardian, { bookingId, slotId: second }, answer)
    const move = { subjectId: await bookingOf(c) } as EntryRow
    const [original, moved, kept] = [
      await appointmentKind.approve!(staff, { subjectId: bookingId } as EntryRow, {}),
      await appointmentRescheduleKind.approve!(staff, move, {}),
      await appointmentRescheduleKind.deny!(staff, move),
    ]
    await commit(staff, original.statements)
    await expect(commit(staff, moved.statements)).rejects.toMatchObject({ code: 'already-handled' })
    await expect(commit(staff, kept.statements)).rejects.toMatchObject({ code: 'already-handled' })
    expect(await chargesOf(c)).toEqual([{ cents: 4500, open_cents: 4500 }])
  })

  test('a request is charged when it is approved, not before', async () => {
    const c = await cast()
    const { first } = await offered(c)
    await book(c, first, false)
    expect(await chargesOf(c)).toEqual([])
    const visitor = new Visitor()
    const owner = await employ(c.account, { isOwner: true })
    visitor.cookies.set(...(owner.cookie.split('=') as [string, string]))
    const [entry] = await pick(sql`select max(id) as id from activity where family_id = ${c.family.id}`)
    const details = words((await visitor.get(`/a/demo/online-activity/${entry?.id}`)).text)
    expect(details).toContain('$45.00, due on')
    await visitor.post(`/a/demo/online-activity/${entry?.id}/approval`)
    expect(await chargesOf(c)).toEqual([{ cents: 4500, open_cents: 4500 }])
  })
})

describe('staff', () => {
  test('open times by the week, and never two at once for one instructor', async () => {
    const c = await cast()
    const { id } = await offered(c)
    expect(
      timesOf({ from: '2026-11-16', to: '2026-11-29', weekdays: [1, 3], start: '15:00', until: '16:10', minutes: 30 }),
    ).toHaveLength(8)
    const overlap = [{ onDate: '2026-11-09', startTime: '15:15', endTime: '15:45' }]
    await expect(openSlots(asStaff(c.account), id, overlap)).rejects.toMatchObject({ code: 'instructor-busy' })
  })

  test('set up a service, an appointment and times on pages, and see who booked', async () => {
    const c = await cast()
    const owner = await employ(c.account, { isOwner: true })
    const visitor = new Visitor()
    visitor.cookies.set(...(owner.cookie.split('=') as [string, string]))
    const name = `Evaluation ${c.family.name}`
    const bad = await visitor.post('/a/demo/appointments/services', { name, minutes: 'long' })
    expect(bad.status).toBe(422)
    expect(words(bad.text)).toContain('Minutes is not a whole number from 5 to 600.')
    expect(bad.text).toContain(name)
    await visitor.post('/a/demo/appointments/services', { name, minutes: '30' })
    const [service] = await pick(sql`select max(id) as id from services`)
    await visitor.post('/a/demo/appointments', {
      service: String(service?.id),
      instructor: String(c.staffId),
      location: String(c.locationId),
      program: String(c.programId),
      price: '30',
      places: '1',
    })
    const [made] = await pick<{ id: number; cents: number }>(sql`select id, cents from appointments order by id desc`)
    expect(made?.cents).toBe(3000)
    const opened = await visitor.post(`/a/demo/appointments/${made?.id}/times`, { from: '2026-11-12', start: '10:00' })
    expect(opened.status).toBe(303)
    const again = await visitor.post(`/a/demo/appointments/${made?.id}/times`, { from: '2026-11-12', start: '10:15' })
    expect(again.status).toBe(409)
    expect(words(again.text)).toContain('The instructor has something at one of these times already.')
    const [slot] = await pick(sql`select max(id) as id from appointment_slots`)
    await book(c, slot?.id ?? 0)
    const list = words((await visitor.get('/a/demo/appointments')).text)
    expect(list).toContain(name)
    expect(list).toContain(`${c.students[0].firstName} ${c.students[0].lastName} Booked`)
    const told = await visitor.post(`/a/demo/bookings/${await bookingOf(c)}/cancellation`)
    expect(told.status).toBe(303)
    expect(await chargesOf(c)).toEqual([{ cents: 0, open_cents: 0 }])
    expect(
      await pick(sql`select 1 as there from audit where action = 'cancel booking' and who = ${owner.email}`),
    ).toHaveLength(1)
  })

  test('open a time again that was closed, but not while the instructor has something else then', async () => {
    const c = await cast()
    const { id, first } = await offered(c)
    const staff = asStaff(c.account)
    const turn = (slotId: number, state: 'open' | 'closed') => turnSlot(staff, slotId, { state, locationIds: [] })
    await turn(first, 'closed')
    const [instead] = await openSlots(staff, id, [{ onDate: '2026-11-09', startTime: '15:15', endTime: '15:45' }])
    await expect(turn(first, 'open')).rejects.toMatchObject({ code: 'instructor-busy' })
    await turn(instead ?? 0, 'open')
    await turn(instead ?? 0, 'closed')
    await turn(first, 'open')
    expect(await pick(sql`select state from appointment_slots where appointment_id = ${id} order by id`)).toEqual(
      ['open', 'open', 'closed'].map(state => ({ state })),
    )
    await expect(turn(9_999_999, 'closed')).rejects.toThrow(NotFound)
  })

  test('note a no-show once the time has begun', async () => {
    const c = await cast()
    const { first } = await offered(c)
    await book(c, first)
    const id = await bookingOf(c)
    await expect(noShow(asStaff(c.account), id, [])).rejects.toMatchObject({ code: 'not-yet' })
    await noShow(asStaff(later(c.account, 8 * 86_400_000)), id, [])
    expect(await pick(sql`select state from bookings where id = ${id}`)).toEqual([{ state: 'no_show' }])
  })

  test('who works elsewhere neither sees nor cancels', async () => {
    const c = await cast()
    const { id, first } = await offered(c)
    await book(c, first)
    const [elsewhere] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${c.family.name}, 'Elsewhere', 'America/Chicago', 0) returning id`,
    )
    const rights = { 'Office Portal': 2, Appointments: 2 } as const
    const { cookie } = await employ(c.account, { rights, locationIds: [elsewhere?.id ?? 0] })
    const visitor = new Visitor()
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    expect((await visitor.get(`/a/demo/appointments/${id}`)).status).toBe(404)
    expect((await visitor.post(`/a/demo/bookings/${await bookingOf(c)}/cancellation`)).status).toBe(404)
    expect((await visitor.post(`/a/demo/appointments/times/${first}`, { state: 'closed' })).status).toBe(404)
    expect(await pick(sql`select state from appointment_slots where id = ${first}`)).toEqual([{ state: 'open' }])
  })
})

describe('a family', () => {
  test('finds a time before the log-in, books it, and finds it in My Account', async () => {
    const c = await cast()
    const { first, serviceId } = await offered(c)
    const stranger = await new Visitor().get(`/p/demo/appointments?service=${serviceId}`)
    expect(words(stranger.text)).toContain('with Sam Coach')
    expect(stranger.text).toContain(`/p/demo/appointments/${first}`)
    const visitor = await loggedIn(c)
    const bad = await visitor.post(`/p/demo/appointments/${first}/bookings`, { student: 'x', note: 'Keep this' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Keep this')
    const student = String(c.students[0].id)
    const booked = await visitor.post(`/p/demo/appointments/${first}/bookings`, { student, note: 'Shy' })
    expect(booked.location).toBe('/p/demo/account/appointments?done=requested')
    expect(words((await visitor.get(booked.location ?? '')).text)).toContain('Requested')
    expect((await new Visitor().get(`/p/demo/appointments?service=${serviceId}`)).text).not.toContain(
      `/p/demo/appointments/${first}"`,
    )
    const stranger2 = await loggedIn(await cast())
    expect((await stranger2.get(`/p/demo/account/appointments/${await bookingOf(c)}/cancellation`)).status).toBe(404)
  })

  test('finds every time of a day on one page or the next, however many there are', async () => {
    const c = await cast()
    const { id, serviceId } = await offered(c)
    const day = { from: '2026-11-12', to: '2026-11-12', weekdays: [], start: '06:00', until: '22:00', minutes: 12 }
    const opened = await openSlots(asStaff(c.account), id, timesOf(day))
    expect(opened.length).toBeGreaterThan(60)
    const seen: number[] = []
    let page = `/p/demo/appointments?service=${serviceId}&date=2026-11-12`
    for (let nth = 0; page && nth < 5; nth++) {
      const { text } = await new Visitor().get(page)
      seen.push(...[...text.matchAll(/href="\/p\/demo\/appointments\/(\d+)"/g)].map(match => Number(match[1])))
      page = /href="([^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    }
    expect(seen).toEqual(opened)
  })

  test('accepts the appointment policy on the way, and is back where it was', async () => {
    const c = await cast()
    const { first } = await offered(c)
    const policy = await createPolicy(asStaff(c.account), null, {
      kind: 'appointment',
      name: `Be on time ${c.family.name}`,
      body: 'Come ten minutes early.',
      required: true,
      showWeb: true,
      active: true,
    })
    const visitor = await loggedIn(c)
    const here = `/p/demo/appointments/${first}`
    const page = await visitor.get(here)
    expect(page.text).toContain(`/p/demo/account/policies/${policy}?next=${encodeURIComponent(here)}`)
    const read = await visitor.get(`/p/demo/account/policies/${policy}?next=${encodeURIComponent(here)}`)
    expect(words(read.text)).toContain('Appointment Policy')
    const accepted = await visitor.post(`/p/demo/account/policies/${policy}`, {
      answer: 'accept',
      version: '1',
      next: here,
    })
    const onward = await visitor.get(accepted.location ?? '')
    expect(onward.location).toBe(here)
    expect((await visitor.get(here)).text).toContain('action="/p/demo/appointments')
    await set(c.account, 'portal.show_appointments', false)
    expect((await visitor.get(here)).status).toBe(409)
    expect(words((await visitor.get('/p/demo/account/policies')).text)).not.toContain('Be on time')
    await set(c.account, 'portal.show_appointments', true)
    await pick(sql`update policies set active = 0 where id = ${policy}`)
  })
})
