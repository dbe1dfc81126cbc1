import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type About, type Deed, type EntryRow, type Fact, type Kind, look } from '../activity/kind'
import { sayDate } from '../clock'
import { Refusal, read } from '../database'
import { money } from '../money'
import { bookings } from '../schema/appointments'
import { endBooking, mustBe, subjectsOf } from './booking'
import { chargeBooking } from './charges'
import { hostLeaves, lowerOthers, mustBeSoMany } from './company'
import { approveMove, denyMove } from './moves'
import { askedOf } from './prices'
import { bookingQuery, openSlotsQuery, saySlot, sayTimeOf } from './slots'

interface Told {
  appointmentId: number
  service: string
  staffName: string
  onDate: string
  startTime: string
  movedFrom?: string
  invitedBy?: string
  wasBooked?: boolean
  /** Paid with a punch pass. */
  punch?: boolean
  /** What approving a move charges for the time that is given up. */
  feeCents?: number
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

const states = {
  held: 'Held during checkout',
  requested: 'Asked for, waits for a decision',
  booked: 'Booked',
  done: 'Took place',
  no_show: 'Nobody came',
  cancelled: 'Canceled',
  denied: 'Denied',
} as const

async function bookingOf(account: Account, entry: EntryRow) {
  const [[booking]] = await read(account, [bookingQuery(account).where(eq(bookings.id, entry.subjectId ?? 0))])
  if (!booking) throw new Refusal('already-handled')
  return booking
}

async function approve(account: Account, entry: EntryRow): Promise<Deed> {
  const booking = await bookingOf(account, entry)
  const name = booking.studentName ?? booking.familyName
  const others = await lowerOthers(account, booking.slotId, booking.come + 1)
  return {
    statements: [
      mustBe(account, booking.id, ['requested']),
      ...mustBeSoMany(account, booking.slotId, booking.come, booking.terms),
      account.db.update(bookings).set({ state: 'booked', decidedAt: account.now }).where(eq(bookings.id, booking.id)),
      ...chargeBooking(account, booking, askedOf(booking), booking.id),
      ...others.statements,
    ],
    summary: `approved ${saySlot(booking)} for ${name}`,
    subjects: subjectsOf(booking, booking.id),
    change: { before: { state: 'requested' }, after: { state: 'booked' } },
    notice: {
      template: 'appointment-booked',
      values: { student_name: name, appointment: () => saySlot(booking), service: booking.service },
    },
  }
}

async function deny(account: Account, entry: EntryRow): Promise<Deed> {
  const booking = await bookingOf(account, entry)
  const name = booking.studentName ?? booking.familyName
  const stayers = await hostLeaves(account, booking)
  return {
    statements: [
      mustBe(account, booking.id, ['requested']),
      endBooking(account, booking.id, 'denied'),
      ...stayers.statements,
    ],
    summary: `denied ${saySlot(booking)} for ${name}`,
    subjects: subjectsOf(booking, booking.id),
    change: { before: { state: 'requested' }, after: { state: 'denied' } },
    notice: {
      template: 'appointment-denied',
      values: { student_name: name, appointment: () => saySlot(booking), service: booking.service },
    },
  }
}

/** The booking as it is now, the one it moves if any, and how full its time is. */
function details(account: Account, { subjectId: id }: About) {
  const column = (name: string) => sql.raw(`select ${name} from bookings where id = `)
  const asks = [
    bookingQuery(account).where(eq(bookings.id, id)),
    bookingQuery(account).where(sql`${bookings.id} = (${column('moves_booking_id')}${id})`),
    openSlotsQuery(account, sql`appointment_slots.id = (${column('slot_id')}${id})`),
  ] as const
  return look(asks, (_entry, [[booking], [old], [slot]]) => {
    if (!booking) return { facts: [{ label: 'Booking', text: 'It is not there any more.' }] }
    const facts: Fact[] = [
      { label: 'Appointment', text: saySlot(booking) },
      { label: 'State', text: states[booking.state] },
    ]
    if (old) facts.push({ label: 'Instead of', text: `${sayTimeOf(old)}: ${states[old.state].toLowerCase()}` })
    if (slot) facts.push({ label: 'Places', text: `${slot.taken} of ${slot.places} taken at that time` })
    if (slot?.closed) facts.push({ label: 'Day', text: 'This is a blackout date now.', tone: 'amber' })
    if (booking.startsAt <= account.now) facts.push({ label: 'Time', text: 'This time has passed.', tone: 'amber' })
    const punched = booking.passTitle ?? old?.passTitle
    if (punched) facts.push({ label: 'Paid with', text: `a punch of ${punched}` })
    if (booking.feeCents) facts.push({ label: 'Cancellation fee', text: money(booking.feeCents) })
    // What approving charges; a move takes the charge of the booking along.
    const { cents, steps } = askedOf(booking)
    const goesOn = old?.state === 'booked' && old.chargedCents === cents
    const { moveFeeCents } = booking
    const asked: Fact[] = [
      ...(cents > 0 && !goesOn
        ? [
            { label: 'Charge', text: `${money(cents)}, due on ${sayDate(booking.onDate)}` },
            ...(booking.terms ? [{ label: 'Why this amount', text: steps.join(' ') }] : []),
          ]
        : []),
      ...(moveFeeCents
        ? [
            {
              label: 'Cancellation fee',
              text: `${money(moveFeeCents)}, because the old time is given up; the family was told`,
            },
          ]
        : []),
    ]
    return booking.state === 'requested' && asked.length ? { facts, money: asked } : { facts }
  })
}

/** Bookings that families make, and those that came from a move. */
export const appointmentKind: Kind = {
  icon: 'appointments',
  statuses: ['pending', 'approved'],
  permission: 'Appointments',
  dismiss: ['approved'],
  sentence(_account, entry) {
    const { movedFrom, invitedBy, punch } = told(entry)
    return {
      what: saySlot(told(entry)),
      subs: [
        ...(movedFrom ? [{ icon: 'moved' as const, text: `Moved from ${movedFrom}.` }] : []),
        ...(invitedBy ? [{ text: `Invited by ${invitedBy}.` }] : []),
        ...(punch ? [{ text: 'Paid with a punch pass.' }] : []),
      ],
    }
  },
  details,
  approve,
  deny,
}

/** Bookings and requests that families gave back. */
export const appointmentCancelledKind: Kind = {
  icon: 'canceled',
  statuses: ['notification'],
  permission: 'Appointments',
  dismiss: ['notification'],
  sentence(_account, entry) {
    return {
      what: saySlot(told(entry)),
      subs: told(entry).wasBooked ? [] : [{ text: 'It was not approved yet.' }],
    }
  },
  details,
}

/** Moves that wait for a decision, while both times are kept (OA15). */
export const appointmentRescheduleKind: Kind = {
  icon: 'moved',
  statuses: ['pending'],
  permission: 'Appointments',
  dismiss: [],
  sentence(_account, entry) {
    const { movedFrom, feeCents } = told(entry)
    return {
      what: saySlot(told(entry)),
      subs: [
        { icon: 'moved', text: `Instead of ${movedFrom}, which is kept until this is decided.` },
        ...(feeCents ? [{ text: `Moving it costs the cancellation fee of ${money(feeCents)}.` }] : []),
      ],
    }
  },
  details,
  approve: approveMove,
  deny: denyMove,
}
