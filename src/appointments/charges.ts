import { eq, type SQL } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { newest, type Statement } from '../database'
import { type ChargeLine, postCharge } from '../ledger/charges'
import { takeBack } from '../ledger/voids'
import { money } from '../money'
import { bookings } from '../schema/appointments'
import { charges } from '../schema/charges'
import type { Settings } from '../settings'
import type { Price } from './prices'
import { type BookingRow, type SlotRow, saySlot, sayTimeOf } from './slots'

/** Category 5 is Appointments (migration 0004). */
const appointmentCategory = 5

type Ref = number | SQL<number>

type Chargeable = Pick<SlotRow, 'service' | 'staffName' | 'onDate' | 'startTime' | 'locationId' | 'programId'> & {
  familyId: number
  studentId: number | null
}

/** The charge of a booking, due on its day, in the batch that books it. What is free has none. */
export const chargeBooking = (account: Account, row: Chargeable, { cents, steps }: Price, bookingId: Ref) =>
  post(account, row, bookingId, { kind: 'appointment', cents, steps })

/** @param feeFor how the title says what a fee is for */
function post(
  account: Account,
  row: Chargeable,
  bookingId: Ref,
  line: Pick<ChargeLine, 'kind' | 'cents' | 'steps'>,
  feeFor?: string,
): Statement[] {
  if (line.cents <= 0) return []
  const { familyId, studentId, locationId, programId, onDate } = row
  const on = todayAt(account, locationId)
  return [
    ...postCharge(account, {
      familyId,
      locationId,
      kind: 'appointment',
      title: `${feeFor ? `${feeFor}: ` : ''}${saySlot(row)}`,
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

/**
 * Lets a booking go on with the charge of the one it replaces. One that was never charged is charged now; a time that
 * costs less lowers the charge, one that costs more takes it back for a new one, and what was paid becomes credit.
 */
export async function passChargeOn(
  account: Account,
  old: BookingRow,
  next: Chargeable,
  price: Price,
  nextId: Ref,
): Promise<Statement[]> {
  if (old.chargeId === null) return chargeBooking(account, next, price, nextId)
  const { db } = account
  const charged = old.chargedCents ?? 0
  const why = `Moved to ${sayTimeOf(next)}: ${money(price.cents)}.`
  if (price.cents > charged) {
    const { statements } = await takeBack(account, old.chargeId, { cents: 0, why, memo: 'moved' })
    return [...statements, ...chargeBooking(account, next, price, nextId)]
  }
  const { statements } =
    price.cents < charged
      ? await takeBack(account, old.chargeId, { cents: price.cents, why, kind: 'appointment', memo: 'moved' })
      : { statements: [] }
  return [
    ...statements,
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

/** What moving a booking costs, in cents: what canceling it does, where the business asks for that (A9). */
export const moveFeeOf = (settings: Settings, booking: Pick<BookingRow, 'state' | 'chargedCents'>): number =>
  settings['appointment.fee_on_move'] ? feeOf(settings, booking) : 0

/** Charges what moving a booking costs for the time that is given up, behind what lets its own charge go on. */
export function chargeMove(account: Account, old: BookingRow, next: Chargeable, feeCents: number): Statement[] {
  if (!feeCents) return []
  const steps = [`Moved to ${sayTimeOf(next)}; moving it costs the cancellation fee of ${money(feeCents)}.`]
  return [
    ...post(account, old, old.id, { kind: 'fee', cents: feeCents, steps }, 'Rescheduling'),
    account.db.update(bookings).set({ feeCents }).where(eq(bookings.id, old.id)),
  ]
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
  return { statements: [...post(account, booking, booking.id, fee, 'Cancellation'), kept], creditCents: 0 }
}
