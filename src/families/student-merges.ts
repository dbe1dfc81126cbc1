import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { plain, read } from '../database'
import { found } from '../http'
import { familyMerges } from '../schema/merges'
import { students } from '../schema/students'
import { mergeColumns, undoColumns } from './merge-record'
import { named } from './merge-statement'
import { shared } from './merge-student-things'
import { stayingWithStudent } from './merge-student-undo'

/** The last merge into a student's record that can still be undone. */
export const lastStudentMergeQuery = ({ db, now }: Account, studentId: number) =>
  db
    .select(mergeColumns)
    .from(familyMerges)
    .where(and(eq(familyMerges.studentId, studentId), isNull(familyMerges.undoneAt), gt(familyMerges.undoUntil, now)))
    .orderBy(desc(familyMerges.id))
    .limit(1)

/** A student as the page shows it that makes two records one. */
export interface Twin {
  id: number
  name: string
  born: string | null
  medical: string | null
  notes: string | null
  updatedAt: number
  counts: { name: string; many: number }[]
}

const count = (name: string, rows: string) => `json_object('name', '${name}', 'many', (select count(*) from ${rows}))`

const own = (name: string, table: string) => count(name, `${table} t where t.student_id = s.id`)

const counts = [
  own('enrollments', 'enrollments'),
  count('attendance', 'enrollments e join attendance t on t.enrollment_id = e.id where e.student_id = s.id'),
  own('bookings', 'bookings'),
  own('passes', 'passes'),
  own('tokens', 'makeup_tokens'),
  own('answers', 'policy_answers'),
  own('results', 'skill_results'),
  own('levels', 'skill_passes'),
  own('parties', 'parties'),
  count('keywords', "keyword_links t where t.subject = 'student' and t.subject_id = s.id"),
]

/**
 * The children of a student's families with what each has, the student first; nobody who is deleted or merged. With the
 * first family that two of them share.
 */
export const twinsQuery = (account: Account, studentId: number) =>
  plain<Twin & { familyId: number; familyName: string }>(
    account,
    `select s.id, s.first_name || ' ' || s.last_name as name, s.birth_date, s.medical, s.notes, s.updated_at, f.id as family_id, f.name as family_name, json_array(${counts.join(', ')}) as counts
     from students s join families f on f.id = (select h.family_id from family_students h join family_students x on x.family_id = h.family_id where x.student_id = ?1 and h.student_id = s.id order by h.family_id limit 1)
     where s.state = 'open' and f.state in ('open','suspended') and s.id in (select h.student_id from family_students x join family_students h on h.family_id = x.family_id where x.student_id = ?1)
     order by s.id <> ?1, s.id limit 30`,
    [studentId],
    row => ({
      id: Number(row.id),
      name: String(row.name),
      born: row.birth_date as string | null,
      medical: row.medical as string | null,
      notes: row.notes as string | null,
      updatedAt: Number(row.updated_at),
      familyId: Number(row.family_id),
      familyName: String(row.family_name),
      counts: JSON.parse(String(row.counts)),
    }),
  )

/** The names of the classes in which two students are at the same time. */
export const sharedQuery = (account: Account, gone: number, into: number) =>
  account.db
    .selectDistinct({ name: sql<string>`k.name`.as('class_name') })
    .from(sql`(select k.* ${shared(gone, into, todayAt(account))}) k`)

/** A merge of students with what moved, by thing, and how much of it an undo leaves, or left, where it is. @throws NotFound */
export async function studentMergeOf(account: Account, studentId: number, id: number) {
  const [rows, moved] = await read(account, [
    account.db
      .select({
        ...mergeColumns,
        ...undoColumns,
        familyId: familyMerges.familyId,
        studentId: sql<number>`${students.id}`.as('student_id'),
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        goneId:
          sql<number>`coalesce((select r.from_id from family_merge_rows r where r.merge_id = ${familyMerges.id} and r.thing = 'homes' limit 1), 0)`.as(
            'gone_id',
          ),
        later:
          sql<boolean>`exists (select 1 from family_merges x where x.student_id = ${familyMerges.studentId} and x.id > ${familyMerges.id} and x.undone_at is null)`
            .mapWith(Boolean)
            .as('has_later'),
      })
      .from(familyMerges)
      .innerJoin(students, eq(students.id, familyMerges.studentId))
      .where(and(eq(familyMerges.id, id), eq(familyMerges.studentId, studentId))),
    named<{ thing: string; many: number; stay: number }>(
      account,
      `select r.thing, count(*) as many, count(case when iif((select undone_at from family_merges where id = :merge) is null, (r.thing, r.row_id) in (${stayingWithStudent}), r.stays) then 1 end) as stay
      from family_merge_rows r where r.merge_id = :merge group by r.thing`,
      { merge: id },
      row => ({ thing: String(row.thing), many: Number(row.many), stay: Number(row.stay) }),
    ),
  ])
  return { merge: found(rows), moved }
}
