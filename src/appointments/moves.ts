import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Deed, EntryRow } from '../activity/kind'
import { closeAbout, log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, read } from '../database'
import { NotFound } from '../http'
import { notify } from '../messages/notices'
import { money } from '../money'
import { bookings } from '../schema/appointments'
import { bookingFor, endBooking, mustBe, mustStay, slotFor, subjectsOf } from './booking'
import { bookingEntry, withdrawMove } from './bookings'
import { chargeMove, moveFeeOf, passChargeOn } from './charges'
import { hostLeaves, lowerOthers, mustBeSoMany } from './company'
import { mustFit } from './fit'
import { takePlace } from './places'
import { askedOf, movedPrice } from './prices'
import { mustKeepPunch, passPunchOn } from './punches'
import { bookingQuery, particularsOf, saySlot, sayTimeOf } from './slots'

/**
 * A family moves a booking to another time of the same service (OA15). Where appointments approve themselves the move
 * happens: the old booking goes with its entry, and a new Appointment entry comes. Otherwise one reschedule request
 * waits, the new time is held, and the old one stays until it is decided; the entry of an original that still waited is
 * replaced by the request.
 * What it costs goes along, with the difference that the two times make, and so does a punch that paid it. Where the
 * business asks the cancellation fee of a move too, it is what the page said (A9).
 * @param wish.shownFeeCents the fee that was on the page: nobody is charged more
 * @throws NotFound; Refusal with the reason why the student does not fit; 'price-changed', 'pass-gone', 'same-time', 'move-open', 'slot-taken', 'slot-past', 'already-handled', 'switched-off'
 */
export async function reschedule(
  account: Account,
  guardian: Guardian,
  wish: { bookingId: number; slotId: number; notes?: string | null; shownFeeCents?: number },
  answer: Answer,
): Promise<'moved' | 'requested'> {
  const { family } = guardian
  const [old, slot] = await Promise.all([bookingFor(account, family.id, wish.bookingId), slotFor(account, wish.slotId)])
  if (slot.serviceId !== old.serviceId) throw new NotFound()
  if (slot.id === old.slotId) throw new Refusal('same-time')
  if (old.startsAt <= account.now) throw new Refusal('slot-past')
  if (family.state !== 'open') throw new Refusal('family-suspended')
  const feeCents = moveFeeOf(account.settings, old)
  if (wish.shownFeeCents !== undefined && feeCents > wish.shownFeeCents) throw new Refusal('price-changed')
  const atOnce = account.settings['appointment.auto_approve']
  const price = movedPrice(old, slot)
  const bookingId = newest(bookings)
  const row = { ...slot, familyId: family.id, studentId: old.studentId, passId: old.passId }
  const [from, to] = [sayTimeOf(old), sayTimeOf(slot)]
  const name = old.studentName ?? family.name
  const named = { student_name: name, service: old.service, old_time: () => sayTimeOf(old) }
  const open = sql`exists (select 1 from ${bookings} where ${bookings.movesBookingId} = ${old.id} and ${bookings.state} = 'requested')`
  const [charge, others, stayers] = atOnce
    ? await Promise.all([
        passChargeOn(account, old, row, price, bookingId),
        lowerOthers(account, slot.id, slot.come + 1),
        hostLeaves(account, old),
      ])
    : [[], { statements: [] }, { statements: [] }]
  const subjects = [...subjectsOf(row, bookingId), ['booking', old.id] as [string, number]]
  await commit(
    account,
    [
      mustStay(account, old),
      // A request that itself waits to move something is withdrawn, not moved on.
      must(
        account,
        sql`not exists (select 1 from ${bookings} where ${bookings.id} = ${old.id} and ${bookings.movesBookingId} is not null and ${bookings.state} = 'requested')`,
        'move-open',
      ),
      ...(atOnce ? withdrawMove(account, old.id) : [must(account, sql`not ${open}`, 'move-open')]),
      ...mustFit(account, slot.id, old.studentId),
      ...mustKeepPunch(account, old, slot),
      ...mustBeSoMany(account, slot.id, slot.come, price.terms),
      ...takePlace(account, slot, {
        familyId: family.id,
        studentId: old.studentId,
        state: atOnce ? 'booked' : 'requested',
        movesBookingId: old.id,
        moveFeeCents: atOnce ? 0 : feeCents,
        notes: wish.notes?.trim() || null,
        cents: price.cents,
        terms: price.terms,
      }),
      // An entry that waits would ask twice about one thing; an approved one goes when the move is approved.
      ...(atOnce || old.state === 'requested' ? [closeAbout(account, 'booking', old.id, 'replaced')] : []),
      ...(atOnce
        ? [
            ...passPunchOn(account, old, bookingId),
            endBooking(account, old.id, 'cancelled'),
            ...charge,
            ...chargeMove(account, old, row, feeCents),
            ...others.statements,
            ...stayers.statements,
            bookingEntry(account, row, bookingId, 'approved', {
              notes: wish.notes,
              movedFrom: from,
              punch: old.passId !== null,
            }),
          ]
        : [
            log(account, {
              kind: 'appointment_reschedule',
              status: 'pending',
              familyId: family.id,
              studentId: old.studentId,
              locationId: slot.locationId,
              subject: 'booking',
              subjectId: bookingId,
              particulars: { ...particularsOf(slot), movedFrom: from, ...(feeCents ? { feeCents } : {}) },
              notes: wish.notes,
            }),
          ]),
      ...audit(
        account,
        atOnce ? 'reschedule' : 'request reschedule',
        `${atOnce ? 'moved' : 'asked to move'} ${old.service} of ${name} from ${from} to ${to}${sayFee(feeCents)}`,
        subjects,
        feeCents ? { after: { feeCents } } : {},
      ),
      notify(account, {
        familyId: family.id,
        ...(atOnce
          ? { template: 'appointment-moved', values: { ...named, appointment: () => saySlot(slot) } }
          : { template: 'appointment-move-requested', values: { ...named, new_time: () => sayTimeOf(slot) } }),
      }),
    ],
    answer,
  )
  return atOnce ? 'moved' : 'requested'
}

const sayFee = (cents: number) => (cents ? `, for the cancellation fee of ${money(cents)}` : '')

/** The new booking that an entry asks for, and the one it would move. @throws Refusal when they are gone */
async function bothOf(account: Account, entry: EntryRow) {
  const id = entry.subjectId ?? 0
  const moved = sql`(select ${bookings.movesBookingId} from ${bookings} where ${bookings.id} = ${id})`
  const [[next], [old]] = await read(account, [
    bookingQuery(account).where(eq(bookings.id, id)),
    bookingQuery(account).where(sql`${bookings.id} = ${moved}`),
  ])
  if (!next || !old) throw new Refusal('already-handled')
  return { next, old }
}

/** Approving a move does what would have happened by itself: the old booking goes, a new Appointment entry comes, and it costs what the family was told. */
export async function approveMove(account: Account, entry: EntryRow): Promise<Deed> {
  const { next, old } = await bothOf(account, entry)
  const [from, to] = [sayTimeOf(old), sayTimeOf(next)]
  const price = next.askedCents === null ? movedPrice(old, next) : askedOf(next)
  const charge = await passChargeOn(account, old, next, price, next.id)
  const others = await lowerOthers(account, next.slotId, next.come + 1)
  const stayers = await hostLeaves(account, old)
  return {
    statements: [
      mustBe(account, next.id, ['requested']),
      mustStay(account, old),
      ...mustBeSoMany(account, next.slotId, next.come, next.terms),
      ...passPunchOn(account, old, next.id),
      endBooking(account, old.id, 'cancelled'),
      account.db.update(bookings).set({ state: 'booked', decidedAt: account.now }).where(eq(bookings.id, next.id)),
      ...charge,
      ...chargeMove(account, old, next, next.moveFeeCents),
      ...others.statements,
      ...stayers.statements,
      closeAbout(account, 'booking', old.id, 'replaced'),
      bookingEntry(account, next, next.id, 'approved', { movedFrom: from, punch: old.passId !== null }),
    ],
    summary: `approved moving ${next.service} of ${next.studentName ?? next.familyName} from ${from} to ${to}${sayFee(next.moveFeeCents)}`,
    subjects: [...subjectsOf({ ...next, passId: old.passId }, next.id), ['booking', old.id]],
    change: {
      before: { time: from },
      after: { time: to, ...(next.moveFeeCents ? { feeCents: next.moveFeeCents } : {}) },
    },
    notice: {
      template: 'appointment-moved',
      values: {
        student_name: next.studentName ?? next.familyName,
        appointment: () => saySlot(next),
        service: next.service,
        old_time: () => sayTimeOf(old),
      },
    },
  }
}

/** Denying a move leaves the old booking as it is; an original that still waits for a decision comes back into the window. */
export async function denyMove(account: Account, entry: EntryRow): Promise<Deed> {
  const { next, old } = await bothOf(account, entry)
  const [from, to] = [sayTimeOf(old), sayTimeOf(next)]
  return {
    statements: [
      mustBe(account, next.id, ['requested']),
      endBooking(account, next.id, 'denied'),
      ...(old.state === 'requested'
        ? [mustStay(account, old), bookingEntry(account, old, old.id, 'pending', { notes: old.notes })]
        : []),
    ],
    summary: `denied moving ${next.service} of ${next.studentName ?? next.familyName} from ${from} to ${to}`,
    subjects: [...subjectsOf(next, next.id), ['booking', old.id]],
    change: { before: { asked: to }, after: { time: from } },
    notice: {
      template: 'appointment-move-denied',
      values: {
        student_name: next.studentName ?? next.familyName,
        service: next.service,
        old_time: () => sayTimeOf(old),
        new_time: () => sayTimeOf(next),
      },
    },
  }
}
