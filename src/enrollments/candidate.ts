import { eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import type { ClassRow } from '../classes/classes'
import type { Results } from '../database'
import { NotFound } from '../http'
import { policiesAccepted } from '../policies/gate'
import { families } from '../schema/families'
import { students } from '../schema/students'
import { keptFromEnrolling } from '../students/profile'
import { type Child, clashes, type Household, householdQuery, type Reason, reasons } from './eligibility'
import { type FamilyEnrollment, familyEnrollments, notOver } from './family'

/** A student whom staff enroll, with the household that is billed. */
export interface Candidate {
  child: Child
  family: { id: number; name: string; state: string }
  /** All that the student lives in. */
  households: { id: number; name: string }[]
  household: Household
  /** What runs or is still to come in the family. */
  own: FamilyEnrollment[]
  /** A required policy is not accepted. */
  policyOpen: boolean
}

/** The household that is billed: the one that was chosen, else the first that may enroll the student. */
export const billed = (studentId: number | SQL<number>, familyId?: number | SQL<number>): SQL<number> =>
  sql<number>`(select h.family_id from family_students h where h.student_id = ${studentId} ${familyId ? sql`and h.family_id = ${familyId}` : sql``} order by h.may_enroll desc, h.family_id limit 1)`

/** What enrolling a student depends on beside the class, as queries for one trip. */
export function candidateQueries(account: Account, studentId: number | SQL<number>, familyId?: number | SQL<number>) {
  const of = billed(studentId, familyId)
  return [
    account.db
      .select({
        id: students.id,
        firstName: students.firstName,
        lastName: students.lastName,
        birthDate: students.birthDate,
        gender: students.gender,
        mayEnroll:
          sql<number>`coalesce((select h.may_enroll from family_students h where h.student_id = ${studentId} and h.family_id = ${of}), 0)`.as(
            'may_enroll',
          ),
        noGrade: sql<number>`students.grade_id is null`.as('no_grade'),
        noMedical: sql<number>`students.medical is null`.as('no_medical'),
        unanswered:
          sql<number>`exists (select 1 from custom_fields f where f.subject = 'student' and f.portal = 'required' and f.retired_at is null and not exists (select 1 from custom_values v where v.field_id = f.id and v.subject_id = students.id))`.as(
            'is_unanswered',
          ),
        accepted: sql<number>`${policiesAccepted(of, studentId)}`.as('is_accepted'),
        households:
          sql`(select json_group_array(json_object('id', f.id, 'name', f.name)) from family_students h join families f on f.id = h.family_id where h.student_id = ${studentId})`
            .mapWith(text => JSON.parse(text) as Candidate['households'])
            .as('households'),
      })
      .from(students)
      .where(sql`students.id = ${studentId} and students.state = 'open'`),
    account.db
      .select({ id: families.id, name: families.name, state: families.state })
      .from(families)
      .where(eq(families.id, of)),
    householdQuery(account, of),
    familyEnrollments(account, of, notOver(todayAt(account))),
  ] as const
}

/** The candidate that was found. @throws NotFound */
export function candidateFrom([[found], [family], [household], own]: Results<
  ReturnType<typeof candidateQueries>
>): Candidate {
  if (!found || !family || !household) throw new NotFound()
  const { mayEnroll, noGrade, noMedical, unanswered, accepted, households, ...child } = found
  return {
    child: {
      ...child,
      mayEnroll: mayEnroll === 1,
      lacks: { grade: noGrade === 1, medical: noMedical === 1, own: unanswered === 1 },
    },
    family,
    households,
    household,
    own,
    policyOpen: accepted !== 1,
  }
}

/** What only families are kept to: whether and how soon a class is asked for online. */
const online = new Set(['class-closed', 'date-too-soon', 'date-too-far'])

/**
 * What speaks against a student in a class, though staff may decide otherwise: age, gender, registration, balance,
 * policies, the profile (A24.2).
 */
export function doubts(account: Account, row: ClassRow, who: Candidate, startDate: string): Reason[] {
  const kept = keptFromEnrolling(account, who.child)
  return [
    ...reasons(account, row, who.child, startDate, who.household).filter(({ code }) => !online.has(code)),
    ...(kept ? [{ code: kept }] : []),
    ...(who.policyOpen ? [{ code: 'policy-open' }] : []),
  ]
}

/** Which of a student's classes meet at the same time: never in the way, but worth a word. */
export const clashesOf = (row: ClassRow, who: Candidate, from: string): string[] =>
  clashes(row, who.child.id, who.own, from).map(one => one.className)
