import { and, asc, eq, gt, gte, lt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { AppointmentsPage, BookingEndPage } from '../../views/appointments/list'
import { AppointmentPage, SetupPage } from '../../views/appointments/setup'
import { OfficeLayout } from '../../views/layouts/office'
import { businessZone, todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { atPlacesOf, worksAt } from '../auth/places'
import { addDays, instant, sayDate, sayTime, today } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, day, id, isDay, line, note, optional, parse, tick, time, typedIn, weekdays, whole } from '../forms'
import { found, idIn, leadTo, NotFound, show } from '../http'
import { money, typed as typedAmount } from '../money'
import * as paths from '../paths'
import { appointmentSlots, appointments, services } from '../schema/appointments'
import { programs } from '../schema/programs'
import { staff } from '../schema/staff'
import { bookingOfStaff, cancelForFamily, noShow, turnSlot } from './by-staff'
import { feeOf } from './charges'
import {
  changeAppointment,
  changeService,
  createAppointment,
  createService,
  mostTimes,
  openSlots,
  timesOf,
} from './setup'
import { behind, cursorOf, saySlot } from './slots'

/** Appointments for staff: what is booked when, and the services, prices and times behind it (A9, OP7). */
export const appointmentsOffice = officeDoor()

const perPage = 50

const coach = sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName})`

/** Who is booked in a time, as JSON. The list of states is that of the index one_booking_a_place, which finds them. */
const bookedIn = sql<string>`(select json_group_array(json_object('id', b.id, 'state', b.state, 'familyId', b.family_id, 'name', coalesce(c.first_name || ' ' || c.last_name, f.name))) from bookings b join families f on f.id = b.family_id left join students c on c.id = b.student_id where b.slot_id = appointment_slots.id and b.state in ('held','requested','booked','done','no_show') and b.state <> 'held')`

interface Booked {
  id: number
  state: 'requested' | 'booked' | 'done' | 'no_show'
  familyId: number
  name: string
}

appointmentsOffice.get('/appointments', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Appointments')
  const zone = businessZone(account)
  const asked = c.req.query()
  const from = isDay(asked.from ?? '') ? String(asked.from) : today(account.now, zone)
  const to = isDay(asked.to ?? '') && String(asked.to) >= from ? String(asked.to) : addDays(from, 30)
  const service = Number(asked.service) || 0
  const [rows, known] = await read(account, [
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
  ])
  const at = paths.office(account.slug)
  const last = rows.length > perPage ? rows[perPage - 1] : undefined
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Appointments" current="appointments">
      <AppointmentsPage
        slug={account.slug}
        from={from}
        to={to}
        service={service}
        services={known.map(({ id, name }) => ({ value: id, label: name }))}
        done={doneWords.get(asked.done ?? '')}
        mayAct={level(person, 'Appointments') === 2}
        mayFamilies={level(person, 'Families') > 0}
        rows={rows.slice(0, perPage).map(row => ({
          id: row.id,
          appointmentId: row.appointmentId,
          when: `${sayDate(row.onDate, { weekday: true })}, ${sayTime(row.startTime)} to ${sayTime(row.endTime)}`,
          what: `${row.service} with ${row.coach}`,
          location: account.locations.find(({ id }) => id === row.locationId)?.name ?? '',
          places: row.places,
          closed: row.slotState === 'closed',
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
  const booking = await bookingOfStaff(account, id, person.locationIds)
  const fee = feeOf(account.settings, booking)
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

const serviceForm = z.object({
  name: line('Name', 80),
  description: note('Description', 1000),
  minutes: whole('Minutes', 5, 600),
  retired: tick,
})

const appointmentForm = z.object({
  service: id('a service'),
  instructor: id('an instructor'),
  location: id('a location'),
  program: id('a program'),
  price: amount('Price'),
  places: whole('Places', 1, 50),
})

appointmentsOffice.get('/appointments/setup', c => setupPage(c))

appointmentsOffice.post('/appointments/services', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const { data, bad } = parse(serviceForm, c.get('form'))
  if (bad) return setupPage(c, { service: bad.typed, errors: bad.errors, status: 422 })
  const { retired: _, ...wish } = data
  return saved(c, 'service', location => createService(c.get('account'), wish, { location }))
})

appointmentsOffice.post('/appointments/services/:id', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const serviceId = idIn(c.req.param('id'))
  const { data, bad } = parse(serviceForm, c.get('form'))
  if (bad) return setupPage(c, { edited: { ...bad.typed, id: String(serviceId) }, errors: bad.errors, status: 422 })
  return saved(c, 'edited', location => changeService(c.get('account'), serviceId, data, { location }))
})

appointmentsOffice.post('/appointments', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const { data, bad } = parse(appointmentForm, c.get('form'))
  if (bad) return setupPage(c, { appointment: bad.typed, errors: bad.errors, status: 422 })
  if (!worksAt(person, data.location)) throw new NotFound()
  const { service, instructor, location, program, price, places } = data
  const wish = {
    serviceId: service,
    staffId: instructor,
    locationId: location,
    programId: program,
    cents: price,
    maxStudents: places,
    sharing: places > 1 ? ('semi_private' as const) : ('private' as const),
  }
  return saved(c, 'appointment', location => createAppointment(c.get('account'), wish, { location }))
})

/** Saves a form of the setup page, or shows the page again with the sentence beside the form it belongs to. */
async function saved(
  c: OfficeContext,
  form: 'service' | 'edited' | 'appointment',
  save: (to: string) => Promise<unknown>,
) {
  const location = paths.office(c.get('account').slug).appointmentSetup({ saved: 1 })
  try {
    await save(location)
  } catch (refusal) {
    const typed = { ...typedIn(c.get('form')), id: c.req.param('id') ?? '' }
    return setupPage(c, { [form]: typed, errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

type Typed = Partial<Record<string, string>>

async function setupPage(
  c: OfficeContext,
  again: {
    service?: Typed
    edited?: Typed
    appointment?: Typed
    errors?: Record<string, string>
    status?: 409 | 422
  } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Appointments')
  const { db } = account
  const [offered, known, people, areas] = await read(account, [
    db
      .select({
        id: appointments.id,
        service: sql<string>`${services.name}`.as('service'),
        coach: coach.as('coach'),
        locationId: appointments.locationId,
        cents: appointments.cents,
        maxStudents: appointments.maxStudents,
        state: appointments.state,
        openTimes:
          sql<number>`(select count(*) from appointment_slots s where s.appointment_id = appointments.id and s.starts_at > ${account.now} and s.state = 'open')`.as(
            'open_times',
          ),
      })
      .from(appointments)
      .innerJoin(services, eq(services.id, appointments.serviceId))
      .innerJoin(staff, eq(staff.id, appointments.staffId))
      .where(atPlacesOf(person, appointments.locationId))
      .orderBy(asc(services.name), asc(appointments.id))
      .limit(100),
    db.select().from(services).orderBy(asc(services.name)).limit(100),
    db
      .select({ id: staff.id, name: coach.as('coach') })
      .from(staff)
      .where(eq(staff.active, 1))
      .orderBy(asc(staff.sortName))
      .limit(200),
    db.select({ id: programs.id, name: programs.name }).from(programs).orderBy(asc(programs.name)).limit(200),
  ])
  const options = (rows: { id: number; name: string }[]) => rows.map(({ id, name }) => ({ value: id, label: name }))
  const places = c.get('shell').locations
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Set up appointments" current="appointments">
      <SetupPage
        slug={account.slug}
        mayAct={level(person, 'Appointments') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        services={known.map(({ id, name, description, minutes, retiredAt }) => {
          const edited = again.edited?.id === String(id) ? again.edited : undefined
          return {
            id,
            key: crypto.randomUUID(),
            name,
            retired: retiredAt !== null,
            values: edited ?? {
              name,
              description: description ?? '',
              minutes: String(minutes),
              retired: retiredAt ? '1' : undefined,
            },
            errors: edited && again.errors,
          }
        })}
        newService={{
          key: crypto.randomUUID(),
          values: again.service ?? { minutes: '30' },
          errors: again.service && again.errors,
        }}
        appointments={offered.map(row => ({
          id: row.id,
          service: row.service,
          coach: row.coach,
          location: account.locations.find(({ id }) => id === row.locationId)?.name ?? '',
          price: row.cents ? money(row.cents) : 'free',
          places: row.maxStudents,
          active: row.state === 'active',
          openTimes: row.openTimes,
        }))}
        newAppointment={{
          key: crypto.randomUUID(),
          values: again.appointment ?? {},
          errors: again.appointment && again.errors,
        }}
        options={{
          services: options(known.filter(({ retiredAt }) => retiredAt === null)),
          instructors: options(people),
          locations: options(places),
          programs: options(areas),
        }}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

const timesForm = z
  .object({
    from: day('First day'),
    to: optional(day('Last day')),
    weekday: weekdays,
    start: time('Time'),
    until: optional(time('Until')),
  })
  .refine(({ from, to }) => !to || to >= from, { path: ['to'], message: 'The last day is before the first.' })
  .refine(({ from, to }) => !to || !isDay(from) || to <= addDays(from, 366), {
    path: ['to'],
    message: 'Open up to a year at once.',
  })
  .refine(({ start, until }) => !until || until > start, { path: ['until'], message: 'This is before the first time.' })

const changeForm = z.object({ price: amount('Price'), places: whole('Places', 1, 50), active: tick })

appointmentsOffice.get('/appointments/:id', c => appointmentPage(c))

appointmentsOffice.post('/appointments/:id', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const appointmentId = (await offeredBy(c)).id
  const { data, bad } = parse(changeForm, c.get('form'))
  if (bad) return appointmentPage(c, { change: bad.typed, errors: bad.errors, status: 422 })
  const location = `${paths.office(c.get('account').slug).appointment(appointmentId)}?saved=1`
  const change = {
    cents: data.price,
    maxStudents: data.places,
    state: data.active ? ('active' as const) : ('inactive' as const),
  }
  await changeAppointment(c.get('account'), appointmentId, change, { location })
  return leadTo(c, location)
})

appointmentsOffice.post('/appointments/:id/times', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const account = c.get('account')
  const offer = await offeredBy(c)
  const { data, bad } = parse(timesForm, c.get('form'))
  if (bad) return appointmentPage(c, { times: c.get('form'), errors: bad.errors, status: 422 })
  const { from, to, weekday, start, until } = data
  const times = timesOf({ from, to: to ?? from, weekdays: weekday, start, until, minutes: offer.minutes })
  const again = (errors: Record<string, string>, status: 409 | 422) =>
    appointmentPage(c, { times: c.get('form'), errors, status })
  if (!times.length) return again({ start: `No lesson of ${offer.minutes} minutes fits there.` }, 422)
  if (times.length > mostTimes) return again({ to: `Open up to ${mostTimes} times at once.` }, 422)
  const location = `${paths.office(account.slug).appointment(offer.id)}?saved=1`
  try {
    await openSlots(account, offer.id, times, { location })
  } catch (refusal) {
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

/** The appointment of the address. @throws NotFound, also where somebody works elsewhere */
async function offeredBy(c: OfficeContext) {
  const account = c.get('account')
  const [rows] = await read(account, [offerQuery(c)])
  return found(rows)
}

function offerQuery(c: OfficeContext) {
  return c
    .get('account')
    .db.select({
      id: appointments.id,
      service: sql<string>`${services.name}`.as('service'),
      minutes: services.minutes,
      coach: coach.as('coach'),
      locationId: appointments.locationId,
      program: sql<string>`${programs.name}`.as('program'),
      cents: appointments.cents,
      maxStudents: appointments.maxStudents,
      state: appointments.state,
    })
    .from(appointments)
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(staff, eq(staff.id, appointments.staffId))
    .innerJoin(programs, eq(programs.id, appointments.programId))
    .where(and(eq(appointments.id, idIn(c.req.param('id'))), atPlacesOf(c.get('person'), appointments.locationId)))
}

async function appointmentPage(
  c: OfficeContext,
  again: {
    change?: Typed
    times?: Record<string, string | string[]>
    errors?: Record<string, string>
    status?: 409 | 422
  } = {},
) {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Appointments')
  const [rows, slots] = await read(account, [
    offerQuery(c),
    account.db
      .select({
        id: appointmentSlots.id,
        onDate: appointmentSlots.onDate,
        startTime: appointmentSlots.startTime,
        endTime: appointmentSlots.endTime,
        places: appointmentSlots.maxStudents,
        state: appointmentSlots.state,
        booked: bookedIn.as('booked'),
      })
      .from(appointmentSlots)
      .where(
        and(eq(appointmentSlots.appointmentId, idIn(c.req.param('id'))), gt(appointmentSlots.startsAt, account.now)),
      )
      .orderBy(asc(appointmentSlots.startsAt))
      .limit(100),
  ])
  const row = found(rows)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={row.service} current="appointments">
      <AppointmentPage
        slug={account.slug}
        id={row.id}
        title={`${row.service} with ${row.coach}`}
        minutes={row.minutes}
        facts={[
          { label: 'Location', value: account.locations.find(({ id }) => id === row.locationId)?.name ?? '' },
          { label: 'Program', value: row.program },
        ]}
        mayAct={level(person, 'Appointments') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        change={{
          key: crypto.randomUUID(),
          values: again.change ?? {
            price: typedAmount(row.cents),
            places: String(row.maxStudents),
            active: row.state === 'active' ? '1' : undefined,
          },
          errors: again.change && again.errors,
        }}
        times={{
          key: crypto.randomUUID(),
          values: typedIn(again.times ?? { from: addDays(todayAt(account), 1), start: '15:00' }),
          weekdays: [again.times?.weekday ?? []].flat(),
          errors: again.times && again.errors,
        }}
        slots={slots.map(slot => ({
          id: slot.id,
          key: crypto.randomUUID(),
          when: `${sayDate(slot.onDate, { weekday: true, year: true })}, ${sayTime(slot.startTime)} to ${sayTime(slot.endTime)}`,
          taken: (JSON.parse(slot.booked) as Booked[]).length,
          places: slot.places,
          closed: slot.state === 'closed',
        }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
