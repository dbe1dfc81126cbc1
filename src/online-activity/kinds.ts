import type { Kind } from '../activity/kind'
import type { KindName } from '../activity/kind-names'
import { absenceKind } from '../enrollments/absences-activity'
import { enrollmentKind } from '../enrollments/activity'
import { dropKind } from '../enrollments/drops-activity'
import { transferKind } from '../enrollments/transfers-activity'
import { deletionRequestKind, newAccountKind, studentKind } from '../families/activity'
import { policyKind } from '../policies/activity'

/** Every kind the window knows, in one explicit table: a forgotten one does not compile. */
export const kinds = {
  absence: absenceKind,
  new_account: newAccountKind,
  enrollment: enrollmentKind,
  drop: dropKind,
  transfer: transferKind,
  policy: policyKind,
  student: studentKind,
  deletion_request: deletionRequestKind,
} as unknown as Record<KindName, Kind>
