import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { cartItems } from '../schema/carts'
import { customValues } from '../schema/custom-fields'
import { enrollments } from '../schema/enrollments'
import { keywordLinks } from '../schema/keywords'
import { students } from '../schema/students'

/** Money, attendance and what stands for money hold on to a student: then the books keep it, without its name. */
const heldBy = (id: number | SQL) => {
  const its = sql`(select e.id from enrollments e where e.student_id = ${id})`
  return sql`(exists (select 1 from charge_lines l where l.enrollment_id in ${its})
    or exists (select 1 from bookings b where b.student_id = ${id})
    or exists (select 1 from passes p where p.student_id = ${id})
    or exists (select 1 from makeup_tokens t where t.student_id = ${id})
    or exists (select 1 from attendance a where a.enrollment_id in ${its})
    or exists (select 1 from tuition_claims c where c.enrollment_id in ${its})
    or exists (select 1 from transfers t where t.source_id in ${its})
    or exists (select 1 from punches p where p.enrollment_id in ${its})
    or exists (select 1 from family_students h join charges c on c.family_id = h.family_id join charge_lines l on l.charge_id = c.id where h.student_id = ${id} and l.student_id = ${id}))`
}

/** Places that are kept for a student from tomorrow on: they are given up where their money is settled, not here. */
const stillComes = (account: Account, id: number | SQL) => {
  const day = todayAt(account)
  return sql`(exists (select 1 from enrollments e where e.student_id = ${id} and e.through_date > ${day} and e.state <> 'cancelled')
    or exists (select 1 from bookings b join appointment_slots s on s.id = b.slot_id where b.student_id = ${id} and b.state in ('held','requested','booked') and s.starts_at > ${account.now}))`
}

/** What is left of a student whom only the books know. */
const nameless = {
  ...({ firstName: 'Former', lastName: 'Student', sortName: 'student, former', state: 'anonymised' } as const),
  ...({ birthDate: null, gender: 'unstated', gradeId: null, medical: null, notes: null, photoKey: null } as const),
  ...{ qrToken: null, qrMadeAt: null, source: null },
}

/** What deleting a student would take along, counted now (OP5). @throws NotFound */
export async function deletionOf(account: Account, id: number) {
  const count = (table: string, where = 'x.student_id') =>
    sql<number>`(select count(*) from ${sql.raw(table)} x where ${sql.raw(where)} = ${id})`
  const [rows] = await read(account, [
    account.db
      .select({
        id: students.id,
        name: sql<string>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
        kept: sql<boolean>`${heldBy(id)}`.mapWith(Boolean).as('is_kept'),
        comes: sql<boolean>`${stillComes(account, id)}`.mapWith(Boolean).as('still_comes'),
        enrollments: count('enrollments').as('n_enrollments'),
        attendance:
          sql<number>`(select count(*) from enrollments e join attendance a on a.enrollment_id = e.id where e.student_id = ${id})`.as(
            'n_attendance',
          ),
        answers: count('policy_answers').as('n_answers'),
        skills: count('skill_results').as('n_skills'),
        tokens: count('makeup_tokens').as('n_tokens'),
        bookings: count('bookings').as('n_bookings'),
        fields:
          sql<number>`(select count(*) from custom_values v join custom_fields f on f.id = v.field_id where f.subject = 'student' and v.subject_id = ${id})`.as(
            'n_fields',
          ),
        homes: sql`(select json_group_array(h.family_id) from family_students h where h.student_id = ${id})`
          .mapWith(text => JSON.parse(text) as number[])
          .as('homes'),
      })
      .from(students)
      .where(and(eq(students.id, id), eq(students.state, 'open'))),
  ])
  return found(rows)
}

export type Deletion = Awaited<ReturnType<typeof deletionOf>>

/**
 * A student goes: one without money or attendance whole, another by name, while the books keep their sums (OP5). The
 * audit log keeps who it was for as long as it keeps anything.
 * @param typed the name, typed again
 * @throws Refusal 'wrong-name', 'student-enrolled', 'changed-meanwhile' when money or attendance came in between
 */
export async function deleteStudent(account: Account, was: Deletion, typed: string, answer: Answer): Promise<void> {
  const { id, name, kept, homes } = was
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase()
  if (plain(typed) !== plain(name)) throw new Refusal('wrong-name')
  const { db, now } = account
  const goes: Statement[] = kept
    ? [
        db
          .update(students)
          .set({ ...nameless, updatedAt: now })
          .where(eq(students.id, id)),
        db.delete(cartItems).where(eq(cartItems.studentId, id)),
      ]
    : [db.delete(enrollments).where(eq(enrollments.studentId, id)), db.delete(students).where(eq(students.id, id))]
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from students s where s.id = ${id} and s.state = 'open' and s.first_name || ' ' || s.last_name = ${name}) and ${heldBy(id)} = ${kept ? 1 : 0}`,
        'changed-meanwhile',
      ),
      must(account, sql`not ${stillComes(account, id)}`, 'student-enrolled'),
      db
        .delete(customValues)
        .where(sql`subject_id = ${id} and field_id in (select f.id from custom_fields f where f.subject = 'student')`),
      db.delete(keywordLinks).where(sql`subject = 'student' and subject_id = ${id}`),
      // Other records of the same child, which were merged into this one, lose the name with it.
      db
        .update(students)
        .set({ ...nameless, updatedAt: now })
        .where(eq(students.mergedInto, id)),
      ...goes,
      ...audit(
        account,
        kept ? 'anonymise student' : 'delete student',
        kept ? `anonymised ${name}; the books keep their sums` : `deleted ${name}`,
        [['student', id], ...homes.map(home => ['family', home] as [string, number])],
        { before: { name, enrollments: was.enrollments, attendance: was.attendance } },
      ),
    ],
    answer,
  )
}
