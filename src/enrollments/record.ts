import { and, desc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type ClassRow, classById } from '../classes/classes'
import { read } from '../database'
import { found, NotFound } from '../http'
import { activity } from '../schema/activity'
import { audit, auditSubjects } from '../schema/audit'
import { billingSchedules, promoCodes } from '../schema/billing'
import { classes } from '../schema/classes'
import { dropReasons, enrollmentDays, enrollments } from '../schema/enrollments'
import { terms } from '../schema/programs'
import { dropRequests, transfers } from '../schema/requests'
import { type EnrollmentRow, enrollmentQuery } from './enrollments'
import { chargedQuery } from './unused'

const classOf = (id: number) =>
  sql<number>`(select ${enrollments.classId} from ${enrollments} where ${enrollments.id} = ${id})`

/** An enrollment and its class, for somebody of the staff, as queries; theirs() says whether it is theirs. */
export const enrollmentQueries = (account: Account, id: number) =>
  [enrollmentQuery(account).where(eq(enrollments.id, id)), classById(account, classOf(id))] as const

/** The enrollment that was found, of a class at this person's places. @throws NotFound */
export function theirs(
  person: Pick<Staffer, 'locationIds'>,
  [mine, rows]: readonly [EnrollmentRow[], ClassRow[]],
): { enrollment: EnrollmentRow; row: ClassRow } {
  const enrollment = found(mine)
  const row = found(rows)
  if (!worksAt(person, row.locationId)) throw new NotFound()
  return { enrollment, row }
}

/** One enrollment with its class, at this person's places. @throws NotFound */
export const enrollmentAt = async (account: Account, person: Pick<Staffer, 'locationIds'>, id: number) =>
  theirs(person, await read(account, enrollmentQueries(account, id)))

/** The newest drop that was granted and stands, with what undoing it needs. */
export const dropQuery = ({ db }: Pick<Account, 'db'>, enrollmentId: number) =>
  db
    .select({
      id: dropRequests.id,
      onDate: dropRequests.onDate,
      previousDropDate: dropRequests.previousDropDate,
      creditCents: dropRequests.creditCents,
      days: sql`${dropRequests.days}`
        .mapWith(text => (text === null ? null : (JSON.parse(text) as string[])))
        .as('dropped_days'),
      notes: dropRequests.notes,
      decidedAt: dropRequests.decidedAt,
    })
    .from(dropRequests)
    .where(
      and(
        eq(dropRequests.enrollmentId, enrollmentId),
        eq(dropRequests.state, 'approved'),
        sql`${dropRequests.undoneAt} is null`,
      ),
    )
    .orderBy(desc(dropRequests.id))
    .limit(1)

export type Dropped = Awaited<ReturnType<typeof dropQuery>>[number]

/** What families asked about an enrollment and nobody decided: the entries of the window. */
export const askedQuery = ({ db }: Pick<Account, 'db'>, enrollmentId: number) =>
  db
    .select({ id: activity.id, kind: activity.kind })
    .from(activity)
    .where(
      sql`${activity.closedAt} is null and ${activity.status} = 'pending' and ((${activity.subject} = 'enrollment' and ${activity.subjectId} = ${enrollmentId}) or (${activity.subject} = 'drop_request' and ${activity.subjectId} in (select r.id from drop_requests r where r.enrollment_id = ${enrollmentId} and r.state = 'requested')) or (${activity.subject} = 'transfer' and ${activity.subjectId} in (select t.id from transfers t where t.source_id = ${enrollmentId} and t.state = 'requested')))`,
    )
    .limit(5)

/** Everything about one enrollment, in one trip (OP9). @throws NotFound */
export async function enrollmentRecord(account: Account, person: Staffer, id: number) {
  const { db } = account
  const name = <T>(column: T, as: string) => sql<string>`${column}`.as(as)
  const [mine, rows, [about], charged, days, [drop], moves, asked, log] = await read(account, [
    ...enrollmentQueries(account, id),
    db
      .select({
        schedule: name(billingSchedules.name, 'schedule_name'),
        promo: name(promoCodes.code, 'promo_code'),
        term: name(terms.name, 'term_name'),
        reason: name(dropReasons.name, 'reason_name'),
        by: enrollments.by,
        autoDropped: enrollments.autoDropped,
        createdAt: sql<number>`${enrollments.createdAt}`.as('made_at'),
        punched: sql<number>`exists (select 1 from punches p where p.enrollment_id = ${enrollments.id})`.as(
          'is_punched',
        ),
        token: sql<number | null>`(select k.id from makeup_tokens k where k.used_by = ${enrollments.id})`.as(
          'token_id',
        ),
        holds:
          sql`json_array(exists (select 1 from charge_lines l where l.enrollment_id = ${enrollments.id}), exists (select 1 from attendance a where a.enrollment_id = ${enrollments.id}), exists (select 1 from transfers t where t.source_id = ${enrollments.id}), exists (select 1 from makeup_tokens k where k.enrollment_id = ${enrollments.id} or k.used_by = ${enrollments.id}), exists (select 1 from punches p where p.enrollment_id = ${enrollments.id}))`
            .mapWith(text => JSON.parse(text) as (0 | 1)[])
            .as('holds_on'),
      })
      .from(enrollments)
      .leftJoin(billingSchedules, eq(billingSchedules.id, enrollments.billingScheduleId))
      .leftJoin(promoCodes, eq(promoCodes.id, enrollments.promoCodeId))
      .leftJoin(terms, eq(terms.id, enrollments.termId))
      .leftJoin(dropReasons, eq(dropReasons.id, enrollments.dropReasonId))
      .where(eq(enrollments.id, id)),
    chargedQuery(account, id),
    db
      .select({ onDate: enrollmentDays.onDate })
      .from(enrollmentDays)
      .where(eq(enrollmentDays.enrollmentId, id))
      .orderBy(enrollmentDays.onDate),
    dropQuery(account, id),
    db
      .select({
        sourceId: transfers.sourceId,
        targetId: transfers.targetId,
        onDate: transfers.onDate,
        state: transfers.state,
        to: sql<string>`${classes.name}`.as('to_name'),
        from: sql<string>`(select k.name from enrollments e join classes k on k.id = e.class_id where e.id = ${transfers.sourceId})`.as(
          'from_name',
        ),
      })
      .from(transfers)
      .innerJoin(classes, eq(classes.id, transfers.classId))
      .where(sql`${transfers.sourceId} = ${id} or ${transfers.targetId} = ${id}`)
      .orderBy(transfers.id),
    askedQuery(account, id),
    db
      .select({ at: audit.at, who: audit.who, summary: audit.summary })
      .from(auditSubjects)
      .innerJoin(audit, eq(audit.id, auditSubjects.auditId))
      .where(and(eq(auditSubjects.subject, 'enrollment'), eq(auditSubjects.subjectId, id)))
      .orderBy(desc(auditSubjects.auditId))
      .limit(50),
  ])
  const { enrollment, row } = theirs(person, [mine, rows])
  if (!about) throw new NotFound()
  return { enrollment, row, about, charged, days: days.map(({ onDate }) => onDate), drop, moves, asked, log }
}

const holders = ['charges', 'attendance', 'a transfer', 'a makeup token', 'a punch of a pass']

/** What keeps an enrollment from being deleted: what would hang in the air without it. */
export const heldBy = (holds: readonly (0 | 1)[]): string[] => holders.filter((_, nth) => holds[nth] === 1)
