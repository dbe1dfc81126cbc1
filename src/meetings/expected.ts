import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { indicatorsOf } from '../enrollments/indicators'

/** A required policy that a child, or its family, has not accepted (PO4). */
const policyOpen = sql.raw(
  "exists (select 1 from policies p where p.active = 1 and p.required = 1 and p.show_web = 1 and p.kind in ('family','student') and p.version_id is not null and coalesce((select a.answer from policy_answers a where a.version_id = p.version_id and ((p.kind = 'student' and a.student_id = e.student_id) or (p.kind = 'family' and a.student_id is null and a.family_id = e.family_id)) order by a.id desc limit 1), '') <> 'accepted')",
)

/** Who is in a class on a day, by name, with what whoever teaches has to know. */
export function expectedQuery(account: Account, classId: number, date: string) {
  return account.db
    .select({
      enrollmentId: sql<number>`e.id`.as('enrollment_id'),
      studentId: sql<number>`e.student_id`.as('student_id'),
      familyId: sql<number>`e.family_id`.as('family_id'),
      name: sql<string>`s.first_name || ' ' || s.last_name`.as('student_name'),
      type: sql<'active' | 'trial' | 'makeup' | 'single_day'>`e.type`.as('enrollment_type'),
      medical: sql<string | null>`s.medical`.as('medical_note'),
      isNew: indicatorsOf(sql`e.student_id`, sql`e.family_id`, date).newStudent.as('is_new'),
      policyOpen: sql`${policyOpen}`.mapWith(Boolean).as('policy_open'),
      absence: sql<
        'pending' | 'approved' | null
      >`(select a.state from absences a where a.enrollment_id = e.id and a.on_date = ${date} and a.state in ('pending','approved'))`.as(
        'told_absence',
      ),
    })
    .from(sql`enrollments e cross join students s on s.id = e.student_id`)
    .where(
      sql`e.class_id = ${classId} and e.state = 'approved' and e.state <> 'cancelled' and e.type <> 'wait' and e.start_date <= ${date} and e.through_date >= ${date}`,
    )
    .orderBy(sql`s.sort_name, e.id`)
    .limit(500)
}

export type Expected = Awaited<ReturnType<typeof expectedQuery>>[number]
