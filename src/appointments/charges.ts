import { eq, type SQL } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { newest, type Statement } from '../database'
import { type ChargeLine, postCharge } from '../ledger/charges'
import { takeBack } from '../ledger/voids'
import { money } from '../money'
import { bookings } from '../schema/appointments'
import { charges } from '../schema/charges'
import type { Settings } from '../settings'
import { type BookingRow, type SlotRow, saySlot } from './slots'

/** Category 5 is Appointments (migration 0004). */
const appointmentCategory = 5

type Chargeable = Pick<SlotRow, 'service' | 'staffName' | 'onDate' | 'startTime' | 'locationId' | 'programId'> & {
  familyId: number
  studentId: number | null
}

/** The charge of a booking, due on its day, in the batch that books it. What is free has none. */
export const chargeBooking = (account: Account, row: Chargeable & { cents: number }, bookingId: number | SQL<number>) =>
  post(account, row, bookingId, {
    kind: 'appointment',
    cents: row.cents,
    steps: [`${row.service}: ${money(row.cents)}.`],
  })

function post(
  account: Account,
  row: Chargeable,
  bookingId: number | SQL<number>,
  line: Pick<ChargeLine, 'kind' | 'cents' | 'steps'>,
): Statement[] {
  if (line.cents <= 0) return []
  const { familyId, studentId, locationId, programId, onDate } = row
  const on = todayAt(account, locationId)
  return [
    ...postCharge(account, {
      familyId,
      locationId,
      kind: 'appointment',
      title: `${line.kind === 'fee' ? 'Cancellation: ' : ''}${saySlot(row)}`,
      on,
      due: onDate > on ? onDate : on,
      lines: [{ ...line, programId, categoryId: appointmentCategory, studentId }],
    }),
    account.db
      .update(bookings)
      .set({ chargeId: newest(charges) as unknown as number })
      .where(eq(bookings.id, bookingId as number)),
  ]
}

/** Lets a booking go on with the charge of the one it replaces; one that was never charged is charged now. */
export function passChargeOn(
  account: Account,
  old: BookingRow,
  next: Chargeable & { cents: number },
  nextId: number | SQL<number>,
): Statement[] {
  // What was booked before it cost anything stays free; what only waited was never charged.
  if (old.chargeId === null) return old.state === 'requested' ? chargeBooking(account, next, nextId) : []
  const { db } = account
  return [
    db.update(bookings).set({ chargeId: null }).where(eq(bookings.id, old.id)),
    db
      .update(bookings)
      .set({ chargeId: old.chargeId })
      .where(eq(bookings.id, nextId as number)),
  ]
}

/** What canceling a booking costs by the business's rule, in cents (A9): a percentage is of what was charged for it. A request costs nothing. */
export function feeOf(settings: Settings, { state, chargedCents }: Pick<BookingRow, 'state' | 'chargedCents'>): number {
  if (state !== 'booked') return 0
  const much = settings['appointment.fee']
  if (settings['appointment.fee_kind'] === 'amount') return much * 100
  return settings['appointment.fee_kind'] === 'percent'
    ? Math.round(((chargedCents ?? 0) * Math.min(100, much)) / 100)
    : 0
}

/** Takes the charge of a booking back but for the fee, in the batch that cancels it. */
export async function endCharge(account: Account, booking: BookingRow, feeCents: number) {
  const kept = account.db.update(bookings).set({ feeCents }).where(eq(bookings.id, booking.id))
  if (booking.chargeId !== null) {
    const why = feeCents ? `Canceled; the cancellation fee of ${money(feeCents)} stays.` : 'Canceled.'
    const { statements, creditCents } = await takeBack(account, booking.chargeId, { cents: feeCents, why })
    return { statements: [...statements, kept], creditCents }
  }
  const fee = { kind: 'fee' as const, cents: feeCents, steps: [`Cancellation fee: ${money(feeCents)}.`] }
  return { statements: [...post(account, booking, booking.id, fee), kept], creditCents: 0 }
}
