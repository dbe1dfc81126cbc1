import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Subject } from '../audit/audit'
import { must, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { appointmentSlots, bookings } from '../schema/appointments'
import { type BookingRow, bookingQuery, openSlotsQuery, type SlotRow } from './slots'

/** The records whose pages tell of a booking. */
export const subjectsOf = (
  row: { familyId: number; studentId: number | null; appointmentId: number; passId?: number | null },
  bookingId: Subject[1],
): Subject[] => [
  ['family', row.familyId],
  ['student', row.studentId],
  ['booking', bookingId],
  ['appointment', row.appointmentId],
  ['pass', row.passId],
]

/** A time that is offered. @throws NotFound; Refusal 'switched-off' when families may not book */
export async function slotFor(account: Account, slotId: number): Promise<SlotRow> {
  if (!account.settings['portal.show_appointments']) throw new Refusal('switched-off')
  const [rows] = await read(account, [openSlotsQuery(account, eq(appointmentSlots.id, slotId))])
  return found(rows)
}

/** A booking of this family. @throws NotFound */
export async function bookingFor(account: Account, familyId: number, id: number): Promise<BookingRow> {
  const [rows] = await read(account, [
    bookingQuery(account).where(and(eq(bookings.id, id), eq(bookings.familyId, familyId))),
  ])
  return found(rows)
}

/** Guards that a booking is still in one of these states. */
export function mustBe(account: Account, id: number, states: ('requested' | 'booked')[]): Statement {
  const listed = sql.join(
    states.map(state => sql`${state}`),
    sql`, `,
  )
  return must(
    account,
    sql`exists (select 1 from ${bookings} where ${bookings.id} = ${id} and ${bookings.state} in (${listed}))`,
    'already-handled',
  )
}

/** Guards that a booking is as it was read, and not over: what its batch does about its entry and its charge was reckoned by that. */
export const mustStay = (account: Account, { id, state }: Pick<BookingRow, 'id' | 'state'>): Statement =>
  mustBe(account, id, [state === 'booked' ? 'booked' : 'requested'])

/** Ends a booking in the batch of whatever ends it; its place is free at once. */
export const endBooking = (account: Account, id: number | ReturnType<typeof sql>, state: 'cancelled' | 'denied') =>
  account.db
    .update(bookings)
    .set({ state, decidedAt: account.now })
    .where(eq(bookings.id, id as number))
