import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Results } from '../database'
import { type EnrollmentRow, enrollmentQuery } from '../enrollments/enrollments'
import { enrollmentDays, enrollments } from '../schema/enrollments'
import { type CampRow, campById } from './camps'
import { campPrice } from './pricing'
import { type Answered, answersQuery } from './questions'

/** A place in a camp, its days, and which child of the family it is there: as queries, by the enrollment's id. */
export function placeQueries(account: Account, id: number | SQL<number>) {
  const classId = sql<number>`(select ${enrollments.classId} from ${enrollments} where ${enrollments.id} = ${id})`
  return [
    enrollmentQuery(account).where(eq(enrollments.id, id)),
    campById(account, classId),
    account.db
      .select({ onDate: enrollmentDays.onDate })
      .from(enrollmentDays)
      .where(eq(enrollmentDays.enrollmentId, id as number))
      .orderBy(enrollmentDays.onDate),
    siblingsQuery(account, sql`select ${enrollments.classId} from ${enrollments} where ${enrollments.id} = ${id}`, {
      family: sql`(select ${enrollments.familyId} from ${enrollments} where ${enrollments.id} = ${id})`,
      before: sql`${id}`,
    }),
    answersQuery(account, id),
  ] as const
}

/** The children of a family who are in camps already, each once a camp: the price of a further one may depend on them. */
export function siblingsQuery(
  { db }: Pick<Account, 'db'>,
  camps: SQL,
  { family, before }: { family: SQL; before?: SQL },
) {
  return db
    .selectDistinct({ classId: enrollments.classId, studentId: enrollments.studentId })
    .from(enrollments)
    .where(
      sql`${enrollments.familyId} = ${family} and ${enrollments.state} <> 'cancelled' and ${enrollments.type} <> 'wait' and ${enrollments.classId} in (${camps}) and exists (select 1 from classes k where k.id = ${enrollments.classId} and k.kind = 'camp')${before ? sql` and ${enrollments.id} < ${before}` : sql``}`,
    )
}

/** Which child of the family this one is in a camp, from 1. */
export const nthIn = (siblings: { classId: number; studentId: number }[], campId: number, studentId: number) =>
  new Set(siblings.filter(one => one.classId === campId && one.studentId !== studentId).map(one => one.studentId))
    .size + 1

/** A child's place in a camp. */
export interface Place {
  enrollment: EnrollmentRow
  camp: CampRow
  days: string[]
  nth: number
  answers: Answered[]
}

/** The place that its queries answered, while it is there. */
export function placeFrom([[enrollment], [camp], days, siblings, answers]: Results<ReturnType<typeof placeQueries>>):
  | Place
  | undefined {
  if (!enrollment || !camp) return
  return {
    enrollment,
    camp,
    days: days.map(({ onDate }) => onDate),
    nth: nthIn(siblings, camp.id, enrollment.studentId),
    answers,
  }
}

/** What a place costs, with the fees that were said when it was asked for. */
export const priceOf = ({ camp, days, enrollment, nth, answers }: Place) =>
  campPrice(camp, days, enrollment.studentId, nth, answers)
