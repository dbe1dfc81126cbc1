import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import { bookAppointment } from '../../src/appointments/bookings'
import { payingTogether } from '../../src/appointments/company'
import { anybody, type Criteria, keptOf, misfitsOn } from '../../src/appointments/criteria'
import { limitedOffers, thatFit } from '../../src/appointments/fit'
import { inviteTo } from '../../src/appointments/invitations'
import { reschedule } from '../../src/appointments/moves'
import { passesForSlot } from '../../src/appointments/punches'
import { changeAppointment, createAppointment, createService, openSlots } from '../../src/appointments/setup'
import { bookable, bookingQuery } from '../../src/appointments/slots'
import { addDays } from '../../src/clock'
import type { Env } from '../../src/env'
import { usableBy } from '../../src/passes/passes'
import { spentQuery } from '../../src/passes/punches'
import { answer, asStaff, type Cast, cast, later, pick } from '../cast'
import { employ, words } from '../knock'
import { loggedIn, Visitor } from '../visit'

const at = (onDate: string, startTime = '15:00') => ({ onDate, startTime, endTime: startTime.replace(':00', ':30') })

/** Mia is eight until May 4, Leo five until March 9: a lesson for those of five to seven, the same for anybody. */
async function offered(c: Cast, criteria: Partial<Criteria> = { minAge: 'P5Y', maxAge: 'P7Y' }, places = 1) {
  const staff = asStaff(c.account)
  const { staffId, locationId, programId } = c
  const name = `Lesson ${c.family.name}`
  const serviceId = await createService(staff, { name, minutes: 30 })
  const common = { serviceId, staffId, locationId, programId, maxStudents: places }
  const sharing = places > 1 ? ('invite' as const) : ('private' as const)
  const id = await createAppointment(staff, { ...common, sharing, criteria: { ...anybody, ...criteria } })
  const open = await createAppointment(staff, common)
  const [first = 0] = await openSlots(staff, id, [at('2026-11-10')])
  const [free = 0] = await openSlots(staff, open, [at('2026-11-11')])
  return { id, name, serviceId, first, free }
}

const on = { 'appointment.auto_approve': true }
const book = (c: Cast, slotId: number, child: 0 | 1, more = {}) =>
  bookAppointment(later(c.account, 0), c.guardian, { slotId, studentId: c.students[child].id, ...more }, answer)
const bookingsOf = (c: Cast) =>
  pick<{ id: number; student_id: number; slot_id: number }>(
    sql`select id, student_id, slot_id from bookings where family_id = ${c.family.id} and state in ('booked','requested')`,
  )

describe('for whom an appointment is', () => {
  const born = (birthDate: string | null, gender = 'unstated') => ({ birthDate, gender })
  const five = { ...anybody, minAge: 'P5Y', maxAge: 'P7Y' }

  test.each([
    ['the day before the fifth birthday', five, born('2021-11-11'), '2026-11-10', ['too-young']],
    ['the fifth birthday', five, born('2021-11-10'), '2026-11-10', []],
    ['the day before the eighth', five, born('2018-11-11'), '2026-11-10', []],
    ['the eighth', five, born('2018-11-10'), '2026-11-10', ['too-old']],
    [
      'a birthday on February 29, in a year that has none',
      { ...anybody, minAge: 'P5Y' },
      born('2020-02-29'),
      '2025-02-28',
      [],
    ],
    ['months', { ...anybody, maxAge: 'P18M' }, born('2025-04-10'), '2026-11-09', []],
    ['a month later', { ...anybody, maxAge: 'P18M' }, born('2025-04-10'), '2026-11-10', ['too-old']],
    ['nobody knows the birth', five, born(null), '2026-11-10', []],
    ['another gender', { ...anybody, gender: 'female' as const }, born(null, 'male'), '2026-11-10', ['wrong-gender']],
    ['a gender that is not told', { ...anybody, gender: 'female' as const }, born(null), '2026-11-10', []],
  ])('counts on the day itself: %s', (_, criteria, student, day, codes) => {
    expect(misfitsOn(criteria, student, day).map(({ code }) => code)).toEqual(codes)
  })

  test('is the same for the database, on every day around a birthday and whatever the month', async () => {
    const people = ['2020-02-29', '2021-01-31', '2021-08-30', '2022-03-01', '2019-12-31', null].map(day =>
      born(day, 'male'),
    )
    const spans = [
      five,
      { ...anybody, minAge: 'P18M' },
      { ...anybody, maxAge: 'P18M' },
      { ...anybody, maxAge: 'P4Y6M' },
    ]
    const all = [
      ...spans,
      { ...anybody, minAge: 'P3Y1M', gender: 'female' as const },
      { ...five, gender: 'male' as const },
    ]
    const days: string[] = []
    for (let day = '2022-06-20'; day <= '2028-03-10'; day = addDays(day, day.endsWith('28') ? 1 : 3)) days.push(day)
    for (const criteria of all)
      for (const person of people) {
        const child = { id: 0, firstName: '', lastName: '', mayEnroll: true, ...person }
        const rows = await pick<{ day: string }>(
          sql`with appointments(criteria) as (values (${keptOf(criteria)})), appointment_slots(on_date) as (select value from json_each(${JSON.stringify(days)})) select on_date as day from appointments join appointment_slots where ${thatFit({ child })}`,
        )
        const fit = days.filter(day => !misfitsOn(criteria, person, day).length)
        expect(rows.map(({ day }) => day)).toEqual(fit)
      }
  })
})

describe('the Office', () => {
  test('asks for ages and gender as classes do, keeps what was typed, and says it', async () => {
    const c = await cast()
    const { id } = await offered(c, {})
    const { cookie } = await employ(c.account, { rights: { 'Office Portal': 2, Appointments: 2 } })
    const visitor = new Visitor()
    visitor.cookies.set(...(cookie.split('=') as [string, string]))
    const form = { price: '10', places: '1', active: '1', sharing: 'private', gender: 'female' }
    const page = `/a/demo/appointments/${id}`
    const wrong = await visitor.post(page, { ...form, minAge_years: '9', maxAge_years: '8', maxAge_months: '3' })
    expect(wrong.status).toBe(422)
    expect(words(wrong.text)).toContain('This is younger than From age.')
    expect(wrong.text).toMatch(/name="minAge_years" value="9"/)
    const odd = await visitor.post(page, { ...form, minAge_years: '5', minAge_months: '12' })
    expect([odd.status, words(odd.text)]).toEqual([
      422,
      expect.stringContaining('Years go from 0 to 99 and months from 0 to 11.'),
    ])
    expect((await visitor.post(page, { ...form, gender: 'none' })).status).toBe(422)
    const saved = await visitor.post(page, { ...form, minAge_years: '3', minAge_months: '6', maxAge_years: '5' })
    expect(saved.status).toBe(303)
    const [kept] = await pick<{ criteria: string }>(sql`select criteria from appointments where id = ${id}`)
    expect(JSON.parse(kept?.criteria ?? '')).toEqual({ minAge: 'P3Y6M', maxAge: 'P5Y', gender: 'female' })
    const shown = await visitor.get(page)
    expect(shown.text).toMatch(/name="minAge_months" value="6"/)
    expect(words(shown.text)).toContain('Ages 3 years 6 months to 5 years, Girls')
    const [told] = await pick<{ before: string; after: string }>(
      sql`select a.before, a.after from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'appointment' and s.subject_id = ${id} order by a.id desc`,
    )
    expect(JSON.parse(told?.before ?? '').criteria).toEqual(anybody)
    expect(JSON.parse(told?.after ?? '').criteria).toMatchObject({ minAge: 'P3Y6M' })
  })
})

describe('a family', () => {
  test('picks a child and sees what fits, and why not', async () => {
    const c = await cast()
    const { first, free, name, serviceId } = await offered(c)
    const visitor = await loggedIn(c)
    const list = async (child: number | '') =>
      (await visitor.get(`/p/demo/appointments?service=${serviceId}&child=${child}`)).text
    const [mia, leo] = c.students
    expect(words(await list(''))).toContain('Ages 5 to 7 years, Main Street')
    const forMia = await list(mia.id)
    expect(words(forMia)).toMatch(/1 fits Mia\./)
    expect(words(forMia)).toMatch(
      new RegExp(`These do not fit ${name} with Sam Coach [^:]*: Too old on Nov.10, 2026\\.`),
    )
    expect(forMia).not.toContain(`/appointments/${first}?`)
    expect(forMia).toContain(`/appointments/${free}?child=${mia.id}`)
    expect(words(await list(leo.id))).toMatch(/2 fit Leo\./)
    // Whoever is a stranger asks by an age.
    const stranger = async (age: number) =>
      (await new Visitor().get(`/p/demo/appointments?service=${serviceId}&age=${age}`)).text
    expect(await stranger(6)).toContain(`/appointments/${first}"`)
    expect(await stranger(9)).not.toContain(`/appointments/${first}"`)
    expect(await stranger(9)).toContain(`/appointments/${free}"`)
  })

  test('books for the child that fits, reads why the other does not, and is refused when it asks all the same', async () => {
    const c = await cast()
    const { first } = await offered(c)
    const visitor = await loggedIn(c)
    const page = await visitor.get(`/p/demo/appointments/${first}`)
    expect(words(page.text)).toMatch(/For Ages 5 to 7 years/)
    expect(words(page.text)).toMatch(/Mia [^:]*: Too old on Nov.10, 2026\./)
    expect(page.text).toContain(`<option value="${c.students[1].id}"`)
    expect(page.text).not.toContain(`<option value="${c.students[0].id}"`)
    const refused = await visitor.post(`/p/demo/appointments/${first}/bookings`, { student: String(c.students[0].id) })
    expect([refused.status, words(refused.text)]).toEqual([
      409,
      expect.stringContaining('The student is too old for this on that date.'),
    ])
    expect(await bookingsOf(c)).toEqual([])
    const taken = await visitor.post(`/p/demo/appointments/${first}/bookings`, { student: String(c.students[1].id) })
    expect(taken.status).toBe(303)
  })

  test('is refused in the commit when the limit comes, or the birthday is put right, between the look and the booking', async () => {
    const c = await cast({ settings: on })
    const { id, first } = await offered(c, {})
    const between = (act: () => Promise<unknown>) => {
      let trips = 0
      return {
        ...later(c.account, 1),
        metered: async (asked: Parameters<Cast['account']['metered']>[0]) => {
          trips += 1
          if (trips === 2) await act()
          return c.account.metered(asked)
        },
      } as Cast['account']
    }
    const wish = { slotId: first, studentId: c.students[0].id }
    const change = { cents: 0, maxStudents: 1, state: 'active' as const }
    const limited = between(() =>
      changeAppointment(asStaff(c.account), id, { ...change, criteria: { ...anybody, maxAge: 'P7Y' } }),
    )
    await expect(bookAppointment(limited, c.guardian, wish, answer)).rejects.toMatchObject({ code: 'too-old' })
    const corrected = between(() =>
      pick(sql`update students set birth_date = '2010-01-01' where id = ${c.students[1].id}`),
    )
    const younger = { ...wish, studentId: c.students[1].id }
    await expect(bookAppointment(corrected, c.guardian, younger, answer)).rejects.toMatchObject({ code: 'too-old' })
    expect(await bookingsOf(c)).toEqual([])
  })

  test('moves only to what fits on the new day', async () => {
    const c = await cast({ settings: on })
    const { first, free } = await offered(c)
    await book(c, free, 0)
    const [mine] = await bookingsOf(c)
    const move = { bookingId: mine?.id ?? 0, slotId: first }
    const page = await (await loggedIn(c)).get(`/p/demo/account/appointments/${mine?.id}/reschedule`)
    expect(page.text).not.toContain(`<option value="${first}"`)
    await expect(reschedule(later(c.account, 1), c.guardian, move, answer)).rejects.toMatchObject({ code: 'too-old' })
    expect((await bookingsOf(c)).map(({ slot_id }) => slot_id)).toEqual([free])
  })

  test('that is invited is kept to it as well', async () => {
    const [host, guest] = [await cast({ settings: on }), await cast({ settings: on })]
    const { first } = await offered(host, undefined, 3)
    await book(host, first, 1)
    const [mine] = await bookingsOf(host)
    const url = await inviteTo(host.account, host.guardian, { bookingId: mine?.id ?? 0, address: null }, answer)
    const visitor = await loggedIn(guest)
    const path = new URL(url, 'https://gym.test').pathname
    expect(words((await visitor.get(path)).text)).toContain('Too old on')
    const refused = await visitor.post(`${path}/bookings`, { student: String(guest.students[0].id) })
    expect([refused.status, words(refused.text)]).toEqual([409, expect.stringContaining('too old')])
    expect((await visitor.post(`${path}/bookings`, { student: String(guest.students[1].id) })).status).toBe(303)
  })
})

test('nothing that is asked of passes, limits and those who come scans a table that grows', async () => {
  const c = await cast()
  const account = asStaff(c.account)
  const plan = async (query: SQL) => {
    const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(query)
    const statement = (env as unknown as Env).DB.prepare(`explain query plan ${text}`).bind(...params)
    return (await statement.all<{ detail: string }>()).results.map(({ detail }) => detail)
  }
  const own = sql`(select passes.id from passes where ${usableBy(c.family.id, 1)})`
  for (const query of [
    spentQuery(account, own),
    passesForSlot(account, 1, c.family.id),
    payingTogether(account, 1),
    bookingQuery(account).where(sql`bookings.id = 1`),
    limitedOffers(account, 0, 9e12, {}),
    bookable(account, 0, 9e12, undefined, { narrowed: thatFit({ child: c.guardian.students[0] }), most: 61 }),
  ]) {
    const scans = (await plan(query.getSQL())).filter(detail => /^SCAN /.test(detail))
    // What a business offers is a handful; only what families do grows.
    expect(scans.filter(detail => !/^SCAN ((a|x)\b|\(subquery|json_each|CONSTANT)/.test(detail))).toEqual([])
  }
})
