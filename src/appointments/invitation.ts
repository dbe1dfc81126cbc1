import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { isLinkToken } from '../auth/link-token'
import { hashToken } from '../auth/sessions'
import { must, newest, type Statement } from '../database'
import { notify } from '../messages/notices'
import { bookingInvitations, bookings } from '../schema/appointments'
import { isLive } from './sharing'
import { type SlotRow, saySlot } from './slots'

/** What somebody who has a link is invited to. */
export interface Invitation {
  id: number
  slotId: number
  /** The booking of whoever invites, and their name. */
  bookingId: number
  guardian: string
  familyId: number
}

/** The hash of what stands in a link, or of nothing that anybody was sent. */
export const hashIn = (token: string): Promise<string> => hashToken(isLinkToken(token) ? token : '')

/** The time that a link leads to, while it opens something. */
export const slotOf = (account: Account, hash: string) =>
  sql<number>`(select i.slot_id from booking_invitations i where i.token_hash = ${hash} and ${isLive(account.now)})`

/** The invitation of a link, while it opens something. */
export const liveInvitation = (account: Account, hash: string) =>
  account.db
    .select({
      id: sql<number>`i.id`.as('invitation_id'),
      slotId: sql<number>`i.slot_id`.as('invitation_slot'),
      bookingId: sql<number>`i.booking_id`.as('invitation_booking'),
      guardian: sql<string>`i.guardian`.as('invitation_guardian'),
      familyId: sql<number>`i.family_id`.as('invitation_family'),
    })
    .from(sql`${bookingInvitations} i`)
    .where(sql`i.token_hash = ${hash} and ${isLive(account.now)}`)

/** Uses an invitation up, in the batch and behind the booking that it becomes; whoever invited is told. */
export function spendInvitation(account: Account, invitation: Invitation, slot: SlotRow): Statement[] {
  const { id, slotId, familyId } = invitation
  return [
    must(
      account,
      sql`exists (select 1 from booking_invitations i join appointment_slots s on s.id = i.slot_id join appointments a on a.id = s.appointment_id where i.id = ${id} and ${slotId} = ${slot.id} and a.sharing = 'invite' and ${isLive(account.now)})`,
      'link-over',
    ),
    account.db
      .update(bookingInvitations)
      .set({ usedBy: newest(bookings) as unknown as number })
      .where(eq(bookingInvitations.id, id)),
    notify(account, { familyId, template: 'appointment-guest', values: { appointment: () => saySlot(slot) } }),
  ]
}
