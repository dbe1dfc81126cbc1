import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { closeAbout } from '../activity/log'
import { audit } from '../audit/audit'
import { worksAt } from '../auth/places'
import { type Answer, commit, Refusal, read } from '../database'
import { found } from '../http'
import { notify } from '../messages/notices'
import { appointmentSlots, appointments, bookings } from '../schema/appointments'
import { endBooking, mustBe, mustStay, subjectsOf } from './booking'
import { withdrawMove } from './bookings'
import { endCharge, feeOf } from './charges'
import { hostLeaves } from './company'
import { sayPunchBack } from './punches'
import { companyQuery } from './sharing'
import { bookingQuery, mustBeFree, saySlot } from './slots'

/** A booking at one of these locations; none means all. @throws NotFound */
export async function bookingOfStaff(account: Account, id: number, locationIds: number[] = []) {
  const [rows] = await read(account, [bookingQuery(account).where(eq(bookings.id, id))])
  return found(rows.filter(row => worksAt({ locationIds }, row.locationId)))
}

/** The same with who else is in its time, for a page. @throws NotFound */
export async function bookingPageOf(account: Account, id: number, locationIds: number[]) {
  const own = (column: 'slot_id' | 'family_id') =>
    sql<number>`(select ${sql.raw(column)} from bookings where id = ${id})`
  const [rows, [company]] = await read(account, [
    bookingQuery(account).where(eq(bookings.id, id)),
    companyQuery(account, own('slot_id'), own('family_id')),
  ])
  return { booking: found(rows.filter(row => worksAt({ locationIds }, row.locationId))), company }
}

/**
 * Staff cancel a booking or a request of a family: its place is free, its entry leaves the window, and its charge is
 * taken back, but for the cancellation fee where they ask for it.
 * @throws NotFound; Refusal 'already-handled'
 */
export async function cancelForFamily(
  account: Account,
  id: number,
  wish: { withFee: boolean; locationIds?: number[] },
  answer?: Answer,
): Promise<void> {
  const booking = await bookingOfStaff(account, id, wish.locationIds)
  const feeCents = wish.withFee ? feeOf(account.settings, booking) : 0
  const { statements } = await endCharge(account, booking, feeCents)
  const stayers = await hostLeaves(account, booking)
  const name = booking.studentName ?? booking.familyName
  await commit(
    account,
    [
      mustStay(account, booking),
      ...withdrawMove(account, id),
      endBooking(account, id, 'cancelled'),
      ...statements,
      ...stayers.statements,
      closeAbout(account, 'booking', id, 'denied'),
      ...audit(
        account,
        'cancel booking',
        `canceled ${saySlot(booking)} of ${name}${sayPunchBack(booking)}`,
        subjectsOf(booking, id),
        {
          before: { state: booking.state },
          after: { state: 'cancelled', feeCents },
        },
      ),
      notify(account, {
        familyId: booking.familyId,
        template: 'appointment-canceled',
        values: { student_name: name, appointment: () => saySlot(booking), service: booking.service },
      }),
    ],
    answer,
  )
}

/** Notes that nobody came to a booking whose time has begun. The charge stays. @throws NotFound; Refusal 'already-handled', 'not-yet' */
export async function noShow(account: Account, id: number, locationIds: number[], answer?: Answer): Promise<void> {
  const booking = await bookingOfStaff(account, id, locationIds)
  if (booking.startsAt > account.now) throw new Refusal('not-yet')
  const name = booking.studentName ?? booking.familyName
  await commit(
    account,
    [
      mustBe(account, id, ['booked']),
      account.db.update(bookings).set({ state: 'no_show', decidedAt: account.now }).where(eq(bookings.id, id)),
      ...audit(account, 'no-show', `noted that ${name} did not come to ${saySlot(booking)}`, subjectsOf(booking, id), {
        before: { state: booking.state },
        after: { state: 'no_show' },
      }),
    ],
    answer,
  )
}

/**
 * Takes a time off what can be booked, or puts it back; what is booked in it stays.
 * @throws NotFound; Refusal 'instructor-busy' when the instructor has something else then by now
 */
export async function turnSlot(
  account: Account,
  id: number,
  { state, locationIds }: { state: 'open' | 'closed'; locationIds: number[] },
  answer?: Answer,
): Promise<void> {
  const [rows] = await read(account, [
    account.db
      .select({
        staffId: appointmentSlots.staffId,
        startsAt: appointmentSlots.startsAt,
        endsAt: appointmentSlots.endsAt,
        locationId: appointments.locationId,
      })
      .from(appointmentSlots)
      .innerJoin(appointments, eq(appointments.id, appointmentSlots.appointmentId))
      .where(eq(appointmentSlots.id, id)),
  ])
  const slot = found(rows.filter(row => worksAt({ locationIds }, row.locationId)))
  await commit(
    account,
    [
      ...(state === 'open' ? [mustBeFree(account, slot.staffId, [slot], id)] : []),
      account.db.update(appointmentSlots).set({ state }).where(eq(appointmentSlots.id, id)),
      ...audit(account, 'appointment', state === 'closed' ? 'closed a time' : 'opened a time again', [
        ['appointment_slot', id],
      ]),
    ],
    answer,
  )
}
