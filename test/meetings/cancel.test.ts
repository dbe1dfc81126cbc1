import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { takeAttendance } from '../../src/attendance/attendance'
import { classById } from '../../src/classes/classes'
import { commit, Refusal, read } from '../../src/database'
import { bringBack, cancelMeetings, type Meeting, substitute } from '../../src/meetings/cancel'
import { scheduleQuery } from '../../src/schedule/lessons'
import { enrollments } from '../../src/schema/enrollments'
import { answer, asStaff, type Cast, cast, pick, todayThere } from '../cast'

const monday = '2026-11-09'
const told = { reason: 'The heating broke.', tell: true, tokens: true }

async function enrolled(there: Cast, type: 'active' | 'makeup' = 'active', child = 0) {
  await commit(there.account, [
    there.account.db.insert(enrollments).values({
      studentId: there.students[child]?.id ?? 0,
      familyId: there.family.id,
      classId: there.class.id,
      type,
      state: 'approved',
      startDate: type === 'active' ? '2026-09-07' : monday,
      dropDate: type === 'active' ? null : monday,
      by: 'staff',
      createdAt: 0,
      updatedAt: 0,
    }),
  ])
}

const meetingOf = (there: Cast, onDate = monday): Meeting => ({
  classId: there.class.id,
  name: there.class.name,
  onDate,
  start: '16:15',
  end: '17:00',
  timeZone: 'America/Chicago',
})

const tokensOf = (there: Cast) =>
  pick<{ n: number }>(
    sql`select count(*) as n from makeup_tokens where family_id = ${there.family.id} and revoked_at is null`,
  ).then(([row]) => row?.n)
const mailOf = (there: Cast) =>
  pick<{ template: string; data: string }>(
    sql`select template, data from messages where family_id = ${there.family.id} order by id`,
  )
const canceledIn = async (there: Cast) =>
  (await read(there.account, [scheduleQuery(there.account, there.family.id, monday, monday)]))[0].flat()

test('a canceled class is canceled in the schedule, told in both languages, made up for, and back again', async () => {
  const there = await cast()
  await enrolled(there)
  await enrolled(there, 'makeup', 1)
  const office = asStaff(there.account)
  await cancelMeetings(office, [meetingOf(there)], told, answer)
  expect((await canceledIn(there)).map(({ canceled }) => canceled)).toEqual([true, true])
  expect(await tokensOf(there)).toBe(2)
  const mails = await mailOf(there)
  // One family, two children: one mail.
  expect(mails.map(({ template }) => template)).toEqual(['class-canceled'])
  expect(JSON.parse(mails[0]?.data ?? '{}')).toMatchObject({
    class_name: there.class.name,
    reason: 'The heating broke.',
    es: { class_day: expect.stringContaining('lun') },
  })
  const [line] = await pick<{ who: string; summary: string }>(
    sql`select a.who, a.summary from audit a join audit_subjects s on s.audit_id = a.id where s.subject = 'class' and s.subject_id = ${there.class.id} and a.action = 'cancel class'`,
  )
  expect(line).toMatchObject({ who: office.actor.name, summary: expect.stringContaining(there.class.name) })

  await expect(cancelMeetings(office, [meetingOf(there)], told, answer)).rejects.toEqual(
    new Refusal('meeting-canceled'),
  )
  await bringBack(office, meetingOf(there), false, answer)
  expect((await canceledIn(there)).map(({ canceled }) => canceled)).toEqual([false, false])
  expect(await tokensOf(there)).toBe(0)
  expect(await mailOf(there)).toHaveLength(1)
  await expect(bringBack(office, meetingOf(there), false, answer)).rejects.toEqual(new Refusal('already-handled'))
})

test('nobody is told and no token is given where that is not wished', async () => {
  const there = await cast()
  await enrolled(there)
  await cancelMeetings(asStaff(there.account), [meetingOf(there)], { ...told, tell: false, tokens: false }, answer)
  expect(await tokensOf(there)).toBe(0)
  expect(await mailOf(there)).toEqual([])
})

test('a class whose attendance was taken is not canceled, and nothing of a whole day is when one of it was', async () => {
  const there = await cast()
  const other = await cast()
  await enrolled(there)
  const office = asStaff(there.account)
  const [[row], [enrollment]] = [
    (await read(office, [classById(office, there.class.id)]))[0],
    await pick<{ id: number }>(sql`select id from enrollments where class_id = ${there.class.id}`),
  ]
  if (!row || !enrollment) throw new Error('Nobody there.')
  const marks = [{ enrollmentId: enrollment.id, mark: 'present' as const }]
  await takeAttendance(office, row, { date: todayThere, marks, staffId: there.staffId }, answer)
  const both = [meetingOf(other, todayThere), meetingOf(there, todayThere)]
  await expect(cancelMeetings(office, both, told, answer)).rejects.toEqual(new Refusal('meeting-taken'))
  expect(await pick(sql`select 1 as x from meetings where class_id = ${other.class.id}`)).toEqual([])
})

test('a day that is over stays canceled', async () => {
  const there = await cast()
  const past = meetingOf(there, '2026-10-26')
  await cancelMeetings(asStaff(there.account), [past], told, answer)
  await expect(bringBack(asStaff(there.account), past, false, answer)).rejects.toEqual(new Refusal('meeting-over'))
})

test('somebody stands in for a day, and is named there', async () => {
  const there = await cast()
  const office = asStaff(there.account)
  await substitute(office, meetingOf(there), { id: there.staffId, name: 'Sam' }, answer)
  const of = () =>
    pick<{ who: number | null }>(sql`select substitute_id as who from meetings where class_id = ${there.class.id}`)
  expect(await of()).toEqual([{ who: there.staffId }])
  await substitute(office, meetingOf(there), undefined, answer)
  expect(await of()).toEqual([{ who: null }])
  await expect(substitute(office, meetingOf(there), { id: 0, name: 'Nobody' }, answer)).rejects.toEqual(
    new Refusal('changed-meanwhile'),
  )
})
