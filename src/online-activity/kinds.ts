import type { Kind } from '../activity/kind'
import type { KindName } from '../activity/kind-names'
import { appointmentCancelledKind, appointmentKind, appointmentRescheduleKind } from '../appointments/activity'
import { enrollmentKind } from '../camps/activity'
import { dropKind } from '../camps/drops-activity'
import { absenceKind } from '../enrollments/absences-activity'
import { transferKind } from '../enrollments/transfers-activity'
import { deletionRequestKind, newAccountKind, studentKind } from '../families/activity'
import { partyKind } from '../parties/activity'
import { autopayKind, optOutKind, paymentKind } from '../payments/activity'
import { policyKind } from '../policies/activity'
import { giftCardKind, onlineOrderKind } from '../shop/activity'

/** Every kind the window knows, in one explicit table: a forgotten one does not compile. */
export const kinds: Record<KindName, Kind> = {
  absence: absenceKind,
  appointment: appointmentKind,
  appointment_cancelled: appointmentCancelledKind,
  appointment_reschedule: appointmentRescheduleKind,
  autopay: autopayKind,
  payment: paymentKind,
  gift_card: giftCardKind,
  new_account: newAccountKind,
  enrollment: enrollmentKind,
  drop: dropKind,
  transfer: transferKind,
  party: partyKind,
  policy: policyKind,
  student: studentKind,
  online_order: onlineOrderKind,
  opt_out: optOutKind,
  deletion_request: deletionRequestKind,
}
