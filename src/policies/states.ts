import { and, asc, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Database } from '../database'
import * as paths from '../paths'
import { holdsPlace } from '../schema/appointments'
import { policies, policyVersions } from '../schema/policies'
import { familyStudents, students } from '../schema/students'

/** One policy as it stands with a family, or with one child of it: a row for each. */
export interface PolicyState {
  id: number
  kind: 'family' | 'student' | 'appointment'
  name: string
  versionId: number
  /** Of the version that asks. */
  number: number
  required: boolean
  studentId: number | null
  studentName: string | null
  /** The newest answer to this version; an answer to an older one counts as none. */
  answer: 'accepted' | 'rejected' | 'put_off' | null
  at: number | null
}

const asked = {
  id: sql<number>`${policies.id}`.as('policy_id'),
  kind: sql<PolicyState['kind']>`${policies.kind}`.as('policy_kind'),
  name: sql<string>`${policies.name}`.as('policy_name'),
  versionId: sql<number>`${policyVersions.id}`.as('shown_version'),
  number: policyVersions.number,
  required: sql<boolean>`${policies.required}`.mapWith(Boolean).as('is_required'),
}

/** The newest of the answers `a` to a version that somebody gave. */
function newestAnswer(whose: SQL) {
  const newest = (column: 'answer' | 'at') =>
    sql`(select a.${sql.raw(column)} from policy_answers a where a.version_id = ${policyVersions.id} and ${whose} order by a.id desc limit 1)`
  return {
    answer: sql<PolicyState['answer']>`${newest('answer')}`.as('newest_answer'),
    at: sql<number | null>`${newest('at')}`.as('answered_at'),
  }
}

const ofFamily = (familyId: number | SQL) => sql`a.student_id is null and a.family_id = ${familyId}`

/**
 * The policies shown on the web to one family with its newest answers: the family's own first, then child by child, all
 * of one before the next (PO2).
 * @param familyId also a sub-query, so that a portal can ask in its first batch
 */
export function policyStates({ db }: Pick<Database, 'db'>, familyId: number | SQL) {
  const answer = newestAnswer(
    sql`((${policies.kind} = 'student' and a.student_id = ${students.id}) or (${policies.kind} = 'family' and ${ofFamily(familyId)}))`,
  )
  return db
    .select({
      ...asked,
      studentId: sql<number | null>`${students.id}`.as('asked_student'),
      studentName: sql<string | null>`${students.firstName} || ' ' || ${students.lastName}`.as('asked_name'),
      ...answer,
    })
    .from(policies)
    .innerJoin(policyVersions, eq(policyVersions.id, policies.versionId))
    .leftJoin(
      students,
      sql`${policies.kind} = 'student' and ${students.state} = 'open' and ${students.id} in (select ${familyStudents.studentId} from ${familyStudents} where ${familyStudents.familyId} = ${familyId})`,
    )
    .where(
      and(
        eq(policies.active, 1),
        eq(policies.showWeb, 1),
        or(eq(policies.kind, 'family'), and(eq(policies.kind, 'student'), isNotNull(students.id))),
        sql`${familyId} is not null`,
      ),
    )
    .orderBy(
      sql`${policies.kind} <> 'family'`,
      asc(students.birthDate),
      asc(students.id),
      asc(policies.sort),
      asc(policies.id),
    )
}

/**
 * The appointment policies as they stand with a family. They show only while active appointments have openings and the
 * business lets families book them (PO10); nobody is asked before booking.
 */
export function appointmentStates({ db, now, settings }: Pick<Account, 'db' | 'now' | 'settings'>, familyId: number) {
  const answer = newestAnswer(ofFamily(familyId))
  const on = settings['portal.show_appointments'] ? sql`1` : sql`0`
  const openings = sql`exists (select 1 from appointment_slots s join appointments o on o.id = s.appointment_id where s.state = 'open' and o.state = 'active' and s.starts_at > ${now} and (select count(*) from bookings b where b.slot_id = s.id and ${holdsPlace(sql`b.state`)}) < s.max_students)`
  return db
    .select({
      ...asked,
      studentId: sql<number | null>`null`.as('asked_student'),
      studentName: sql<string | null>`null`.as('asked_name'),
      ...answer,
    })
    .from(policies)
    .innerJoin(policyVersions, eq(policyVersions.id, policies.versionId))
    .where(and(eq(policies.active, 1), eq(policies.showWeb, 1), eq(policies.kind, 'appointment'), on, openings))
    .orderBy(asc(policies.sort), asc(policies.id))
}

/** The first required appointment policy that stands between a family and booking. */
export const openAppointmentPolicy = (states: PolicyState[]) =>
  states.find(({ required, answer }) => required && answer !== 'accepted')

/** The required family policies that keep My Account shut (PO2, PO11). */
export function shutting(states: PolicyState[]): PolicyState[] {
  return states.filter(({ kind, required, answer }) => kind === 'family' && required && answer !== 'accepted')
}

/**
 * What the portal asks next: required family policies, then whatever nobody has answered, in the order of the states.
 * @param studentId asks no other child's: the family is about to enroll this one
 */
export function nextToAnswer(states: PolicyState[], studentId?: number): PolicyState | undefined {
  const asked = states.filter(state => !studentId || state.studentId === null || state.studentId === studentId)
  return shutting(asked)[0] ?? asked.find(({ answer }) => answer === null)
}

/** What still forbids enrolling a child: its own required policies, or the family's (PO4). */
export function forbidding(states: PolicyState[], studentId: number): PolicyState | undefined {
  return (
    shutting(states)[0] ??
    states.find(state => state.studentId === studentId && state.required && state.answer !== 'accepted')
  )
}

/** Where "Has Rejected Policies" leads for a child, and back from there; nothing when nothing forbids enrolling it (PO6). */
export function policyInTheWay(slug: string, states: PolicyState[], studentId: number, next?: string) {
  const open = forbidding(states, studentId)
  if (!open) return
  const href = paths.portal(slug).policy(open.id, { student: open.studentId, for: studentId, next })
  return {
    href,
    sentence: open.answer === 'rejected' ? 'Has Rejected Policies' : 'A required policy is not accepted yet',
  }
}
