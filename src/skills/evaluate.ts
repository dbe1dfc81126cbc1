import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal } from '../database'
import { skillPasses, skillResults } from '../schema/skills'
import { passedNow } from './tree'

export interface Evaluation {
  studentId: number
  studentName: string
  classId: number
  /** The day of the roster. */
  date: string
  staffId: number
  results: { skillId: number; stars: number }[]
}

/**
 * A coach says what a student of the class can do. What has as many stars already is not said again; levels in which
 * nothing is missing any more are passed (A10).
 * @throws Refusal 'nothing-chosen', 'changed-meanwhile' for a student who is not in the class, or a skill that is not in
 *   its tree
 */
export async function evaluate(account: Account, evaluation: Evaluation, answer: Answer): Promise<void> {
  const { studentId, studentName, classId, date, staffId, results } = evaluation
  if (!results.length) throw new Refusal('nothing-chosen')
  const { db, now } = account
  const said = JSON.stringify(results.map(({ skillId, stars }) => [skillId, stars]))
  const skill = sql.raw("json_extract(j.value, '$[0]')")
  const stars = sql.raw("json_extract(j.value, '$[1]')")
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from enrollments e where e.class_id = ${classId} and e.student_id = ${studentId} and e.state = 'approved' and e.type <> 'wait' and e.start_date <= ${date} and e.through_date >= ${date})`,
        'changed-meanwhile',
      ),
      must(
        account,
        sql`not exists (select 1 from json_each(${said}) j where ${skill} not in (select w.skill_id from event_skills w join skill_events e on e.id = w.event_id join skill_levels l on l.id = e.level_id where l.tree_id = (select coalesce(k.skill_tree_id, g.skill_tree_id) from classes k join programs g on g.id = k.program_id where k.id = ${classId})))`,
        'changed-meanwhile',
      ),
      db
        .insert(skillResults)
        .select(
          sql`select null, ${studentId}, ${skill}, ${stars}, ${classId}, ${staffId}, cast(${now} as integer) from json_each(${said}) j where coalesce((select r.stars from skill_results r where r.student_id = ${studentId} and r.skill_id = ${skill} order by r.id desc limit 1), 0) <> ${stars}`,
        ),
      db
        .insert(skillPasses)
        .select(
          sql`select ${studentId}, p.id, cast(${now} as integer), ${staffId} from (${passedNow(studentId, sql`(select ${skill} from json_each(${said}) j)`)}) p where true`,
        )
        .onConflictDoNothing(),
      ...audit(
        account,
        'evaluate',
        `evaluated ${studentName}: ${results.length} ${results.length === 1 ? 'skill' : 'skills'}`,
        [
          ['student', studentId],
          ['class', classId],
        ],
        { after: Object.fromEntries(results.map(({ skillId, stars }) => [skillId, stars])) },
      ),
    ],
    answer,
  )
}
