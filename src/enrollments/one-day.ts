import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type ClassRow, classQuery } from '../classes/classes'
import { closedOn, slotsOn } from '../classes/timetable'
import { instant, weekday } from '../clock'
import { classes } from '../schema/classes'
import type { Household } from './eligibility'
import { isNotCanceled, noSuchEnrollment } from './enroll'
import { type Child, misfits } from './wishes'

/** Where a day may be had: a token's place and program, or a place of one's choice. */
export interface Where {
  locationId: number | SQL
  programId?: number | SQL
}

/** Places free on one day in `classes`: what enrollments and holds take, less what told absences give back. */
export const openOn = (date: string, now: number) =>
  sql<number>`(classes.max_students - (select count(*) from seats s where s.class_id = classes.id and s.from_date <= ${date} and s.to_date >= ${date} and (s.expires_at is null or s.expires_at > ${now})) + (select count(*) from absences a where a.class_id = classes.id and a.on_date = ${date} and a.frees_place = 1))`

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
        isNotCanceled(classes.id, date),
        noSuchEnrollment(studentId, classes.id, 'single_day', date, date),
        sql`${openOn(date, account.now)} > 0`,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id))
    .limit(60)
}

/**
 * Why a child cannot come to a class on one day; nothing when it can.
 * @param household what the family brings, where the class may ask for that: of a makeup it does not
 */
export function misfitOn(
  account: Account,
  row: ClassRow,
  child: Child,
  date: string,
  household?: Household,
): string | undefined {
  const [slot] = slotsOn(row, date)
  if (!slot || closedOn(row, date) || (row.startDate && date < row.startDate) || (row.endDate && date > row.endDate))
    return 'wrong-day'
  if (instant(date, slot.start, row.timeZone) <= account.now) return 'date-past'
  return misfits(account, row, child, date, household)[0]
}
