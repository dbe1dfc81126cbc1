import { eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { passesQuery } from '../passes/passes'
import { mustHavePunch, mustStayGood, passesThatPay, type Spending } from '../passes/punches'
import { bookingPunches, passes } from '../schema/passes'
import type { BookingRow, SlotRow } from './slots'

type Ref = number | SQL<number>
type Time = Pick<SlotRow, 'locationId' | 'programId' | 'serviceId' | 'onDate'>

const spendingOf = (account: Account, time: Time, familyId: number, studentId?: number): Spending => ({
  familyId,
  studentId,
  use: 'appointments',
  programId: time.programId,
  serviceId: time.serviceId,
  onDate: time.onDate,
  day: todayAt(account, time.locationId),
})

/**
 * The pass that a family wants to pay with; none where it names none. Whether it is good for the time and the child is
 * guarded in the batch.
 * @throws NotFound; Refusal 'switched-off' where families do not use their passes by themselves
 */
export async function payingPass(account: Account, familyId: number, passId?: number | null) {
  if (!passId) return
  const { settings } = account
  if (!settings['pass.show'] || !settings['pass.portal_redeem']) throw new Refusal('switched-off')
  const own = sql`${passes.id} = ${passId} and ${passes.familyId} = ${familyId}`
  const [rows] = await read(account, [passesQuery(account, own)])
  return found(rows)
}

/** "; the punch of Ten lessons is back", where a booking that ends was paid with one. */
export const sayPunchBack = ({ passTitle }: Pick<BookingRow, 'passTitle'>): string =>
  passTitle === null ? '' : `; the punch of ${passTitle} is back`

/** Guards that a pass has a punch for a time, ahead of what books it. */
export const mustHavePunchFor = (
  account: Account,
  passId: number,
  { time, familyId, studentId }: { time: Time; familyId: number; studentId: number },
): Statement => mustHavePunch(account, passId, spendingOf(account, time, familyId, studentId))

/** Pays a booking with a punch, in the batch and behind the booking; whatever ends it gives the punch back (A7). */
export const spendPunch = (account: Account, passId: number, bookingId: Ref): Statement =>
  account.db
    .insert(bookingPunches)
    .values({ passId, bookingId: bookingId as number, at: account.now, who: account.actor.name })

/** Guards that the pass that paid a booking is good for the time it is to move to. */
export const mustKeepPunch = (account: Account, old: BookingRow, time: Time): Statement[] =>
  old.passId === null ? [] : [mustStayGood(account, old.passId, spendingOf(account, time, old.familyId))]

/** Lets the booking that replaces another one have its punch, before the other one ends and would give it back. */
export const passPunchOn = ({ db }: Account, old: BookingRow, nextId: Ref): Statement[] =>
  old.passId === null
    ? []
    : [
        db
          .update(bookingPunches)
          .set({ bookingId: nextId as number })
          .where(eq(bookingPunches.bookingId, old.id)),
      ]

/** The passes that can pay a time, for a page that knows the time and the family by SQL alone. */
export function passesForSlot(account: Account, slotId: Ref, familyId: Ref, studentId?: number) {
  const of = <T>(column: string) =>
    sql<T>`(select ${sql.raw(column)} from appointment_slots s join appointments a on a.id = s.appointment_id where s.id = ${slotId})`
  return passesThatPay(account, {
    familyId,
    studentId,
    use: 'appointments',
    programId: of('a.program_id'),
    serviceId: of('a.service_id'),
    onDate: of('s.on_date'),
    day: todayAt(account),
  })
}
