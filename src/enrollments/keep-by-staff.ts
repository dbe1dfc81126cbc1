import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { ClassRow } from '../classes/classes'
import { type Answer, commit, must, Refusal } from '../database'
import { enrollments } from '../schema/enrollments'
import { subjects } from './drops'
import type { EnrollmentRow } from './enrollments'

/** Staff write down what should be known of an enrollment. */
export async function noteByStaff(
  account: Account,
  { enrollment, row }: { enrollment: EnrollmentRow; row: ClassRow },
  notes: string | null,
  answer: Answer,
): Promise<void> {
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${enrollment.id})`,
        'already-handled',
      ),
      account.db.update(enrollments).set({ notes, updatedAt: account.now }).where(eq(enrollments.id, enrollment.id)),
      ...audit(
        account,
        'change enrollment',
        `changed the notes of ${enrollment.studentName} in ${row.name}`,
        subjects(enrollment),
        { before: { notes: enrollment.notes }, after: { notes } },
      ),
    ],
    answer,
  )
}

/**
 * Staff delete an enrollment that nothing hangs on; the audit log keeps what it was.
 * @throws Refusal 'enrollment-used' where a charge, attendance, a transfer, a token or a punch needs it
 */
export async function deleteEnrollment(
  account: Account,
  { enrollment, row }: { enrollment: EnrollmentRow; row: ClassRow },
  answer: Answer,
): Promise<void> {
  const { id, studentName, type, startDate, dropDate, notes, state } = enrollment
  if (state === 'requested') throw new Refusal('enrollment-used')
  const free = sql`not exists (select 1 from charge_lines where enrollment_id = ${id}) and not exists (select 1 from tuition_claims where enrollment_id = ${id}) and not exists (select 1 from attendance where enrollment_id = ${id}) and not exists (select 1 from transfers where source_id = ${id}) and not exists (select 1 from makeup_tokens where enrollment_id = ${id} or used_by = ${id}) and not exists (select 1 from punches where enrollment_id = ${id})`
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${id} and ${enrollments.state} = ${state})`,
        'already-handled',
      ),
      must(account, free, 'enrollment-used'),
      account.db.delete(enrollments).where(eq(enrollments.id, id)),
      ...audit(
        account,
        'delete enrollment',
        `deleted the enrollment of ${studentName} in ${row.name} from ${startDate}`,
        subjects(enrollment),
        { before: { class: row.name, type, state, startDate, dropDate, notes } },
      ),
    ],
    answer,
  )
}
