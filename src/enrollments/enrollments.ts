import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type ClassRow, classById } from '../classes/classes'
import type { Override } from '../classes/tuitions'
import { must, read } from '../database'
import { found } from '../http'
import { enrollments } from '../schema/enrollments'
import { families } from '../schema/families'
import { students } from '../schema/students'

/** An enrollment with the names that sentences need. */
export interface EnrollmentRow extends Override {
  id: number
  studentId: number
  studentName: string
  firstName: string
  familyId: number
  familyName: string
  classId: number
  type: 'active' | 'trial' | 'makeup' | 'single_day' | 'wait'
  state: 'requested' | 'approved' | 'cancelled'
  startDate: string
  dropDate: string | null
  seat: 'none' | 'dates' | 'days'
  notes: string | null
  /** Of several ways to pay the class, the chosen one. */
  billingScheduleId: number | null
  promoCodeId: number | null
  termId: number | null
  dropReasonId: number | null
  /** The place on a waitlist it comes from, or what it was transferred from. */
  fromEnrollmentId: number | null
}

/** Enrollments with names, to be narrowed by the caller. */
export function enrollmentQuery(account: Account) {
  return account.db
    .select({
      id: enrollments.id,
      studentId: enrollments.studentId,
      studentName: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
      firstName: students.firstName,
      familyId: enrollments.familyId,
      familyName: sql<string>`${families.name}`.as('family_name'),
      classId: enrollments.classId,
      type: enrollments.type,
      state: enrollments.state,
      startDate: enrollments.startDate,
      dropDate: enrollments.dropDate,
      seat: enrollments.seat,
      notes: enrollments.notes,
      billingScheduleId: enrollments.billingScheduleId,
      promoCodeId: enrollments.promoCodeId,
      termId: enrollments.termId,
      dropReasonId: enrollments.dropReasonId,
      fromEnrollmentId: enrollments.fromEnrollmentId,
      overrideKind: enrollments.overrideKind,
      overrideCents: enrollments.overrideCents,
      overrideUntil: enrollments.overrideUntil,
      overrideProrates: enrollments.overrideProrates,
    })
    .from(enrollments)
    .innerJoin(students, eq(students.id, enrollments.studentId))
    .innerJoin(families, eq(families.id, enrollments.familyId))
    .$dynamic()
}

/** One enrollment and its class, as two queries. */
export function withClassQueries(account: Account, id: number | SQL<number>, own?: SQL) {
  const classId = sql<number>`(select ${enrollments.classId} from ${enrollments} where ${enrollments.id} = ${id})`
  return [enrollmentQuery(account).where(and(eq(enrollments.id, id), own)), classById(account, classId)] as const
}

/** One enrollment and its class. @throws NotFound; also when it is not this family's, where one is named */
export async function enrollmentWithClass(
  account: Account,
  id: number,
  familyId?: number,
): Promise<{ enrollment: EnrollmentRow; row: ClassRow }> {
  const own = familyId === undefined ? undefined : eq(enrollments.familyId, familyId)
  const [mine, rows] = await read(account, withClassQueries(account, id, own))
  return { enrollment: found(mine), row: found(rows) }
}

/** Guards that an enrollment still waits for a decision. */
export const stillAsked = (account: Account, id: number) =>
  must(
    account,
    sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${id} and ${enrollments.state} = 'requested')`,
    'already-handled',
  )

/** ACTIVE, TRIAL, MAKEUP, SINGLE DAY, WAIT: how lists write a type. */
export const sayType = (type: string) => type.replace('_', ' ').toUpperCase()
