import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { takeAttendance } from '../../src/attendance/attendance'
import { classById, meetingDays, nextMeeting } from '../../src/classes/classes'
import { billedMeetings } from '../../src/classes/timetable'
import { commit, read } from '../../src/database'
import { tellAbsence } from '../../src/enrollments/absences'
import { reasons } from '../../src/enrollments/eligibility'
import { tuitionFrom } from '../../src/ledger/pricing'
import { scheduleQuery } from '../../src/schedule/lessons'
import { enrollments } from '../../src/schema/enrollments'
import { nounOf } from '../../src/setup/nouns'
import { addThing } from '../../src/setup/things'
import { answer, asStaff, type Cast, cast, pick } from '../cast'

let one: Cast
beforeEach(async () => {
  one = await cast()
})

/** Mondays of November 2026: the 2nd, 9th, 16th, 23rd, 30th. */
const month = ['2026-11-01', '2026-11-30'] as const

async function close(effect: 'billing' | 'closures' | 'both', ...days: string[]) {
  const noun = nounOf('blackout-dates')
  if (!noun) throw new Error('There are no blackout dates.')
  const values = { name: crypto.randomUUID(), effect, dates: days.map(day => [day, null]), programs: [one.programId] }
  await addThing(asStaff(one.account), noun, values)
}

async function theClass() {
  const [[row]] = await read(one.account, [classById(one.account, one.class.id)])
  if (!row) throw new Error('The class is gone.')
  return row
}

const price = async (from: string) => tuitionFrom(await theClass(), { studentId: one.students[0].id, from }).cents

describe('days on which a program is closed', () => {
  test('a class does not meet then', async () => {
    await close('closures', '2026-11-09')
    expect(meetingDays(await theClass(), ...month)).toEqual(['2026-11-02', '2026-11-16', '2026-11-23', '2026-11-30'])
    expect(nextMeeting(await theClass(), '2026-11-03')).toBe('2026-11-16')
  })

  test('a day without tuition lowers the month, one that only closes raises what a late joiner misses', async () => {
    expect(await price('2026-11-01')).toBe(12_000)
    await close('both', '2026-11-09')
    // Four of five meetings are paid.
    expect(await price('2026-11-01')).toBe(9_600)
    expect(billedMeetings(await theClass(), [...month], ...month)).toEqual({ all: 5, paid: 4 })
  })

  test('tuition stays where a day only closes', async () => {
    await close('closures', '2026-11-09')
    expect(await price('2026-11-01')).toBe(12_000)
    // Three of four: the closed day counts for nobody.
    expect(await price('2026-11-16')).toBe(9_000)
  })

  test('a day without tuition still has its class', async () => {
    await close('billing', '2026-11-09')
    expect(meetingDays(await theClass(), ...month)).toHaveLength(5)
    expect(await price('2026-11-01')).toBe(9_600)
  })

  test('the schedule says that it is canceled, absences and attendance know it', async () => {
    const { account, guardian, students, class: course, staffId } = one
    const day = '2026-11-09'
    await commit(account, [
      account.db.insert(enrollments).values({
        familyId: guardian.family.id,
        studentId: students[0].id,
        classId: course.id,
        type: 'active',
        state: 'approved',
        startDate: '2026-10-05',
        createdAt: 0,
        updatedAt: 0,
        by: 'staff',
      } as never),
    ])
    await close('both', day)
    const [lessons] = await read(account, [scheduleQuery(account, guardian.family.id, '2026-11-08', '2026-11-17')])
    expect(lessons.flat().map(({ onDate, canceled }) => [onDate, canceled])).toEqual([
      [day, true],
      ['2026-11-16', false],
    ])
    const wish = { way: 'by_date', from: day, to: day, notes: null } as const
    await expect(tellAbsence(account, guardian, students[0].id, wish, answer)).rejects.toThrow('nothing-meets')
    const [enrolled] = await pick(sql`select max(id) as id from enrollments`)
    const later = { ...account, now: Date.parse(`${day}T23:30:00Z`) }
    const marks = [{ enrollmentId: enrolled?.id ?? 0, mark: 'present' as const }]
    await expect(takeAttendance(later, await theClass(), { date: day, marks, staffId }, answer)).rejects.toThrow(
      'meeting-canceled',
    )
  })
})

describe('who may enroll', () => {
  const limit = (table: 'classes' | 'programs', to: string, until: number | null) =>
    pick(
      sql`update ${sql.raw(table)} set open_to = ${to}, open_to_until = ${until} where id = ${table === 'classes' ? one.class.id : one.programId} returning id`,
    )
  const why = async (ever: number, now = one.account.now) =>
    reasons({ ...one.account, now }, await theClass(), one.students[0], '2026-11-09', {
      priority: 0,
      ever,
      overdue: 0,
    }).map(({ code }) => code)

  test('a program limits its classes, a class goes before it, and until a moment', async () => {
    expect(await why(0)).toEqual([])
    await limit('programs', 'returning', null)
    expect(await why(0)).toEqual(['returning-only'])
    expect(await why(1)).toEqual([])
    await limit('classes', 'new', one.account.now + 60_000)
    expect(await why(0)).toEqual([])
    expect(await why(1)).toEqual(['new-families-only'])
    expect(await why(1, one.account.now + 60_000)).toEqual([])
  })

  test('a session opens the registration of its classes, unless they have their own', async () => {
    const sessions = nounOf('sessions')
    if (!sessions) throw new Error('There are no sessions.')
    const opens = one.account.now + 86_400_000
    const values = {
      name: crypto.randomUUID(),
      kind: 'session',
      startDate: '2026-11-01',
      endDate: '2027-02-28',
      registrationFrom: opens,
    }
    await addThing(asStaff(one.account), sessions, values)
    await pick(
      sql`insert into class_terms (class_id, term_id) select ${one.class.id}, max(id) from terms returning class_id as id`,
    )
    expect(await why(0)).toEqual(['registration-not-open'])
    await pick(
      sql`update classes set registration_from = ${one.account.now - 1} where id = ${one.class.id} returning id`,
    )
    expect(await why(0)).toEqual([])
  })
})
