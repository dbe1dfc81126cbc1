import { and, eq, lt, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { appointmentSlots, bookings, holdsPlace } from '../schema/appointments'
import { mustNotBeBlackedOut } from './closures'
import type { Terms } from './prices'
import { mayJoin } from './sharing'
import type { SlotRow } from './slots'

/**
 * Takes a free place in a slot that the family may book, or that it was invited to: holds that ran out go first, then the guards, then the row. The places are numbered,
 * so behind the guards stands a unique index. Inside the batch its id is newest(bookings).
 */
export function takePlace(
  account: Account,
  slot: SlotRow,
  {
    terms,
    ...booking
  }: Pick<
    typeof bookings.$inferInsert,
    'familyId' | 'studentId' | 'state' | 'movesBookingId' | 'moveFeeCents' | 'notes' | 'cents' | 'invitedBy'
  > & {
    terms: Terms | null
  },
): Statement[] {
  const { db, now } = account
  const numbers = JSON.stringify(Array.from({ length: slot.places }, (_, place) => place + 1))
  const inSlot = sql`${bookings.slotId} = ${slot.id} and ${holdsPlace(bookings.state)}`
  const free = sql`(select min(value) from json_each(${numbers}) where value not in (select ${bookings.place} from ${bookings} where ${inSlot}))`
  const open = sql`exists (select 1 from ${appointmentSlots} where ${appointmentSlots.id} = ${slot.id} and ${appointmentSlots.state} = 'open' and ${appointmentSlots.startsAt} > ${now})`
  const twice = sql`exists (select 1 from ${bookings} where ${inSlot} and ${bookings.studentId} = ${booking.studentId ?? -1})`
  return [
    db
      .delete(bookings)
      .where(and(eq(bookings.slotId, slot.id), eq(bookings.state, 'held'), lt(bookings.expiresAt, now + 1))),
    must(account, open, 'slot-past'),
    mustNotBeBlackedOut(account, slot.id),
    must(account, sql`not ${twice}`, 'already-booked'),
    must(account, sql`${free} is not null`, 'slot-taken'),
    ...(booking.invitedBy ? [] : mayJoin(account, slot, booking.familyId)),
    db.insert(bookings).values({
      slotId: slot.id,
      place: free as unknown as number,
      createdAt: now,
      ...booking,
      terms: terms && JSON.stringify(terms),
    }),
  ]
}
