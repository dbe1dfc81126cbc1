import { type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, type Statement } from '../database'
import { familyMerges } from '../schema/merges'
import { along, armOf, inFours, journal, journaled, lastMerge } from './merge'
import { acts } from './merge-statement'
import { besides, shared, studentThings } from './merge-student-things'
import { mergeSpan } from './merge-things'

/** Two records of one child. */
export interface StudentMergeWish {
  familyId: number
  /** The record that stays; each as the page knew it. */
  into: { id: number; name: string; updatedAt: number }
  gone: { id: number; name: string; updatedAt: number }
}

/** What the record that stays may learn from the other one, as it says it now. */
export const particulars = (of: string) =>
  `json_array(${['birth_date', 'gender', 'grade_id', 'medical', 'notes', 'photo_key', 'first_enrolled_on'].map(name => `${of}.${name}`).join(', ')})`

const arms = [
  `select ${lastMerge}, 'student', t.id, t.id, null, ${particulars('t')}, null from students t where t.id = :into`,
  `select ${lastMerge}, 'homes', h.family_id, h.student_id, null, json_object('share', h.share, 'home', h.is_home, 'enroll', h.may_enroll, 'medical', h.may_see_medical, 'at', h.created_at, 'new', not exists (select 1 from family_students x where x.student_id = :into and x.family_id = h.family_id)), null from family_students h where h.student_id = :gone`,
  ...besides.map(
    ({ name, row, table, whose, about, mark }) =>
      `select ${lastMerge}, '${name}', t.${row}, t.${whose}, null, null, ${mark} from ${table} t where t.${whose} = :gone and ${about('t')} and not exists (select 1 from ${table} x where x.${whose} = :into and x.${row} = t.${row} and ${about('x')})`,
  ),
]

const both = (column: string) =>
  `case when o.${column} is null or instr(coalesce(students.${column}, ''), o.${column}) > 0 then students.${column} when students.${column} is null then o.${column} else students.${column} || char(10) || o.${column} end`

const hands = [
  // Another household of the child stays one; what it pays of the whole is what nobody pays yet.
  `insert into family_students (family_id, student_id, share, is_home, may_enroll, may_see_medical, created_at) select r.row_id, cast(:into as integer), min(r.was ->> '$.share', max(0, 10000 - (select coalesce(sum(x.share), 0) from family_students x where x.student_id = :into))), 0, r.was ->> '$.enroll', r.was ->> '$.medical', r.was ->> '$.at' from family_merge_rows r where r.merge_id = ${lastMerge} and r.thing = 'homes' and r.was ->> '$.new' = 1`,
  'delete from family_students where student_id = :gone',
  ...besides.map(
    ({ name, row, table, whose, about }) =>
      `update ${table} set ${whose} = :into where ${whose} = :gone and ${about(table)} and ${row} in ${journaled(name)}`,
  ),
  `update students set birth_date = coalesce(students.birth_date, o.birth_date), gender = iif(students.gender = 'unstated', o.gender, students.gender), grade_id = coalesce(students.grade_id, o.grade_id), medical = ${both('medical')}, notes = ${both('notes')}, photo_key = coalesce(students.photo_key, o.photo_key), first_enrolled_on = coalesce(min(students.first_enrolled_on, o.first_enrolled_on), students.first_enrolled_on, o.first_enrolled_on), updated_at = :now from students o where o.id = :gone and students.id = :into`,
  `update family_merge_rows set mark = (select ${particulars('t')} from students t where t.id = :into) where merge_id = ${lastMerge} and thing = 'student'`,
]

/**
 * Makes two records of one child one: everything of the one goes to the other, in one batch, and each row is written down
 * as in a merge of families, so that it can be undone for 30 days. Lines of charges stay as they are: the books are only
 * added to, and the record that went keeps its name for them.
 * @throws Refusal 'merge-student-pair', 'merge-seen' when one of them changed since the page was made, 'merge-same-class',
 *   'merge-paying'
 */
export async function mergeStudents(account: Account, wish: StudentMergeWish, answer: Answer): Promise<void> {
  const { familyId, into, gone } = wish
  if (into.id === gone.id) throw new Refusal('merge-student-pair')
  const run = acts(account, {
    into: into.id,
    gone: gone.id,
    others: JSON.stringify([gone.id]),
    now: account.now,
  })
  const homes = sql`select h.family_id from family_students h where h.student_id in (${into.id}, ${gone.id})`
  const here = ({ id, updatedAt }: StudentMergeWish['into']): SQL =>
    sql`exists (select 1 from students s join family_students h on h.student_id = s.id where s.id = ${id} and s.state = 'open' and s.updated_at = ${updatedAt} and h.family_id = ${familyId})`
  const statements: Statement[] = [
    must(account, sql`${here(into)} and ${here(gone)}`, 'merge-student-seen'),
    must(account, sql`not exists (select 1 ${shared(gone.id, into.id, todayAt(account))})`, 'merge-same-class'),
    must(
      account,
      sql`not exists (select 1 from payment_attempts a where a.family_id in (${homes}) and a.state in ('started','uncertain')) and not exists (select 1 from carts k where k.family_id in (${homes}) and k.state = 'paying')`,
      'merge-paying',
    ),
    account.db.insert(familyMerges).values({
      familyId,
      studentId: into.id,
      names: JSON.stringify([gone.name]),
      who: account.actor.name,
      madeAt: account.now,
      undoUntil: account.now + mergeSpan,
    }),
    ...inFours([...arms, ...studentThings.map(armOf)]).map(several => run(`${journal} ${several}`)),
    // From here on a trigger lets enrollments go from the one to the other.
    run(`update students set merged_into = :into, state = 'anonymised', updated_at = :now where id = :gone`),
    ...studentThings.map(along).map(run),
    ...hands.map(run),
    ...audit(
      account,
      'merge students',
      `merged ${gone.name} (student ${gone.id}) into ${into.name} (student ${into.id})`,
      [
        ['student', into.id],
        ['student', gone.id],
        ['family', familyId],
      ],
      { before: { students: [gone.id, into.id] }, after: { student: into.id } },
    ),
  ]
  await commit(account, statements, answer)
}
