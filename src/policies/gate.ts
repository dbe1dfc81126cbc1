import { type SQL, sql } from 'drizzle-orm'
import type { PolicyDraft } from './policies'

/** True when whoever is asked has accepted the newest version of every required policy of a kind. */
const allAccepted = (kind: PolicyDraft['kind'], whose: SQL) =>
  sql`not exists (select 1 from policies p where p.active = 1 and p.required = 1 and p.kind = ${sql.raw(`'${kind}'`)} and coalesce((select answer from policy_answers where ${whose} and version_id = p.version_id order by id desc limit 1), 'none') <> 'accepted')`

const ofFamily = (familyId: number | SQL<number>) => sql`family_id = ${familyId} and student_id is null`

/**
 * True when every required policy stands accepted in its newest version: the family's, and the student's when one is
 * named (PO4, PO11). An answer to an older version, or a later rejection, does not open the gate.
 */
export function policiesAccepted(familyId: number | SQL<number>, studentId?: number | SQL<number>): SQL {
  const family = allAccepted('family', ofFamily(familyId))
  if (studentId === undefined) return family
  return sql`(${family} and ${allAccepted('student', sql`student_id = ${studentId}`)})`
}

/** True when the family has accepted the newest version of every required appointment policy that is shown. */
export const appointmentPoliciesAccepted = (familyId: number | SQL<number>): SQL =>
  allAccepted('appointment', ofFamily(familyId))

/** True when the family has accepted the newest version of every required transaction policy that is shown (A24). */
export const transactionPoliciesAccepted = (familyId: number): SQL => allAccepted('transaction', ofFamily(familyId))
