import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { closeAbout, log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, type Statement } from '../database'
import { NotFound } from '../http'
import { notify } from '../messages/notices'
import { appointmentPoliciesAccepted, policiesAccepted } from '../policies/gate'
import { bookings } from '../schema/appointments'
import { bookingFor, endBooking, mustStay, slotFor, subjectsOf } from './booking'
import { chargeBooking, endCharge, feeOf } from './charges'
import { hostLeaves, lowerOthers, mustBeSoMany } from './company'
import { mustFit } from './fit'
import { type Invitation, spendInvitation } from './invitation'
import { takePlace } from './places'
import { priceOf, termsOf } from './prices'
import { mustHavePunchFor, payingPass, sayPunchBack, spendPunch } from './punches'
import { particularsOf, saySlot } from './slots'

/** The entry of a booking: waiting for a decision, or approved by itself. */
export function bookingEntry(
  account: Account,
  row: Parameters<typeof particularsOf>[0] & { locationId: number; familyId: number; studentId: number | null },
  bookingId: Parameters<typeof log>[1]['subjectId'],
  status: 'pending' | 'approved',
  more: { notes?: string | null; movedFrom?: string; invitedBy?: string; punch?: boolean } = {},
): Statement {
  const { notes, movedFrom, invitedBy, punch } = more
  return log(account, {
    kind: 'appointment',
    status,
    familyId: row.familyId,
    studentId: row.studentId,
    locationId: row.locationId,
    subject: 'booking',
    subjectId: bookingId,
    particulars: {
      ...particularsOf(row),
      ...(movedFrom ? { movedFrom } : {}),
      ...(invitedBy ? { invitedBy } : {}),
      ...(punch ? { punch } : {}),
    },
    notes,
  })
}

/**
 * A family books a time for a child: at once where appointments approve themselves, else as a request that holds its
 * place (A9). The place goes to one of two hands.
 * @param wish.invitation lets in who was invited to a time that another family has; it is used up
 * @param wish.shownCents the price that was on the page: nobody is charged more
 * @param wish.passId the punch pass that pays instead of money (A7)
 * @throws NotFound; Refusal with the reason why the child does not fit; 'pass-gone', 'price-changed', 'slot-taken', 'slot-past', 'slot-closed', 'policy-open', 'already-booked',
 *   'not-invited', 'places-kept', 'link-over', 'family-suspended', 'switched-off'
 */
export async function bookAppointment(
  account: Account,
  guardian: Guardian,
  wish: {
    slotId: number
    studentId: number
    notes?: string | null
    shownCents?: number
    invitation?: Invitation
    passId?: number | null
  },
  answer: Answer,
): Promise<'booked' | 'requested'> {
  const { family } = guardian
  const { invitation } = wish
  const child = guardian.students.find(({ id }) => id === wish.studentId)
  if (!child) throw new NotFound()
  if (family.state !== 'open') throw new Refusal('family-suspended')
  const [slot, pass] = await Promise.all([slotFor(account, wish.slotId), payingPass(account, family.id, wish.passId)])
  const state = account.settings['appointment.auto_approve'] ? 'booked' : 'requested'
  const bookingId = newest(bookings)
  const price = priceOf(slot)
  const terms = termsOf(slot)
  if (pass && price.cents <= 0) throw new Refusal('nothing-due')
  if (wish.shownCents !== undefined && price.cents > wish.shownCents) throw new Refusal('price-changed')
  const others = state === 'booked' ? await lowerOthers(account, slot.id, slot.come + 1) : undefined
  const row = { ...slot, familyId: family.id, studentId: child.id, passId: pass?.id }
  const paying = { time: slot, familyId: family.id, studentId: child.id }
  const name = `${child.firstName} ${child.lastName}`
  const what = saySlot(slot)
  await commit(
    account,
    [
      must(account, policiesAccepted(family.id, child.id), 'policy-open'),
      must(account, appointmentPoliciesAccepted(family.id), 'policy-open'),
      ...mustFit(account, slot.id, child.id),
      ...(pass ? [mustHavePunchFor(account, pass.id, paying)] : []),
      ...mustBeSoMany(account, slot.id, slot.come, terms),
      ...takePlace(account, slot, {
        familyId: family.id,
        studentId: child.id,
        state,
        notes: wish.notes?.trim() || null,
        cents: pass ? 0 : price.cents,
        terms: pass ? null : terms,
        invitedBy: invitation?.bookingId ?? null,
      }),
      ...(invitation ? spendInvitation(account, invitation, slot) : []),
      ...(pass
        ? [spendPunch(account, pass.id, bookingId)]
        : state === 'booked'
          ? chargeBooking(account, row, price, bookingId)
          : []),
      ...(others?.statements ?? []),
      bookingEntry(account, row, bookingId, state === 'booked' ? 'approved' : 'pending', {
        notes: wish.notes,
        invitedBy: invitation?.guardian,
        punch: pass !== undefined,
      }),
      ...audit(
        account,
        'book',
        `${state === 'booked' ? 'booked' : 'asked for'} ${what} for ${name}${pass ? ` with a punch of ${pass.title}` : ''}`,
        subjectsOf(row, bookingId),
      ),
      notify(account, {
        familyId: family.id,
        template: state === 'booked' ? 'appointment-booked' : 'appointment-requested',
        values: { student_name: name, appointment: () => saySlot(slot), service: slot.service },
      }),
    ],
    answer,
  )
  return state
}

/** Withdraws a move that still waits, and its entry, because the booking it would move ends or moves otherwise. */
export function withdrawMove(account: Account, bookingId: number): Statement[] {
  const waiting = sql`(select id from ${bookings} where ${bookings.movesBookingId} = ${bookingId} and ${bookings.state} = 'requested')`
  return [
    closeAbout(account, 'booking', waiting as never, 'withdrawn'),
    account.db
      .update(bookings)
      .set({ state: 'cancelled', decidedAt: account.now })
      .where(and(eq(bookings.movesBookingId, bookingId), eq(bookings.state, 'requested'))),
  ]
}

/**
 * A family gives a booking or a request back: its open entry leaves the window and a notification comes. Giving back a
 * move that still waits leaves the booking as it is and tells nobody but the audit log. Its charge is taken back but for
 * the cancellation fee; what was paid of it becomes credit.
 * @throws NotFound; Refusal 'already-handled', 'slot-past'
 */
export async function cancelBooking(account: Account, guardian: Guardian, id: number, answer: Answer): Promise<void> {
  const booking = await bookingFor(account, guardian.family.id, id)
  if (booking.startsAt <= account.now) throw new Refusal('slot-past')
  const what = saySlot(booking)
  const isMove = booking.movesBookingId !== null && booking.state === 'requested'
  const original = isMove ? await bookingFor(account, guardian.family.id, booking.movesBookingId ?? 0) : undefined
  const name = booking.studentName ?? guardian.family.name
  const feeCents = feeOf(account.settings, booking)
  const { statements } = await endCharge(account, booking, feeCents)
  const stayers = isMove ? [] : (await hostLeaves(account, booking)).statements
  await commit(
    account,
    [
      mustStay(account, booking),
      ...withdrawMove(account, id),
      endBooking(account, id, 'cancelled'),
      ...statements,
      ...stayers,
      closeAbout(account, 'booking', id, 'withdrawn'),
      ...(isMove
        ? original?.state === 'requested'
          ? [
              mustStay(account, original),
              bookingEntry(account, original, original.id, 'pending', { notes: original.notes }),
            ]
          : []
        : [
            log(account, {
              kind: 'appointment_cancelled',
              status: 'notification',
              familyId: booking.familyId,
              studentId: booking.studentId,
              locationId: booking.locationId,
              subject: 'booking',
              subjectId: id,
              particulars: { ...particularsOf(booking), wasBooked: booking.state === 'booked' },
            }),
          ]),
      ...audit(
        account,
        'cancel booking',
        isMove ? `withdrew the move of ${name} to ${what}` : `canceled ${what} of ${name}${sayPunchBack(booking)}`,
        subjectsOf(booking, id),
        { before: { state: booking.state }, ...(feeCents ? { after: { feeCents } } : {}) },
      ),
      notify(account, {
        familyId: booking.familyId,
        ...(isMove
          ? { template: 'appointment-move-withdrawn', values: { student_name: name, service: booking.service } }
          : {
              template: 'appointment-canceled',
              values: { student_name: name, appointment: () => saySlot(booking), service: booking.service },
            }),
      }),
    ],
    answer,
  )
}
