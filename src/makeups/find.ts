import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type ClassRow, classQuery } from '../classes/classes'
import { closedOn, slotsOn } from '../classes/timetable'
import { instant, weekday } from '../clock'
import { type Child, misfits } from '../enrollments/wishes'
import { classes } from '../schema/classes'

/** Where a makeup may be: a token's place and program, or a place of one's choice. */
export interface Where {
  locationId: number | SQL
  programId?: number | SQL
}

/** Places free on one day: what enrollments and holds take, less what told absences give back. */
const openOn = (date: string, now: number) =>
  sql`${classes.maxStudents} - (select count(*) from seats s where s.class_id = ${classes.id} and s.from_date <= ${date} and s.to_date >= ${date} and (s.expires_at is null or s.expires_at > ${now})) + (select count(*) from absences a where a.class_id = ${classes.id} and a.on_date = ${date} and a.frees_place = 1)`

/** The classes that meet on a day with a place, without those the child is in and those that are canceled. */
export function classesOn(account: Account, studentId: number, date: string, { locationId, programId }: Where) {
  return classQuery(account)
    .where(
      and(
        eq(classes.state, 'active'),
        eq(classes.kind, 'class'),
        eq(classes.showPortal, 1),
        sql`${classes.locationId} = ${locationId}`,
        programId === undefined ? undefined : sql`${classes.programId} = ${programId}`,
        sql`exists (select 1 from timeslots t where t.class_id = ${classes.id} and t.weekday = ${weekday(date)} and t.from_date <= ${date} and t.to_date >= ${date})`,
        sql`not exists (select 1 from meetings m where m.class_id = ${classes.id} and m.on_date = ${date} and m.state = 'cancelled')`,
        sql`not exists (select 1 from enrollments e where e.class_id = ${classes.id} and e.student_id = ${studentId} and e.type <> 'wait' and e.state <> 'cancelled' and e.start_date <= ${date} and e.through_date >= ${date})`,
        sql`${openOn(date, account.now)} > 0`,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id))
    .limit(60)
}

/** Why a child cannot make up in a class on a day; nothing when it can. */
export function misfitOn(account: Account, row: ClassRow, child: Child, date: string): string | undefined {
  const [slot] = slotsOn(row, date)
  if (!slot || closedOn(row, date) || (row.startDate && date < row.startDate) || (row.endDate && date > row.endDate))
    return 'wrong-day'
  if (instant(date, slot.start, row.timeZone) <= account.now) return 'date-past'
  return misfits(account, row, child, date)[0]
}
