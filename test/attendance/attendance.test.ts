import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rate, takeAttendance } from '../../src/attendance/attendance'
import { classById } from '../../src/classes/classes'
import { commit, read } from '../../src/database'
import { startEnrollment } from '../../src/enrollments/enroll'
import { answer, asStaff, type Cast, cast, now, pick, todayThere } from '../cast'
import { ask, clockAt, cookieOf, words } from '../knock'
import { loggedIn, set } from '../visit'

const bindings = clockAt(now)

/** Both children in the class since September; it meets today. */
async function enrolled(settings: Partial<Cast['account']['settings']> = {}) {
  const c = await cast({ settings })
  await commit(
    c.account,
    c.students.map(({ id }) =>
      startEnrollment(c.account, {
        studentId: id,
        familyId: c.family.id,
        classId: c.class.id,
        type: 'active',
        state: 'approved',
        startDate: '2026-09-07',
        takesSeat: true,
        by: 'staff',
      }),
    ),
  )
  const ids = (await pick(sql`select id from enrollments where class_id = ${c.class.id} order by id`)).map(
    ({ id }) => id,
  )
  const [mia = 0, leo = 0] = ids
  const [[row]] = await read(c.account, [classById(c.account, c.class.id)])
  if (!row) throw new Error('no class')
  return { c, row, mia, leo, staff: { ...asStaff(c.account), settings: c.account.settings } }
}

/** A coach with access to the Staff Portal who teaches the class. */
async function coachOf(c: Cast) {
  const login = `insert into logins (door, email, created_at) values ('staff', 'coach-${crypto.randomUUID()}@example.test', 0) returning id`
  const [row] = await pick(sql.raw(login))
  await pick(sql`update staff set login_id = ${row?.id} where id = ${c.staffId}`)
  await pick(sql`insert into class_instructors (class_id, staff_id) values (${c.class.id}, ${c.staffId})`)
  return cookieOf(c.account, 'staff', row?.id ?? 0)
}

const marks = (classId: number) =>
  pick<{ enrollment_id: number; mark: string; excused: number; on_date: string }>(
    sql`select a.enrollment_id, a.mark, a.excused, m.on_date from attendance a join meetings m on m.id = a.meeting_id where m.class_id = ${classId} order by m.on_date, a.enrollment_id`,
  )

test('a coach marks everybody on the roster, puts one right, and the family reads it with its percentage', async () => {
  const { c, mia, leo } = await enrolled()
  const cookie = await coachOf(c)
  const roster = `/s/demo/classes/${c.class.id}`
  const page = await (await ask(`${roster}?date=${todayThere}`, { cookie, bindings })).text()
  for (const word of ['Present', 'Tardy', 'Absent', 'Excused']) expect(page).toContain(word)
  const send = (form: Record<string, string>) =>
    ask(`${roster}/attendance`, { cookie, bindings, form: { key: crypto.randomUUID(), date: todayThere, ...form } })
  const empty = await send({})
  expect([empty.status, (await empty.text()).includes('Mark at least one student.')]).toEqual([422, true])
  expect((await send({ [`mark-${mia}`]: 'tardy', [`mark-${leo}`]: 'absent' })).status).toBe(303)
  expect((await send({ [`mark-${leo}`]: 'excused', [`mark-${mia}`]: 'nonsense' })).status).toBe(303)
  expect(await marks(c.class.id)).toEqual([
    { enrollment_id: mia, mark: 'tardy', excused: 0, on_date: todayThere },
    { enrollment_id: leo, mark: 'absent', excused: 1, on_date: todayThere },
  ])
  const day = words(await (await ask(`/s/demo/my-classes?date=${todayThere}`, { cookie, bindings })).text())
  expect(day).toContain('Attendance taken')
  const ana = await loggedIn(c)
  const account = `/p/demo/account/students/${c.students[0].id}/attendance`
  expect((await ana.get('/p/demo/account')).text).toContain(account)
  const seen = words((await ana.get(account)).text)
  expect(seen).toContain('100 % attended, 1 of 1')
  expect(seen).toContain('Tardy')
  const [log] = await pick<{ summary: string; made_in: string }>(
    sql`select summary, made_in from audit where action = 'take attendance' order by id desc limit 1`,
  )
  expect(log).toEqual({
    summary: `took the attendance of ${c.class.name} on ${todayThere}: 1 excused`,
    made_in: 'staff_portal',
  })
})

test('nobody marks ahead, on another day, a canceled class, or somebody who is not in it', async () => {
  const { c, row, mia, staff } = await enrolled()
  const other = await enrolled()
  const take = (date: string, enrollmentId = mia) =>
    takeAttendance(staff, row, { date, marks: [{ enrollmentId, mark: 'present' }], staffId: c.staffId }, answer)
  await expect(take('2026-11-09')).rejects.toMatchObject({ code: 'attendance-ahead' })
  await expect(take('2026-11-01')).rejects.toMatchObject({ code: 'wrong-day' })
  await expect(take(todayThere, other.mia)).rejects.toMatchObject({ code: 'changed-meanwhile' })
  await expect(take('2026-08-31')).rejects.toMatchObject({ code: 'changed-meanwhile' })
  await take('2026-10-26')
  await pick(sql`update meetings set state = 'cancelled' where class_id = ${c.class.id}`)
  await expect(take('2026-10-26')).rejects.toMatchObject({ code: 'meeting-canceled' })
  expect(await marks(c.class.id)).toHaveLength(1)
  const stranger = await coachOf(other.c)
  const form = { key: crypto.randomUUID(), date: todayThere, [`mark-${mia}`]: 'present' }
  const sent = await ask(`/s/demo/classes/${c.class.id}/attendance`, { cookie: stranger, bindings, form })
  expect(sent.status).toBe(404)
})

test('switched off it is not there, by its address either', async () => {
  const { c } = await enrolled()
  await set(c.account, 'attendance.show', false)
  const ana = await loggedIn(c)
  expect((await ana.get('/p/demo/account')).text).not.toContain('/attendance')
  expect((await ana.get(`/p/demo/account/students/${c.students[0].id}/attendance`)).status).toBe(404)
  await set(c.account, 'attendance.show', true)
})

test('told absences count neither way', () => {
  expect(rate(['present', 'tardy', 'absent', 'excused'])).toEqual({ held: 3, came: 2, percent: 67 })
  expect(rate(['excused'])).toEqual({ held: 0, came: 0, percent: null })
})

test('a makeup token follows the mark, and goes with it', async () => {
  const { c, row, mia, leo, staff } = await enrolled({ 'token.on_absent': true, 'token.max_open': 2 })
  const take = (date: string, mark: 'present' | 'absent' | 'excused') =>
    takeAttendance(staff, row, { date, marks: [{ enrollmentId: mia, mark }], staffId: c.staffId }, answer)
  const tokens = () =>
    pick<{ missed_on: string; expires_on: string; location_id: number; program_id: number }>(
      sql`select missed_on, expires_on, location_id, program_id from makeup_tokens where enrollment_id in (${mia}, ${leo}) and revoked_at is null order by missed_on`,
    )
  await take('2026-10-26', 'absent')
  await take('2026-10-26', 'excused')
  expect(await tokens()).toEqual([
    { missed_on: '2026-10-26', expires_on: '2026-12-25', location_id: c.locationId, program_id: c.programId },
  ])
  await take('2026-10-26', 'present')
  expect(await tokens()).toEqual([])
  for (const day of ['2026-10-12', '2026-10-19', '2026-10-26']) await take(day, 'absent')
  expect((await tokens()).map(({ missed_on }) => missed_on)).toEqual(['2026-10-12', '2026-10-19'])
})
