import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { AppointmentsPage, BookingEndPage } from '../../views/appointments/list'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone, locationOf } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { addDays, instant, sayDate, sayTime, today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { isDay, tick, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { appointmentSlots, appointments, services } from '../schema/appointments'
import { staff } from '../schema/staff'
import { bookingPageOf, cancelForFamily, noShow, turnSlot } from './by-staff'
import { feeOf } from './charges'
import { bookedAnyway, isBlackedOut } from './closures'
import { type Booked, bookedIn, coach, sayBookedAnyway } from './offers'
import { leavesOthers } from './sharing'
import { behind, cursorOf, saySlot } from './slots'

/** Appointments for staff: what is booked when (A9, OP7). */
export const appointmentsOffice = officeDoor()

const perPage = 50

appointmentsOffice.get('/appointments', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Appointments')
  const zone = businessZone(account)
  const asked = c.req.query()
  const from = isDay(asked.from ?? '') ? String(asked.from) : today(account.now, zone)
  const to = isDay(asked.to ?? '') && String(asked.to) >= from ? String(asked.to) : addDays(from, 30)
  const service = Number(asked.service) || 0
  const [rows, known, standing] = await read(account, [
    account.db
      .select({
        id: appointmentSlots.id,
        appointmentId: appointmentSlots.appointmentId,
        service: sql<string>`${services.name}`.as('service'),
        coach: coach.as('coach'),
        locationId: appointments.locationId,
        onDate: appointmentSlots.onDate,
        startTime: appointmentSlots.startTime,
        endTime: appointmentSlots.endTime,
        startsAt: appointmentSlots.startsAt,
        places: appointmentSlots.maxStudents,
        slotState: sql<'open' | 'closed'>`${appointmentSlots.state}`.as('slot_state'),
        offered: sql`${appointments.state} = 'active'`.mapWith(Boolean).as('is_offered'),
        blackedOut: sql`${isBlackedOut}`.mapWith(Boolean).as('blacked_out'),
        booked: bookedIn.as('booked'),
      })
      .from(appointmentSlots)
      .innerJoin(appointments, eq(appointments.id, appointmentSlots.appointmentId))
      .innerJoin(services, eq(services.id, appointments.serviceId))
      .innerJoin(staff, eq(staff.id, appointmentSlots.staffId))
      .where(
        and(
          gte(appointmentSlots.startsAt, instant(from, '00:00', zone)),
          lt(appointmentSlots.startsAt, instant(addDays(to, 1), '00:00', zone)),
          behind(asked.after),
          service ? eq(appointments.serviceId, service) : undefined,
          atPlacesOf(person, appointments.locationId),
        ),
      )
      .orderBy(asc(appointmentSlots.startsAt), asc(appointmentSlots.id))
      .limit(perPage + 1),
    account.db.select({ id: services.id, name: services.name }).from(services).orderBy(asc(services.name)).limit(100),
    bookedAnyway(account, person),
  ])
  const at = paths.office(account.slug)
  const last = rows.length > perPage ? rows[perPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Appointments" current="appointments" more>
      <AppointmentsPage
        slug={account.slug}
        from={from}
        to={to}
        service={service}
        services={known.map(({ id, name }) => ({ value: id, label: name }))}
        done={doneWords.get(asked.done ?? '')}
        standing={sayBookedAnyway(standing)}
        mayAct={level(person, 'Appointments') === 2}
        mayFamilies={level(person, 'Families') > 0}
        rows={rows.slice(0, perPage).map(row => ({
          id: row.id,
          appointmentId: row.appointmentId,
          when: `${sayDate(row.onDate, { weekday: true })}, ${sayTime(row.startTime)} to ${sayTime(row.endTime)}`,
          what: `${row.service} with ${row.coach}`,
          location: locationOf(account, row.locationId)?.name ?? '',
          places: row.places,
          closed: row.slotState === 'closed',
          blackedOut: row.blackedOut,
          may: row.startsAt > account.now && row.slotState === 'open' && row.offered && !row.blackedOut,
          begun: row.startsAt <= account.now,
          key: crypto.randomUUID(),
          booked: (JSON.parse(row.booked) as Booked[]).map(one => ({ ...one, key: crypto.randomUUID() })),
        }))}
        next={last && at.appointments({ from, to, service, after: cursorOf(last) })}
      />
    </OfficeLayout>,
  )
})

const doneWords = new Map([
  ['booked', 'Booked.'],
  ['canceled', 'The appointment is canceled, and the family was told.'],
  ['missed', 'Noted.'],
  ['turned', 'Saved.'],
])

const back = (c: OfficeContext, done: string) => paths.office(c.get('account').slug).appointments({ done })

appointmentsOffice.get('/bookings/:id/cancellation', c => endPage(c))

appointmentsOffice.post('/bookings/:id/cancellation', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const { withFee } = z.object({ withFee: tick }).parse(typedIn(c.get('form')))
  const location = back(c, 'canceled')
  const wish = { withFee, locationIds: person.locationIds }
  try {
    await cancelForFamily(c.get('account'), idIn(c.req.param('id')), wish, { location })
  } catch (refusal) {
    return endPage(c, sentenceOf(refusal))
  }
  return leadTo(c, location)
})

async function endPage(c: OfficeContext, error?: string) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const id = idIn(c.req.param('id'))
  const { booking, company } = await bookingPageOf(account, id, person.locationIds)
  const fee = feeOf(account, booking)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Cancel appointment" current="appointments">
      <BookingEndPage
        slug={account.slug}
        id={id}
        formKey={crypto.randomUUID()}
        what={saySlot(booking)}
        who={booking.studentName ?? booking.familyName}
        charged={booking.chargeId !== null}
        punch={booking.passTitle ?? undefined}
        leavesOthers={leavesOthers(company, booking.familyId)}
        fee={fee ? money(fee) : undefined}
        error={error}
      />
    </OfficeLayout>,
    error ? 409 : 200,
  )
}

appointmentsOffice.post('/bookings/:id/no-show', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const location = back(c, 'missed')
  await noShow(c.get('account'), idIn(c.req.param('id')), person.locationIds, { location })
  return leadTo(c, location)
})

appointmentsOffice.post('/appointments/times/:id', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const slotId = idIn(c.req.param('id'))
  const account = c.get('account')
  const appointmentId = Number(c.get('form').appointment)
  const at = paths.office(account.slug)
  const location =
    Number.isSafeInteger(appointmentId) && appointmentId > 0 ? at.appointment(appointmentId) : back(c, 'turned')
  const state = c.get('form').state === 'open' ? 'open' : 'closed'
  await turnSlot(account, slotId, { state, locationIds: person.locationIds }, { location })
  return leadTo(c, location)
})
