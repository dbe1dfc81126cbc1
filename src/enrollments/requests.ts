import { and, asc, desc, eq, gte, inArray, or, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { t } from '../language'
import { absenceRequests, absences, classes, dropRequests, enrollments, transfers } from '../schema'

const sixtyDays = 60 * 86_400_000

/** The family's drops: open ones and what became of lately asked ones (CP6). */
export function dropsOf(account: Account, familyId: number) {
  return account.db
    .select({
      id: dropRequests.id,
      studentId: enrollments.studentId,
      className: sql<string>`${classes.name}`.as('class_name'),
      onDate: dropRequests.onDate,
      /** Those of a camp. */
      days: sql<string[] | null>`${dropRequests.days}`
        .mapWith(text => JSON.parse(text) as string[] | null)
        .as('dropped_days'),
      state:
        sql<RequestState>`case when ${dropRequests.undoneAt} is not null then 'withdrawn' else ${dropRequests.state} end`.as(
          'request_state',
        ),
      createdAt: dropRequests.createdAt,
    })
    .from(dropRequests)
    .innerJoin(enrollments, eq(enrollments.id, dropRequests.enrollmentId))
    .innerJoin(classes, eq(classes.id, enrollments.classId))
    .where(
      and(
        eq(enrollments.familyId, familyId),
        or(eq(dropRequests.state, 'requested'), gte(dropRequests.createdAt, account.now - sixtyDays)),
      ),
    )
    .orderBy(desc(dropRequests.createdAt), desc(dropRequests.id))
    .limit(50)
}

/** The family's transfers, likewise; the class is the new one. */
export function transfersOf(account: Account, familyId: number) {
  return account.db
    .select({
      id: transfers.id,
      studentId: enrollments.studentId,
      className: sql<string>`${classes.name}`.as('class_name'),
      onDate: transfers.onDate,
      state: sql<RequestState>`${transfers.state}`.as('request_state'),
      createdAt: transfers.createdAt,
    })
    .from(transfers)
    .innerJoin(enrollments, eq(enrollments.id, transfers.sourceId))
    .innerJoin(classes, eq(classes.id, transfers.classId))
    .where(
      and(
        eq(enrollments.familyId, familyId),
        or(eq(transfers.state, 'requested'), gte(transfers.createdAt, account.now - sixtyDays)),
      ),
    )
    .orderBy(desc(transfers.createdAt), desc(transfers.id))
    .limit(50)
}

/** The absences that are still to come, class by class and day by day, with the request they belong to. */
export function absencesOf(account: Account, familyId: number, day: string) {
  return account.db
    .select({
      id: absences.id,
      requestId: absences.requestId,
      studentId: enrollments.studentId,
      className: sql<string>`${classes.name}`.as('class_name'),
      onDate: absences.onDate,
      state: sql<'pending' | 'approved' | 'denied'>`${absences.state}`.as('absence_state'),
    })
    .from(absences)
    .innerJoin(enrollments, eq(enrollments.id, absences.enrollmentId))
    .innerJoin(classes, eq(classes.id, absences.classId))
    .leftJoin(absenceRequests, eq(absenceRequests.id, absences.requestId))
    .where(
      and(
        eq(enrollments.familyId, familyId),
        gte(absences.onDate, day),
        inArray(absences.state, ['pending', 'approved', 'denied']),
      ),
    )
    .orderBy(asc(absences.onDate), asc(absences.id))
    .limit(200)
}

export type RequestState = 'requested' | 'approved' | 'denied' | 'withdrawn'

/** How a request stands, in a word and its tone. */
export function sayState(state: RequestState | 'pending') {
  const words = {
    requested: { word: t('Pending'), tone: 'red' },
    pending: { word: t('Pending'), tone: 'red' },
    approved: { word: t('Approved'), tone: 'green' },
    denied: { word: t('Denied'), tone: 'amber' },
    withdrawn: { word: t('Withdrawn'), tone: undefined },
  } as const
  return words[state]
}
