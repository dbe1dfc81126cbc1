import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { chosen } from '../forms'
import { families } from '../schema/families'
import { students } from '../schema/students'

export const reportFilter = z.object({
  policy: chosen.id,
  /** Who never answered the version that asks, or who rejected it; both have not accepted it. */
  answer: chosen.one(['none', 'rejected']),
})

export type ReportFilter = z.output<typeof reportFilter>

export const listed = 50

/** Those who have not accepted a policy, by name: families, or students for a student policy. The other one of the two queries finds nothing. */
export function openQueries({ db }: Pick<Account, 'db'>, { policy, answer }: ReportFilter, after: number) {
  const asked = policy
    ? sql`${policy}`
    : sql`(select p.id from policies p where p.active = 1 order by p.sort, p.id limit 1)`
  const kind = (word: '=' | '<>') =>
    sql`exists (select 1 from policies p where p.id = ${asked} and p.active = 1 and p.kind ${sql.raw(word)} 'student')`
  const newest = (whose: SQL) =>
    sql`coalesce((select a.answer from policy_answers a where ${whose} and a.version_id = (select p.version_id from policies p where p.id = ${asked}) order by a.id desc limit 1), 'none')`
  const open = (said: SQL) => (answer ? sql`${said} = ${answer}` : sql`${said} <> 'accepted'`)
  const from = (table: 'families' | 'students') =>
    after
      ? sql`and (${sql.raw(table)}.sort_name, ${sql.raw(table)}.id) > (select o.sort_name, o.id from ${sql.raw(table)} o where o.id = ${after})`
      : sql``
  const ofFamily = newest(sql`a.family_id = families.id and a.student_id is null`)
  const ofStudent = newest(sql`a.student_id = students.id`)
  return [
    db
      .select({ id: families.id, name: families.name, answer: sql<string>`${ofFamily}`.as('newest_answer') })
      .from(families)
      .where(
        sql`${kind('<>')} and families.state in ('open','suspended') and families.sort_name >= '' and ${open(ofFamily)} ${from('families')}`,
      )
      .orderBy(sql`families.sort_name, families.id`)
      .limit(listed + 1),
    db
      .select({
        id: students.id,
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        answer: sql<string>`${ofStudent}`.as('newest_answer'),
      })
      .from(students)
      .where(
        sql`${kind('=')} and students.state = 'open' and students.sort_name >= '' and ${open(ofStudent)} ${from('students')}`,
      )
      .orderBy(sql`students.sort_name, students.id`)
      .limit(listed + 1),
  ] as const
}
