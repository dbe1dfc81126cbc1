import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { type Account, zoneAt } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { newLinkToken } from '../auth/link-token'
import { hashToken } from '../auth/sessions'
import { sayDate, today } from '../clock'
import { type Answer, commit, must, read, type Statement } from '../database'
import { found } from '../http'
import type { Language } from '../language'
import { notify } from '../messages/notices'
import * as paths from '../paths'
import { bookingInvitations } from '../schema/appointments'
import { bookingFor, subjectsOf } from './booking'
import { hostOf, inSlot, isLive, keptFor } from './sharing'
import { type BookingRow, saySlot } from './slots'

/** An invitation opens so long, and never after its time has begun. */
const span = 7 * 86_400_000

/** Mail goes to addresses that nobody here knows, so a family invites so often a day and no more. */
const mostADay = 12

/** The invitations of a time, newest first, for the family that invites. */
export const invitationsQuery = (account: Account, slotId: SQL | number, familyId: number) =>
  account.db
    .select({
      id: sql<number>`i.id`.as('invitation_id'),
      address: sql<string | null>`i.address`.as('invitation_address'),
      expiresAt: sql<number>`i.expires_at`.as('invitation_expires'),
      live: sql`${isLive(account.now)}`.mapWith(Boolean).as('invitation_live'),
      used: sql`i.used_by is not null`.mapWith(Boolean).as('invitation_used'),
    })
    .from(sql`${bookingInvitations} i`)
    .where(sql`i.slot_id = ${slotId} and i.family_id = ${familyId} and i.ended_at is null`)
    .orderBy(desc(sql`i.id`))
    .limit(50)

/** Guards that a family may invite one more to a booking's time. */
function mayInvite(account: Account, booking: BookingRow): Statement[] {
  const { id, slotId, familyId } = booking
  const { now } = account
  return [
    must(
      account,
      sql`exists (select 1 from bookings b join appointment_slots s on s.id = b.slot_id join appointments a on a.id = s.appointment_id where b.id = ${id} and b.state in ('requested','booked') and s.starts_at > ${now} and a.sharing = 'invite')`,
      'cannot-invite',
    ),
    must(account, sql`${hostOf(slotId)} = ${familyId}`, 'cannot-invite'),
    must(
      account,
      sql`(select count(*) from ${inSlot(slotId)}) + ${keptFor(slotId, now)} < (select max_students from appointment_slots where id = ${slotId})`,
      'no-place-left',
    ),
    must(
      account,
      sql`(select count(*) from booking_invitations i where i.family_id = ${familyId} and i.created_at > ${now - 86_400_000}) < ${mostADay}`,
      'wait',
    ),
  ]
}

/**
 * The family that booked a time invites another one, by mail or with a link to hand on: a place is kept until it is
 * used, taken back or over. Whether anybody here knows the address makes no difference to anything that is answered.
 * @param wish.address none for a link
 * @param wish.reads the language of whoever invites, for an address that no log-in has
 * @returns the address that it opens; it stays nowhere but as a hash
 * @throws NotFound; Refusal 'cannot-invite', 'no-place-left', 'wait'
 */
export async function inviteTo(
  account: Account,
  guardian: Guardian,
  wish: { bookingId: number; address: string | null; reads?: Language },
  answer: Answer,
): Promise<string> {
  const booking = await bookingFor(account, guardian.family.id, wish.bookingId)
  const token = newLinkToken()
  const url = `${account.origin}${paths.portal(account.slug).invited(token)}`
  const { address } = wish
  const { now, db } = account
  const expiresAt = Math.min(now + span, booking.startsAt)
  const lastDay = today(expiresAt - 1, zoneAt(account, booking.locationId))
  await commit(
    account,
    [
      ...mayInvite(account, booking),
      db.insert(bookingInvitations).values({
        bookingId: booking.id,
        slotId: booking.slotId,
        familyId: booking.familyId,
        guardian: guardian.name,
        address,
        tokenHash: await hashToken(token),
        createdAt: now,
        expiresAt,
      }),
      ...audit(
        account,
        'invite to appointment',
        `invited ${address ?? 'whoever has a link'} to ${saySlot(booking)}`,
        subjectsOf(booking, booking.id),
        { after: { invitation: address ?? 'link', until: lastDay } },
      ),
      ...(address
        ? [
            notify(account, {
              familyId: null,
              address,
              reads: wish.reads,
              template: 'appointment-invitation',
              values: {
                guardian_name: guardian.name,
                appointment: () => saySlot(booking),
                last_day: () => sayDate(lastDay, { weekday: true }),
                link_url: url,
              },
            }),
          ]
        : []),
    ],
    answer,
  )
  return url
}

/** Takes an invitation back: its link opens nothing any more, and its place is free. @throws NotFound; Refusal 'already-handled' */
export async function withdrawInvitation(
  account: Account,
  guardian: Guardian,
  { bookingId, invitationId }: { bookingId: number; invitationId: number },
  answer: Answer,
): Promise<void> {
  const booking = await bookingFor(account, guardian.family.id, bookingId)
  const [rows] = await read(account, [
    account.db
      .select({ address: bookingInvitations.address })
      .from(bookingInvitations)
      .where(
        sql`${bookingInvitations.id} = ${invitationId} and ${bookingInvitations.slotId} = ${booking.slotId} and ${bookingInvitations.familyId} = ${booking.familyId}`,
      ),
  ])
  const { address } = found(rows)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from booking_invitations i where i.id = ${invitationId} and i.ended_at is null and i.used_by is null)`,
        'already-handled',
      ),
      account.db
        .update(bookingInvitations)
        .set({ endedAt: account.now })
        .where(eq(bookingInvitations.id, invitationId)),
      ...audit(
        account,
        'withdraw invitation',
        `took the invitation of ${address ?? 'whoever has a link'} to ${saySlot(booking)} back`,
        subjectsOf(booking, booking.id),
      ),
    ],
    answer,
  )
}
