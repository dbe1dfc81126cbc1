import { and, desc, eq, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { CancelPage, MovePage } from '../../views/portal/change-appointment'
import { MinePage } from '../../views/portal/my-appointments'
import type { Errors } from '../../views/ui/form'
import { sayDate, sayTime } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, sentenceOf } from '../doors'
import { id, note, parse, typedIn } from '../forms'
import { drawn, found, idIn, leadTo, show } from '../http'
import { t } from '../language'
import { money, price } from '../money'
import * as paths from '../paths'
import { appointmentSlots, appointments, bookings } from '../schema/appointments'
import { shown } from './amounts'
import { cancelBooking } from './bookings'
import { feeOf, moveFeeOf } from './charges'
import { misfitsOn } from './criteria'
import { reschedule } from './moves'
import { askedOf, movedPrice } from './prices'
import { companyQuery, leavesOthers } from './sharing'
import { type BookingRow, bookable, bookingQuery, hasPlace, sayTimeOf } from './slots'

/** A family's appointments: what it has, moving it, giving it back (CP1, OA15). */
export const myAppointmentsDoor = customerDoor()

myAppointmentsDoor.use('/account/appointments/*', fullAccess)

const day = 86_400_000
/** How long what is over stays on the page. */
const pastDays = 90
/** How far ahead another time can be chosen. */
const daysAhead = 60

const told = new Map([
  ['booked', 'Booked. A mail with the time is on its way.'],
  ['requested', 'We have your request. The time is kept for you, and a mail tells you how it goes on.'],
  ['canceled', 'Canceled.'],
  ['moved', 'Moved to the new time.'],
  ['asked', 'We have your request. Both times are kept until we answer.'],
])

myAppointmentsDoor.get('/account/appointments', async c => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const [rows] = await read(account, [
    bookingQuery(account)
      .where(
        and(eq(bookings.familyId, guardian.family.id), gt(appointmentSlots.startsAt, account.now - pastDays * day)),
      )
      .orderBy(desc(appointmentSlots.startsAt), desc(bookings.id))
      .limit(100),
  ])
  const done = told.get(c.req.query('done') ?? '')
  const mine = rows.filter(({ state }) => state !== 'held')
  const isComing = (row: BookingRow) => row.startsAt > account.now && ['requested', 'booked'].includes(row.state)
  const full = guardian.access === 'full'
  const on = account.settings['portal.show_appointments']
  return show(
    c,
    <MinePage
      shell={c.get('shell')}
      done={done && t(done)}
      mayBook={on}
      coming={mine
        .filter(isComing)
        .reverse()
        .map(row => ({
          ...lineOf(row, rows),
          may: {
            cancel: full,
            invite: full && row.sharing === 'invite' && row.hostFamilyId === row.familyId,
            // A request that itself waits to move something is withdrawn, not moved on.
            move: full && on && (row.state === 'booked' || row.movesBookingId === null),
          },
        }))}
      past={mine.filter(row => !isComing(row)).map(row => lineOf(row, rows))}
    />,
  )
})

function lineOf(row: BookingRow, rows: BookingRow[]) {
  const cents = costOf(row, rows)
  return {
    id: row.id,
    what: row.service,
    about: [row.studentName, t('with {name}', { name: row.staffName })].filter(Boolean).join(', '),
    when: `${sayDate(row.onDate, { weekday: true, year: true })}, ${sayTime(row.startTime)} – ${sayTime(row.endTime)}`,
    state: row.state === 'requested' && row.movesBookingId !== null ? ('moving' as const) : row.state,
    price: cents ? price(cents) : undefined,
    punch:
      row.passTitle ??
      rows.find(({ id }) => id === row.movesBookingId && row.state === 'requested')?.passTitle ??
      undefined,
    fee: row.feeCents ? money(row.feeCents) : undefined,
    moveFee: row.state === 'requested' && row.moveFeeCents ? money(row.moveFeeCents) : undefined,
  }
}

/** What was charged. A request has what approving it would charge; the move of a booking goes on with that booking's charge. */
function costOf(row: BookingRow, rows: BookingRow[]): number | null {
  if (row.state !== 'requested') return row.state === 'cancelled' ? null : row.chargedCents
  const moved = rows.find(({ id }) => id === row.movesBookingId)
  return moved?.state === 'booked' && row.askedCents === null ? moved.chargedCents : askedOf(row).cents
}

myAppointmentsDoor.get('/account/appointments/:id/cancellation', c => cancelPage(c))

myAppointmentsDoor.post('/account/appointments/:id/cancellation', async c => {
  const account = c.get('account')
  const location = paths.portal(account.slug).myAppointments({ done: 'canceled' })
  try {
    await cancelBooking(account, c.get('guardian'), idIn(c.req.param('id')), { location })
  } catch (refusal) {
    return cancelPage(c, sentenceOf(refusal))
  }
  return leadTo(c, location)
})

const cancelPage = drawn(async (c: CustomerContext, error?: string) => {
  const account = c.get('account')
  const bookingId = idIn(c.req.param('id'))
  const familyId = c.get('guardian').family.id
  const [rows, [company]] = await read(account, [
    bookingQuery(account).where(and(eq(bookings.id, bookingId), eq(bookings.familyId, familyId))),
    companyQuery(account, slotOfBooking(bookingId), familyId),
  ])
  const booking = found(rows)
  const fee = feeOf(account.settings, booking)
  return show(
    c,
    <CancelPage
      shell={c.get('shell')}
      id={booking.id}
      formKey={crypto.randomUUID()}
      what={`${booking.service}, ${sayTimeOf(booking)}`}
      who={booking.studentName ?? ''}
      isMove={booking.movesBookingId !== null && booking.state === 'requested'}
      charged={booking.chargeId !== null}
      punch={booking.passTitle ?? undefined}
      leavesOthers={leavesOthers(company, familyId)}
      fee={fee ? money(fee) : undefined}
      error={error}
    />,
    error ? 409 : 200,
  )
})

const moveForm = z.object({ slot: id('a time'), note: note('Note', 1000), fee: shown })

myAppointmentsDoor.get('/account/appointments/:id/reschedule', c => movePage(c, {}))

myAppointmentsDoor.post('/account/appointments/:id/reschedule', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(moveForm, form)
  if (bad) return movePage(c, bad.typed, bad.errors, 422)
  const done = account.settings['appointment.auto_approve'] ? 'moved' : 'asked'
  const location = paths.portal(account.slug).myAppointments({ done })
  try {
    const wish = { bookingId: idIn(c.req.param('id')), slotId: data.slot, notes: data.note, shownFeeCents: data.fee }
    await reschedule(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    return movePage(c, typedIn(form), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

const slotOfBooking = (bookingId: number) => sql<number>`(select slot_id from bookings where id = ${bookingId})`

type Typed = Partial<Record<string, string>>

const movePage = drawn(async (c: CustomerContext, typed: Typed, errors?: Errors, status?: 409 | 422) => {
  const account = c.get('account')
  if (!account.settings['portal.show_appointments']) throw new Refusal('switched-off')
  const bookingId = idIn(c.req.param('id'))
  const sameService = sql`${appointments.serviceId} = (select a.service_id from bookings b join appointment_slots s on s.id = b.slot_id join appointments a on a.id = s.appointment_id where b.id = ${bookingId})`
  const familyId = c.get('guardian').family.id
  const [rows, slots, [company]] = await read(account, [
    bookingQuery(account).where(and(eq(bookings.id, bookingId), eq(bookings.familyId, familyId))),
    bookable(account, account.now, account.now + daysAhead * day, undefined, {
      narrowed: and(hasPlace(account), sameService),
      most: 200,
      familyId,
    }),
    companyQuery(account, slotOfBooking(bookingId), familyId),
  ])
  const booking = found(rows)
  const fit = slots.filter(slot => slot.id !== booking.slotId && !misfitsOn(slot.criteria, booking, slot.onDate).length)
  const feeCents = moveFeeOf(account.settings, booking)
  const now = booking.state === 'requested' ? askedOf(booking).cents : (booking.chargedCents ?? 0)
  return show(
    c,
    <MovePage
      shell={c.get('shell')}
      id={booking.id}
      formKey={crypto.randomUUID()}
      what={`${booking.service}, ${sayTimeOf(booking)}`}
      who={booking.studentName ?? ''}
      slots={fit.map(slot => {
        const { cents } = movedPrice(booking, slot)
        const named = `${sayTimeOf(slot)}, ${slot.staffName}`
        return { value: slot.id, label: cents === now ? named : `${named}, ${cents ? price(cents) : t('free')}` }
      })}
      fee={{ cents: feeCents, text: feeCents ? money(feeCents) : undefined }}
      punch={booking.passTitle ?? undefined}
      price={now ? price(now) : undefined}
      leavesOthers={leavesOthers(company, familyId)}
      slot={typed.slot}
      note={typed.note ?? ''}
      atOnce={account.settings['appointment.auto_approve']}
      errors={errors}
    />,
    status ?? 200,
  )
})
