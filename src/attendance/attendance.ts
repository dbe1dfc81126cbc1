import { and, desc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { ClassRow } from '../classes/classes'
import { closedOn, slotsOn } from '../classes/timetable'
import { instant, today } from '../clock'
import { type Answer, commit, must, Refusal } from '../database'
import { daysIn, followAbsences } from '../makeups/issue'
import { attendance } from '../schema/attendance'
import { classes, meetings } from '../schema/classes'
import { enrollments } from '../schema/enrollments'

/** What a coach says of a student; excused is an absence that was told. */
export type Mark = 'present' | 'absent' | 'tardy' | 'excused'

export const isMark = (text: unknown): text is Mark =>
  text === 'present' || text === 'absent' || text === 'tardy' || text === 'excused'

export interface Taking {
  date: string
  /** Of the day's time when the class meets twice, 'HH:MM'; else the first. */
  start?: string
  marks: { enrollmentId: number; mark: Mark }[]
  staffId: number
}

/** The time at which a class meets on a day. */
export const slotOn = ({ slots }: Pick<ClassRow, 'slots'>, date: string, start?: string) => {
  const those = slotsOn({ slots }, date)
  return those.find(slot => slot.start === start) ?? those[0]
}

/**
 * Attendance of one meeting, taken or put right: who is marked anew keeps the newest mark, who is not named stays as it
 * was. Makeup tokens follow at once (MA5, A6).
 * @throws Refusal 'attendance-ahead' before the day, 'wrong-day', 'meeting-canceled', 'changed-meanwhile' for whoever is
 *   not in the class that day
 */
export async function takeAttendance(
  account: Account,
  row: ClassRow,
  { date, start, marks, staffId }: Taking,
  answer: Answer,
): Promise<void> {
  const slot = slotOn(row, date, start)
  if (!slot) throw new Refusal('wrong-day')
  if (closedOn(row, date)) throw new Refusal('meeting-canceled')
  if (date > today(account.now, row.timeZone)) throw new Refusal('attendance-ahead')
  if (!marks.length) throw new Refusal('nothing-chosen')
  const { db, now, actor } = account
  const key = { classId: row.id, onDate: date, startTime: slot.start }
  const isMeeting = and(eq(meetings.classId, row.id), eq(meetings.onDate, date), eq(meetings.startTime, slot.start))
  const meeting = sql`(select id from meetings where class_id = ${row.id} and on_date = ${date} and start_time = ${slot.start})`
  const said = JSON.stringify(
    marks.map(({ enrollmentId, mark }) => [
      enrollmentId,
      mark === 'excused' ? 'absent' : mark,
      mark === 'excused' ? 1 : 0,
    ]),
  )
  const count = (wanted: Mark) => marks.filter(({ mark }) => mark === wanted).length
  const sums = (['present', 'tardy', 'absent', 'excused'] as const).filter(count).map(mark => `${count(mark)} ${mark}`)
  await commit(
    account,
    [
      db
        .insert(meetings)
        .values({
          ...key,
          endTime: slot.end,
          startsAt: instant(date, slot.start, row.timeZone),
          endsAt: instant(date, slot.end, row.timeZone),
        })
        .onConflictDoNothing(),
      must(account, sql`(select state from meetings where id = ${meeting}) <> 'cancelled'`, 'meeting-canceled'),
      must(
        account,
        sql`(select count(*) from json_each(${said}) j join enrollments e on e.id = json_extract(j.value, '$[0]') where e.class_id = ${row.id} and e.state = 'approved' and e.type <> 'wait' and e.start_date <= ${date} and e.through_date >= ${date}) = ${marks.length}`,
        'changed-meanwhile',
      ),
      db
        .insert(attendance)
        .select(
          sql`select ${meeting}, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), json_extract(j.value, '$[2]'), ${actor.madeIn}, ${staffId}, cast(${now} as integer) from json_each(${said}) j where true`,
        )
        .onConflictDoUpdate({
          target: [attendance.meetingId, attendance.enrollmentId],
          set: {
            mark: sql`excluded.mark`,
            excused: sql`excluded.excused`,
            madeIn: sql`excluded.made_in`,
            staffId: sql`excluded.staff_id`,
            at: sql`excluded.at`,
          },
        }),
      db.update(meetings).set({ takenAt: now, takenBy: staffId }).where(isMeeting),
      ...followAbsences(account, daysIn(marks.map(({ enrollmentId }) => [enrollmentId, date]))),
      ...audit(
        account,
        'take attendance',
        `took the attendance of ${row.name} on ${date}: ${sums.join(', ')}`,
        [['class', row.id]],
        { after: Object.fromEntries(marks.map(({ enrollmentId, mark }) => [enrollmentId, mark])) },
      ),
    ],
    answer,
  )
}

/** A mark as it is read: its day, its time and what it says. */
const saidMark = {
  onDate: meetings.onDate,
  start: meetings.startTime,
  mark: sql<Mark>`case when ${attendance.excused} = 1 then 'excused' else ${attendance.mark} end`.as('said_mark'),
}

/** A student's marks, newest first: which enrollment, which day. */
export function marksOf({ db }: Pick<Account, 'db'>, familyId: number, studentId: number) {
  return db
    .select({
      enrollmentId: attendance.enrollmentId,
      ...saidMark,
    })
    .from(enrollments)
    .innerJoin(attendance, eq(attendance.enrollmentId, enrollments.id))
    .innerJoin(meetings, eq(meetings.id, attendance.meetingId))
    .where(and(eq(enrollments.studentId, studentId), eq(enrollments.familyId, familyId)))
    .orderBy(desc(meetings.onDate), desc(meetings.startTime))
    .limit(400)
}

/** A student's marks for staff, in every household and class, newest first. */
export function marksOfStudent({ db }: Pick<Account, 'db'>, studentId: number) {
  return db
    .select({
      classId: sql<number>`${classes.id}`.as('marked_class'),
      className: classes.name,
      ...saidMark,
    })
    .from(enrollments)
    .innerJoin(attendance, eq(attendance.enrollmentId, enrollments.id))
    .innerJoin(meetings, eq(meetings.id, attendance.meetingId))
    .innerJoin(classes, eq(classes.id, enrollments.classId))
    .where(eq(enrollments.studentId, studentId))
    .orderBy(desc(meetings.onDate), desc(meetings.startTime))
    .limit(400)
}

export type MarkOfStudent = Awaited<ReturnType<typeof marksOfStudent>>[number]

/** What was marked of a class on a day, by enrollment; and whether that meeting is canceled. */
export function markedOn({ db }: Pick<Account, 'db'>, classId: number, date: string) {
  return db
    .select({
      start: meetings.startTime,
      state: meetings.state,
      enrollmentId: sql<number | null>`${attendance.enrollmentId}`.as('marked_enrollment'),
      mark: sql<Mark | null>`case when ${attendance.excused} = 1 then 'excused' else ${attendance.mark} end`.as(
        'said_mark',
      ),
    })
    .from(meetings)
    .leftJoin(attendance, eq(attendance.meetingId, meetings.id))
    .where(and(eq(meetings.classId, classId), eq(meetings.onDate, date)))
}

/** The meetings of a day whose attendance is taken, among these classes. */
export function takenOnDay({ db }: Pick<Account, 'db'>, date: string, among: ReturnType<typeof and>) {
  return db
    .select({ classId: meetings.classId, start: meetings.startTime, state: meetings.state })
    .from(meetings)
    .innerJoin(classes, eq(classes.id, meetings.classId))
    .where(
      and(eq(meetings.onDate, date), sql`(${meetings.takenAt} is not null or ${meetings.state} = 'cancelled')`, among),
    )
}

/** How much of what was held was attended: told absences count neither way. */
export function rate(marks: Mark[]): { held: number; came: number; percent: number | null } {
  const held = marks.filter(mark => mark !== 'excused').length
  const came = marks.filter(mark => mark === 'present' || mark === 'tardy').length
  return { held, came, percent: held ? Math.round((came / held) * 100) : null }
}
