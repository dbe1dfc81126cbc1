import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/clock'
import { commit, read } from '../../src/database'
import { tellAbsence, withdrawAbsences } from '../../src/enrollments/absences'
import { requestDrop } from '../../src/enrollments/drops'
import { startEnrollment } from '../../src/enrollments/enroll'
import { bookMakeup } from '../../src/makeups/book'
import { approve, deny } from '../../src/online-activity/decide'
import { entriesQuery } from '../../src/online-activity/window'
import { answer, asStaff, type Cast, cast, later, now, pick } from '../cast'
import { ask, clockAt, employ, words } from '../knock'
import { loggedIn, set } from '../visit'

const monday = '2026-11-09'
const tuesday = '2026-11-10'

interface Scene {
  c: Cast
  mia: number
  /** A class of the same program on Tuesdays. */
  other: number
}

async function scene(settings: Partial<Cast['account']['settings']> = {}, places = 8): Promise<Scene> {
  const c = await cast({ settings })
  const [mia] = c.students
  await commit(c.account, [
    startEnrollment(c.account, {
      studentId: mia.id,
      familyId: c.family.id,
      classId: c.class.id,
      type: 'active',
      state: 'approved',
      startDate: '2026-09-07',
      takesSeat: true,
      by: 'staff',
    }),
  ])
  const name = `Tumbling ${crypto.randomUUID().slice(0, 8)}`
  const [row] = await pick(
    sql`insert into classes (name, sort_name, location_id, program_id, max_students, created_at, updated_at) values (${name}, ${name}, ${c.locationId}, ${c.programId}, ${places}, 0, 0) returning id`,
  )
  const other = row?.id ?? 0
  await pick(
    sql`insert into timeslots (class_id, weekday, start_time, end_time) values (${other}, 2, '17:00', '17:45')`,
  )
  return { c, mia: mia.id, other }
}

const tell = ({ c, mia }: Scene) =>
  tellAbsence(c.account, c.guardian, mia, { way: 'by_date', from: monday, to: monday, notes: null }, answer)
const tokens = ({ mia }: Scene) =>
  pick<{ id: number; used_by: number | null; revoked_at: number | null; missed_on: string }>(
    sql`select id, used_by, revoked_at, missed_on from makeup_tokens where student_id = ${mia} order by id`,
  )
const book = ({ c, mia, other }: Scene, tokenId: number | null, more = {}) =>
  bookMakeup(
    later(c.account, 1000),
    c.guardian,
    { studentId: mia, classId: other, onDate: tuesday, tokenId, ...more },
    answer,
  )
const makeup = async ({ other }: Scene) =>
  (
    await pick<{ id: number; state: string; type: string }>(
      sql`select id, state, type from enrollments where class_id = ${other}`,
    )
  )[0]
const entryOf = async ({ c }: Scene) => {
  const [row] = await pick(sql`select max(id) as id from activity where family_id = ${c.family.id}`)
  const [[entry]] = await read(c.account, [entriesQuery(c.account, [row?.id ?? 0], [])])
  if (!entry) throw new Error('no entry')
  return entry
}
const requestOf = async ({ c }: Scene) =>
  (await pick(sql`select id from absence_requests where family_id = ${c.family.id}`))[0]?.id ?? 0

describe('tokens', () => {
  test('come with an approved absence and go when it is taken back', async () => {
    const s = await scene()
    await tell(s)
    expect(await tokens(s)).toMatchObject([{ used_by: null, revoked_at: null, missed_on: monday }])
    await withdrawAbsences(later(s.c.account, 1000), s.c.guardian, await requestOf(s), answer)
    expect(await tokens(s)).toMatchObject([{ revoked_at: now + 1000 }])
  })

  test('wait for an absence that somebody has to approve, and never come when they are off', async () => {
    const s = await scene({ 'absence.auto': false })
    await tell(s)
    expect(await tokens(s)).toEqual([])
    await approve(asStaff(s.c.account), await entryOf(s), {})
    expect(await tokens(s)).toHaveLength(1)
    for (const off of [{ 'token.enabled': false }, { 'token.on_excused': false }]) {
      const quiet = await scene(off)
      await tell(quiet)
      expect(await tokens(quiet)).toEqual([])
    }
  })

  test('buy one day in a class of the program: one entry, one seat, one token', async () => {
    const s = await scene()
    await tell(s)
    const [token] = await tokens(s)
    expect(await book(s, token?.id ?? 0)).toBe('approved')
    const made = await makeup(s)
    expect(made).toMatchObject({ type: 'makeup', state: 'approved' })
    expect((await tokens(s))[0]?.used_by).toBe(made?.id)
    expect(await entryOf(s)).toMatchObject({ kind: 'enrollment', status: 'approved', particulars: { type: 'makeup' } })
    expect(await pick(sql`select from_date, to_date from seats where enrollment_id = ${made?.id}`)).toEqual([
      { from_date: tuesday, to_date: tuesday },
    ])
    await expect(book(s, token?.id ?? 0)).rejects.toMatchObject({ code: 'token-gone' })
    // The absence stays told while it is made up for.
    await expect(
      withdrawAbsences(later(s.c.account, 2000), s.c.guardian, await requestOf(s), answer),
    ).rejects.toMatchObject({ code: 'token-used' })
  })

  test('of seven uses of one token at once, and of six tokens for one place, one is granted', async () => {
    const s = await scene()
    await tell(s)
    const [token] = await tokens(s)
    const uses = await Promise.allSettled(
      [0, 1, 2, 3, 4, 5, 6].map(week => book(s, token?.id ?? 0, { onDate: addDays(tuesday, 7 * week) })),
    )
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const one = await scene({}, 1)
    const give = async ({ c, mia }: Scene) =>
      (
        await pick(
          sql`insert into makeup_tokens (student_id, family_id, location_id, program_id, issued_by, issued_at) values (${mia}, ${c.family.id}, ${one.c.locationId}, ${one.c.programId}, 'test', 0) returning id`,
        )
      )[0]?.id ?? 0
    const others = await Promise.all(Array.from({ length: 6 }, () => scene()))
    const wishes = await Promise.all(others.map(async other => ({ other, token: await give(other) })))
    const seats = await Promise.allSettled(
      wishes.map(({ other, token }) => book({ ...other, other: one.other }, token)),
    )
    expect(seats.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const seat of seats) if (seat.status === 'rejected') expect(seat.reason).toMatchObject({ code: 'class-full' })
  })

  test('come back when the makeup is denied, withdrawn or dropped', async () => {
    const s = await scene({ 'token.auto_approve': false, 'drop.auto': true })
    await tell(s)
    const id = (await tokens(s))[0]?.id ?? 0
    expect(await book(s, id)).toBe('requested')
    await deny(asStaff(s.c.account), await entryOf(s))
    expect([await makeup(s), (await tokens(s))[0]?.used_by]).toEqual([undefined, null])
    await book(s, id)
    const ana = await loggedIn(s.c)
    const made = await makeup(s)
    expect((await ana.post(`/p/demo/account/enrollments/${made?.id}/withdrawal`)).status).toBe(303)
    expect((await tokens(s))[0]?.used_by).toBe(null)
    const at = {
      ...s,
      c: { ...s.c, account: { ...s.c.account, settings: { ...s.c.account.settings, 'token.auto_approve': true } } },
    }
    expect(await book(at, id)).toBe('approved')
    const again =
      (await pick(sql`select id from enrollments where class_id = ${s.other} and state = 'approved'`))[0]?.id ?? 0
    await requestDrop(s.c.account, s.c.guardian, again, { onDate: tuesday, reasonId: null, notes: null }, answer)
    expect((await tokens(s))[0]?.used_by).toBe(null)
  })

  test('do not buy other programs, days after they expire, or what does not fit', async () => {
    const s = await scene()
    const stranger = await scene()
    await tell(s)
    const id = (await tokens(s))[0]?.id ?? 0
    const wrong: [string, object][] = [
      ['token-gone', { classId: stranger.other }],
      ['wrong-day', { onDate: '2026-11-11' }],
      ['date-too-far', { onDate: '2027-01-12' }],
    ]
    for (const [code, wish] of wrong) await expect(book(s, id, wish)).rejects.toMatchObject({ code })
    await pick(sql`update makeup_tokens set expires_on = ${monday} where id = ${id}`)
    await expect(book(s, id)).rejects.toMatchObject({ code: 'token-gone' })
    await expect(book(s, null)).rejects.toMatchObject({ code: 'switched-off' })
    await pick(sql`update makeup_tokens set expires_on = '9999-12-31' where id = ${id}`)
    await pick(sql`update classes set gender = 'male' where id = ${s.other}`)
    await pick(sql`update students set gender = 'female' where id = ${s.mia}`)
    const girl = { ...s.c.guardian, students: s.c.guardian.students.map(child => ({ ...child, gender: 'female' })) }
    await expect(book({ ...s, c: { ...s.c, guardian: girl } }, id)).rejects.toMatchObject({ code: 'wrong-gender' })
    const looking = { ...s.c.guardian, access: 'limited' as const }
    await expect(book({ ...s, c: { ...s.c, guardian: looking } }, id)).rejects.toMatchObject({ code: 'limited-access' })
  })
})

describe('the portal', () => {
  test('shows five groups, finds a class on a day, and uses a token by its button', async () => {
    const s = await scene()
    await tell(s)
    const [elsewhere] = await pick(
      sql`insert into locations (slug, name, time_zone, created_at) values (${crypto.randomUUID()}, 'Harbor', 'America/Chicago', 0) returning id`,
    )
    const give = (location: number | undefined, expires: string) =>
      pick(
        sql`insert into makeup_tokens (student_id, family_id, location_id, program_id, issued_by, issued_at, expires_on, comment) values (${s.mia}, ${s.c.family.id}, ${location}, ${s.c.programId}, 'Sam', 0, ${expires}, 'From us')`,
      )
    await give(elsewhere?.id, '2026-12-01')
    await give(s.c.locationId, '2026-10-01')
    const ana = await loggedIn(s.c)
    const at = `/p/demo/account/students/${s.mia}/makeups`
    const page = words((await ana.get(at)).text)
    for (const title of [
      'Current Location Tokens',
      'Tokens Available in Other Locations',
      'Pending Makeup Tokens',
      'Expired Makeup Tokens',
      'Spent Makeup Tokens',
    ])
      expect(page).toContain(title)
    expect(page).toContain('Use Makeup Token')
    const id = (await tokens(s))[0]?.id ?? 0
    const found = await ana.get(`${at}/${id}?date=${tuesday}`)
    expect(found.text).toContain(`value="${s.other}"`)
    expect((await ana.get(`${at}/${id}?date=2026-11-11`)).text).toContain('No class that fits')
    const bad = await ana.post(`${at}/${id}`, { date: 'soon', class: String(s.other) })
    expect([bad.status, bad.text.includes('Date is not a date')]).toEqual([422, true])
    const sent = await ana.post(`${at}/${id}`, { date: tuesday, class: String(s.other) })
    expect(sent.location).toBe(`${at}?done=approved`)
    const after = (await ana.get(sent.location ?? '')).text
    expect(words(after)).toMatch(/Pending Makeup Tokens .*Tumbling.*Tue, Nov.10/)
    expect((await ana.get('/p/demo/account')).text).toContain('Makeup')
  })

  test('takes requests where tokens are off, and has nothing where both are', async () => {
    const s = await scene()
    await set(s.c.account, 'token.enabled', false)
    const ana = await loggedIn(s.c)
    const at = `/p/demo/account/students/${s.mia}/makeups`
    expect((await ana.get('/p/demo/account')).text).not.toContain('/makeups')
    for (const path of [at, `${at}/request`, `${at}/1`]) expect((await ana.get(path)).status).toBe(404)
    expect((await ana.post(`${at}/request`, { date: tuesday, class: String(s.other) })).status).toBe(404)
    await set(s.c.account, 'classreg.allow_makeup_request', true)
    const page = words((await ana.get(at)).text)
    expect([page.includes('Request a Makeup'), page.includes('Past Makeups'), page.includes('Tokens')]).toEqual([
      true,
      true,
      false,
    ])
    expect((await ana.get(`${at}/request?date=${tuesday}`)).text).toContain(`value="${s.other}"`)
    const sent = await ana.post(`${at}/request`, { date: tuesday, class: String(s.other) })
    expect(sent.location).toBe(`${at}?done=requested`)
    expect(await makeup(s)).toMatchObject({ type: 'makeup', state: 'requested' })
    expect(await entryOf(s)).toMatchObject({ kind: 'enrollment', status: 'pending' })
    await set(s.c.account, 'token.enabled', true)
    await set(s.c.account, 'classreg.allow_makeup_request', false)
  })
})

describe('staff', () => {
  const bindings = clockAt(now)

  test('issue, change and delete with the permission, and see who spent which', async () => {
    const s = await scene()
    const office = await employ(asStaff(s.c.account), {
      rights: { 'Office Portal': 2, Students: 1, 'Create Makeup Tokens': 2, 'Delete Makeup Tokens': 2 },
    })
    const desk = await employ(asStaff(s.c.account), { rights: { 'Office Portal': 2, Students: 1 } })
    const send = (path: string, form: Record<string, string>, cookie = office.cookie) =>
      ask(path, { cookie, bindings, form: { key: crypto.randomUUID(), ...form } })
    const record = `/a/demo/students/${s.mia}`
    const look = async (cookie: string) => words(await (await ask(record, { cookie, bindings })).text())
    expect(await look(desk.cookie)).not.toContain('Issue Makeup Token')
    const whole = {
      family: String(s.c.family.id),
      location: String(s.c.locationId),
      program: String(s.c.programId),
      expires: '2026-12-31',
      comment: 'For the storm',
    }
    expect((await send(`${record}/makeup-tokens`, whole, desk.cookie)).status).toBe(403)
    const bad = await send(`${record}/makeup-tokens`, { ...whole, expires: 'soon', program: '' })
    const text = await bad.text()
    expect([bad.status, text.includes('Choose a program.'), text.includes('Expires is not a date')]).toEqual([
      422,
      true,
      true,
    ])
    expect((await send(`${record}/makeup-tokens`, whole)).status).toBe(303)
    const id = (await tokens(s))[0]?.id ?? 0
    expect(await look(office.cookie)).toMatch(/For the storm .*Available/)
    expect(
      (await send(`/a/demo/makeup-tokens/${id}`, { program: whole.program, expires: '', comment: '' })).status,
    ).toBe(303)
    expect(await look(office.cookie)).toContain('never')
    await book(s, id)
    expect(await look(office.cookie)).toMatch(/Pending Tumbling \S+ on Nov.10, 2026/)
    expect((await send(`/a/demo/makeup-tokens/${id}/deletion`, {})).status).toBe(409)
    await send(`${record}/makeup-tokens`, whole)
    const second = (await tokens(s))[1]?.id ?? 0
    expect((await send(`/a/demo/makeup-tokens/${second}/deletion`, {})).status).toBe(303)
    expect(
      (
        await pick<{ action: string }>(
          sql`select action from audit where id in (select audit_id from audit_subjects where subject = 'makeup_token') order by id`,
        )
      ).map(({ action }) => action),
    ).toEqual(['issue makeup token', 'edit makeup token', 'issue makeup token', 'delete makeup token'])
  })
})
