import type { Kind } from '../activity/kind'
import type { KindName } from '../activity/kind-names'
import { enrollmentKind } from '../enrollments/activity'
import { deletionRequestKind, newAccountKind, studentKind } from '../families/activity'
import { policyKind } from '../policies/activity'

/** Every kind the window knows, in one explicit table: a forgotten one does not compile. */
export const kinds = {
  enrollment: enrollmentKind,
  new_account: newAccountKind,
  policy: policyKind,
  student: studentKind,
  deletion_request: deletionRequestKind,
} as unknown as Record<KindName, Kind>
