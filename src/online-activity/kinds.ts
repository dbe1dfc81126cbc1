import type { Kind } from '../activity/kind'
import type { KindName } from '../activity/kind-names'
import { enrollmentKind } from '../enrollments/activity'

/** Every kind the window knows, in one explicit table: a forgotten one does not compile. */
export const kinds = {
  enrollment: enrollmentKind,
} as unknown as Record<KindName, Kind>
