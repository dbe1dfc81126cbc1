import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { appointmentKind } from '../../src/appointments/activity'
import { bookAppointment } from '../../src/appointments/bookings'
import { reschedule } from '../../src/appointments/moves'
import { changeAppointment, createAppointment, createService, openSlots } from '../../src/appointments/setup'
import { nounOf } from '../../src/setup/nouns'
import { addThing, endThing } from '../../src/setup/things'
import { answer, asStaff, type Cast, cast, detailsOf, later, pick, rowCounts } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, Visitor } from '../visit'

const first = '2026-11-09'
const second = '2026-11-10'
const auto = { 'appointment.auto_approve': true }

/** An appointment that keeps to the blackout dates of its program, with two times. */
async function offered(c: Cast, blackouts = true) {
  const staff = asStaff(c.account)
  const { staffId, locationId, programId } = c
  const serviceId = await createService(staff, { name: `Lesson ${c.family.name}`, minutes: 30 })
  const id = await createAppointment(staff, { serviceId, staffId, locationId, programId, blackouts })
  const [one = 0, two = 0] = await openSlots(
    staff,
    id,
    [first, second].map(onDate => ({ onDate, startTime: '15:00', endTime: '15:30' })),
  )
  return { id, serviceId, one, two }
}

const noun = () => {
  const found = nounOf('blackout-dates')
  if (!found) throw new Error('There are no blackout dates.')
  return found
}

async function close(c: Cast, effect: 'billing' | 'closures' | 'both', ...days: string[]) {
  const values = { name: crypto.randomUUID(), effect, dates: days.map(day => [day, null]), programs: [c.programId] }
  await addThing(asStaff(c.account), noun(), values)
  const [made] = await pick(sql`select max(id) as id from blackout_schedules`)
  return made?.id ?? 0
}

const book = (c: Cast, slotId: number, account: Account = later(c.account, 0)) =>
  bookAppointment(account, c.guardian, { slotId, studentId: c.students[0].id }, answer)
const bookingOf = async (c: Cast) =>
  (await pick(sql`select max(id) as id from bookings where family_id = ${c.family.id}`))[0]?.id ?? 0
const listed = async (serviceId: number, slotId: number) =>
  (await new Visitor().get(`/p/demo/appointments?service=${serviceId}`)).text.includes(
    `/p/demo/appointments/${slotId}"`,
  )

describe('a blackout date of the program', () => {
  test('takes the time off the list, off its page, off what a booking can move to, and is guarded', async () => {
    const c = await cast({ settings: auto })
    const { serviceId, one, two } = await offered(c)
    await book(c, two)
    await close(c, 'both', first)
    expect([await listed(serviceId, one), await listed(serviceId, two)]).toEqual([false, false])
    const visitor = await loggedIn(c)
    expect(words((await visitor.get(`/p/demo/appointments/${one}`)).text)).toContain('We are closed on that day.')
    const bookingId = await bookingOf(c)
    const moving = (await visitor.get(`/p/demo/account/appointments/${bookingId}/reschedule`)).text
    expect(moving).not.toContain(`value="${one}"`)
    const before = await rowCounts()
    await expect(book(c, one)).rejects.toMatchObject({ code: 'slot-closed' })
    const move = reschedule(later(c.account, 1), c.guardian, { bookingId, slotId: one }, answer)
    await expect(move).rejects.toMatchObject({ code: 'slot-closed' })
    const posted = await visitor.post(`/p/demo/appointments/${one}/bookings`, { student: String(c.students[0].id) })
    expect(posted.status).toBe(409)
    expect(words(posted.text)).toContain('We are closed on that day.')
    expect(await rowCounts()).toEqual(before)
  })

  test('that is set while a family books wins', async () => {
    const c = await cast({ settings: auto })
    const { one } = await offered(c)
    const reads = { trips: 0 }
    const account: Account = {
      ...later(c.account, 0),
      metered: async asked => {
        reads.trips += 1
        if (reads.trips === 2) await close(c, 'both', first)
        return c.account.metered(asked)
      },
    }
    await expect(book(c, one, account)).rejects.toMatchObject({ code: 'slot-closed' })
    expect(reads.trips).toBe(2)
    expect(await bookingOf(c)).toBe(0)
  })

  test.each(['billing', 'closures'] as const)('that stops only one of the two does not count: %s', async effect => {
    const c = await cast({ settings: auto })
    const { serviceId, one } = await offered(c)
    await close(c, effect, first)
    expect(await listed(serviceId, one)).toBe(true)
    expect(await book(c, one)).toBe('booked')
  })

  test('does not count for an appointment that does not keep to it, and does once it does', async () => {
    const c = await cast({ settings: auto })
    const { id, serviceId, one } = await offered(c, false)
    await close(c, 'both', first)
    expect(await listed(serviceId, one)).toBe(true)
    const change = { cents: 0, maxStudents: 1, state: 'active' as const, blackouts: true }
    await changeAppointment(asStaff(c.account), id, change)
    expect(await listed(serviceId, one)).toBe(false)
    await changeAppointment(asStaff(c.account), id, { cents: 0, maxStudents: 1, state: 'active' })
    expect(await listed(serviceId, one)).toBe(false)
  })

  test('gives the times back when it is taken out of use, and takes them again', async () => {
    const c = await cast()
    const { serviceId, one } = await offered(c)
    const scheduleId = await close(c, 'both', first, second)
    const steps = []
    for (const back of [false, true]) {
      await endThing(asStaff(later(c.account, 1)), noun(), scheduleId, back)
      steps.push(await listed(serviceId, one))
    }
    expect(steps).toEqual([true, false])
  })
})

describe('what was booked before', () => {
  test('stays, and staff read who it is where they work', async () => {
    const c = await cast()
    const { id, one, two } = await offered(c)
    await book(c, one)
    await close(c, 'both', first, second)
    const owner = new Visitor()
    const { cookie } = await employ(c.account, { isOwner: true })
    owner.cookies.set(...(cookie.split('=') as [string, string]))
    const name = `${c.students[0].firstName} ${c.students[0].lastName}`
    for (const path of ['/a/demo/appointments', `/a/demo/appointments/${id}`]) {
      const { text } = await owner.get(path)
      expect(words(text)).toMatch(/(A booking stands|bookings stand) on blackout dates\./)
      expect(words(text)).toMatch(new RegExp(`${name} Lesson ${c.family.name} with Sam Coach`))
      expect(text).toContain(`/a/demo/bookings/${await bookingOf(c)}/cancellation`)
    }
    expect(words((await owner.get(`/a/demo/appointments/${id}`)).text)).toContain('Blackout date')
    const [entry] = await pick<{ subject_id: number }>(
      sql`select subject_id from activity where family_id = ${c.family.id} and closed_at is null`,
    )
    const asked = { id: 0, kind: 'appointment', subjectId: entry?.subject_id, particulars: {} }
    const [[row]] = [await pick<{ id: number }>(sql`select id from activity where family_id = ${c.family.id}`)]
    const { facts } = await detailsOf(asStaff(c.account), appointmentKind, { ...asked, id: row?.id } as never)
    expect(facts.map(({ text }) => text)).toContain('This is a blackout date now.')

    const [elsewhere] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${c.family.name}, 'Elsewhere', 'America/Chicago', 0) returning id`,
    )
    const rights = { 'Office Portal': 2, Appointments: 2 } as const
    const desk = await employ(c.account, { rights, locationIds: [elsewhere?.id ?? 0] })
    const other = new Visitor()
    other.cookies.set(...(desk.cookie.split('=') as [string, string]))
    expect((await other.get('/a/demo/appointments')).text).not.toContain(name)
    expect(two).toBeGreaterThan(one)
  })

  test('is set up on the pages of an appointment', async () => {
    const c = await cast()
    const { id } = await offered(c, false)
    const owner = new Visitor()
    const { cookie } = await employ(c.account, { isOwner: true })
    owner.cookies.set(...(cookie.split('=') as [string, string]))
    const form = { price: '0', places: '1', active: '1' }
    await owner.post(`/a/demo/appointments/${id}`, { ...form, blackouts: '1' })
    expect((await owner.get(`/a/demo/appointments/${id}`)).text).toMatch(/name="blackouts" value="1" checked/)
    expect(await pick(sql`select blackouts from appointments where id = ${id}`)).toEqual([{ blackouts: 1 }])
    await owner.post(`/a/demo/appointments/${id}`, form)
    expect(await pick(sql`select blackouts from appointments where id = ${id}`)).toEqual([{ blackouts: 0 }])
  })
})
