import { type SQL, sql } from 'drizzle-orm'

/**
 * True when every required policy stands accepted in its newest version: the family's, and the student's when one is
 * named (PO4, PO11). An answer to an older version, or a later rejection, does not open the gate.
 */
export function policiesAccepted(familyId: number, studentId?: number): SQL {
  const newestAnswer = (whose: SQL) =>
    sql`coalesce((select answer from policy_answers where ${whose} and version_id = p.version_id order by id desc limit 1), 'none')`
  const open = (kind: 'family' | 'student', whose: SQL) =>
    sql`select 1 from policies p where p.active = 1 and p.required = 1 and p.kind = ${sql.raw(`'${kind}'`)} and ${newestAnswer(whose)} <> 'accepted'`
  const family = open('family', sql`family_id = ${familyId} and student_id is null`)
  if (studentId === undefined) return sql`not exists (${family})`
  return sql`(not exists (${family}) and not exists (${open('student', sql`student_id = ${studentId}`)}))`
}

/** True when the family has accepted the newest version of every required appointment policy that is shown. */
export function appointmentPoliciesAccepted(familyId: number): SQL {
  const newestAnswer = sql`coalesce((select answer from policy_answers where family_id = ${familyId} and student_id is null and version_id = p.version_id order by id desc limit 1), 'none')`
  return sql`not exists (select 1 from policies p where p.active = 1 and p.required = 1 and p.kind = 'appointment' and ${newestAnswer} <> 'accepted')`
}

/** True when the family has accepted the newest version of every required transaction policy that is shown (A24). */
export function transactionPoliciesAccepted(familyId: number): SQL {
  const newestAnswer = sql`coalesce((select answer from policy_answers where family_id = ${familyId} and student_id is null and version_id = p.version_id order by id desc limit 1), 'none')`
  return sql`not exists (select 1 from policies p where p.active = 1 and p.required = 1 and p.kind = 'transaction' and ${newestAnswer} <> 'accepted')`
}
