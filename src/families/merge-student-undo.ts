import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must } from '../database'
import { mayBeUndone, undoneBy } from './merge-record'
import { acts } from './merge-statement'
import { particulars } from './merge-student'
import { besides, studentThings } from './merge-student-things'
import { columnOf } from './merge-things'
import { rows } from './merge-undo'

const into = '(select student_id from m)'

/** Whether a row still is where the merge put it, and says what it said then. */
const asItWas = [
  ...studentThings.map(
    ({ name, table, mark }) =>
      `when '${name}' then exists (select 1 from ${table} t where t.id = j.row_id and t.student_id = ${into}${mark ? ` and ${mark} = j.mark` : ''})`,
  ),
  ...besides.map(
    ({ name, row, table, whose, about, mark }) =>
      `when '${name}' then exists (select 1 from ${table} t where t.${row} = j.row_id and t.${whose} = ${into} and ${about('t')} and ${mark} is j.mark)`,
  ),
  `when 'student' then exists (select 1 from students t where t.id = j.row_id and ${particulars('t')} = j.mark)`,
].join(' ')

/**
 * The rows of the merge of students `:merge` that an undo would leave where they are, as (thing, row_id): what somebody
 * changed since stays, and with an enrollment its tokens and its entries of the window.
 */
export const stayingWithStudent = `with
  m as (select id, student_id from family_merges where id = :merge),
  j as materialized (select r.thing, r.row_id, r.mark from family_merge_rows r where r.merge_id = :merge),
  changed as materialized (select j.thing, j.row_id from j where not (case j.thing ${asItWas} else 1 end)),
  kept as materialized (select row_id from changed where thing = 'enrollments')
  select thing, row_id from changed
  union select 'tokens', j.row_id from j join makeup_tokens t on t.id = j.row_id where j.thing = 'tokens' and (t.enrollment_id in (select row_id from kept) or t.used_by in (select row_id from kept))
  union select 'activity', j.row_id from j join activity t on t.id = j.row_id where j.thing = 'activity' and case t.subject
    when 'enrollment' then t.subject_id
    when 'drop_request' then (select q.enrollment_id from drop_requests q where q.id = t.subject_id)
    when 'transfer' then (select q.source_id from transfers q where q.id = t.subject_id) end in (select row_id from kept)`

const columns = ['birth_date', 'gender', 'grade_id', 'medical', 'notes', 'photo_key', 'first_enrolled_on']

const back = [
  ...studentThings.map(
    thing =>
      `update ${thing.table} set ${columnOf(thing)} = r.from_id ${rows(thing.name)} and ${thing.table}.id = r.row_id`,
  ),
  ...besides.map(
    ({ name, row, table, whose, about }) =>
      `update ${table} set ${whose} = r.from_id ${rows(name)} and ${table}.${whose} = :into and ${about(table)} and ${table}.${row} = r.row_id`,
  ),
  `delete from family_students where student_id = :into and family_id in (select r.row_id ${rows('homes')} and r.was ->> '$.new' = 1)`,
  `insert into family_students (family_id, student_id, share, is_home, may_enroll, may_see_medical, created_at) select r.row_id, r.from_id, r.was ->> '$.share', r.was ->> '$.home', r.was ->> '$.enroll', r.was ->> '$.medical', r.was ->> '$.at' ${rows('homes')}`,
  `update students set ${columns.map((name, nth) => `${name} = r.was ->> '$[${nth}]'`).join(', ')} ${rows('student', '1')} and students.id = r.row_id`,
  'update students set updated_at = :now where id = :into',
  "update students set state = 'open', merged_into = null, updated_at = :now where merged_into = :into and id = :gone",
]

/**
 * Takes a merge of two students back: every row that nobody changed since returns to the record it came from, in one
 * batch. What stays is marked, so that the page can say it.
 * @throws Refusal 'already-handled', 'undo-late' after 30 days, 'undo-order' while a later merge stands on this one
 */
export async function undoStudentMerge(
  account: Account,
  merge: { id: number; familyId: number; studentId: number; name: string; names: string[]; goneId: number },
  answer: Answer,
): Promise<void> {
  const { id, familyId, studentId, name, names, goneId } = merge
  const run = acts(account, { merge: id, into: studentId, gone: goneId, now: account.now })
  await commit(
    account,
    [
      ...mayBeUndone(account, id),
      must(
        account,
        sql`exists (select 1 from students s where s.id = ${studentId} and s.state = 'open') and exists (select 1 from students s where s.id = ${goneId} and s.merged_into = ${studentId})
          and not exists (select 1 from family_merges m where m.student_id = ${studentId} and m.id > ${id} and m.undone_at is null)
          and not exists (select 1 from family_merge_rows r join families f on f.id = r.row_id where r.merge_id = ${id} and r.thing = 'homes' and f.state not in ('open','suspended'))`,
        'undo-order',
      ),
      run(
        `update family_merge_rows set stays = 1 where merge_id = :merge and (thing, row_id) in (${stayingWithStudent})`,
      ),
      ...back.map(run),
      undoneBy(account, id),
      ...audit(
        account,
        'undo merge',
        `took back the merge of ${names.join(', ')} (student ${goneId}) into ${name} (student ${studentId})`,
        [
          ['student', studentId],
          ['student', goneId],
          ['family', familyId],
        ],
        { after: { students: [goneId, studentId] } },
      ),
    ],
    answer,
  )
}
