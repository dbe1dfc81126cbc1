import { and, asc, eq, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { AppointmentPage } from '../../views/appointments/appointment'
import { OfficeLayout } from '../../views/layouts/office'
import { locationOf, todayAt } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { atPlacesOf } from '../auth/places'
import { forWhom } from '../classes/for-whom'
import { addDays, sayDate, sayTime } from '../clock'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, day, id, isDay, optional, parse, tick, time, typedIn, weekdays, whole } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import { typed as typedAmount } from '../money'
import * as paths from '../paths'
import { appointmentSlots, appointments, services } from '../schema/appointments'
import { programs } from '../schema/programs'
import { staff } from '../schema/staff'
import { bookedAnyway, isBlackedOut } from './closures'
import { agesInOrder, type Criteria, criteriaFields, criteriaIn, sayForWhom, typedCriteria, withAges } from './criteria'
import { type Booked, bookedIn, coach, sayBookedAnyway, sharingOptions } from './offers'
import { pricingQuery } from './pricing'
import { changeAppointment, mostTimes, openSlots, timesOf } from './setup'
import { enoughPlaces, sharing } from './sharing-form'

/** One appointment for staff: what it costs, and the times that are open (A9). */
export const appointmentOffice = officeDoor()

type Typed = Partial<Record<string, string>>

const timesForm = z
  .object({
    from: day('First day'),
    to: optional(day('Last day')),
    weekday: weekdays,
    start: time('Time'),
    until: optional(time('Until')),
    minutes: optional(whole('Minutes', 5, 600)),
  })
  .refine(({ from, to }) => !to || to >= from, { path: ['to'], message: 'The last day is before the first.' })
  .refine(({ from, to }) => !to || !isDay(from) || to <= addDays(from, 366), {
    path: ['to'],
    message: 'Open up to a year at once.',
  })
  .refine(({ start, until }) => !until || until > start, { path: ['until'], message: 'This is before the first time.' })

const changeForm = z
  .object({
    pricing: optional(id('a pricing schedule')),
    price: amount('Price'),
    places: whole('Places', 1, 50),
    blackouts: tick,
    active: tick,
    sharing,
    ...criteriaFields,
  })
  .superRefine(enoughPlaces)
  .superRefine(agesInOrder)

appointmentOffice.get('/appointments/:id', c => appointmentPage(c))

appointmentOffice.post('/appointments/:id', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const appointmentId = (await offeredBy(c)).id
  const { data, bad } = parse(changeForm, withAges(c.get('form')))
  if (bad) return appointmentPage(c, { change: bad.typed, errors: bad.errors, status: 422 })
  const location = `${paths.office(c.get('account').slug).appointment(appointmentId)}?saved=1`
  const change = {
    cents: data.price,
    pricingScheduleId: data.pricing,
    maxStudents: data.places,
    blackouts: data.blackouts,
    sharing: data.sharing,
    criteria: { minAge: data.minAge, maxAge: data.maxAge, gender: data.gender },
    state: data.active ? ('active' as const) : ('inactive' as const),
  }
  try {
    await changeAppointment(c.get('account'), appointmentId, change, { location })
  } catch (refusal) {
    return appointmentPage(c, { change: typedIn(c.get('form')), errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
})

appointmentOffice.post('/appointments/:id/times', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const account = c.get('account')
  const offer = await offeredBy(c)
  const { data, bad } = parse(timesForm, c.get('form'))
  if (bad) return appointmentPage(c, { times: c.get('form'), errors: bad.errors, status: 422 })
  const { from, to, weekday, start, until } = data
  const minutes = data.minutes ?? offer.minutes
  const times = timesOf({ from, to: to ?? from, weekdays: weekday, start, until, minutes })
  const again = (errors: Record<string, string>, status: 409 | 422) =>
    appointmentPage(c, { times: c.get('form'), errors, status })
  if (!times.length) return again({ start: `No lesson of ${minutes} minutes fits there.` }, 422)
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
      pricingScheduleId: appointments.pricingScheduleId,
      maxStudents: appointments.maxStudents,
      sharing: appointments.sharing,
      criteria: sql<Criteria>`${appointments.criteria}`.mapWith(criteriaIn).as('criteria'),
      blackouts: appointments.blackouts,
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
  const [rows, slots, standing, pricings] = await read(account, [
    offerQuery(c),
    account.db
      .select({
        id: appointmentSlots.id,
        onDate: appointmentSlots.onDate,
        startTime: appointmentSlots.startTime,
        endTime: appointmentSlots.endTime,
        places: appointmentSlots.maxStudents,
        state: sql<'open' | 'closed'>`${appointmentSlots.state}`.as('slot_state'),
        blackedOut: sql`${isBlackedOut}`.mapWith(Boolean).as('blacked_out'),
        booked: bookedIn.as('booked'),
      })
      .from(appointmentSlots)
      .innerJoin(appointments, eq(appointments.id, appointmentSlots.appointmentId))
      .where(
        and(eq(appointmentSlots.appointmentId, idIn(c.req.param('id'))), gt(appointmentSlots.startsAt, account.now)),
      )
      .orderBy(asc(appointmentSlots.startsAt))
      .limit(100),
    bookedAnyway(account, { ...person, appointmentId: idIn(c.req.param('id')) }),
    pricingQuery(account),
  ])
  const row = found(rows)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={row.service} current="appointments" more>
      <AppointmentPage
        slug={account.slug}
        id={row.id}
        title={`${row.service} with ${row.coach}`}
        minutes={row.minutes}
        facts={[
          { label: 'Location', value: locationOf(account, row.locationId)?.name ?? '' },
          { label: 'Program', value: row.program },
          { label: 'For', value: sayForWhom(row.criteria) },
        ]}
        mayAct={level(person, 'Appointments') === 2}
        saved={c.req.query('saved') && !again.errors ? 'Saved.' : undefined}
        change={{
          key: crypto.randomUUID(),
          values: again.change ?? {
            pricing: String(row.pricingScheduleId ?? ''),
            price: typedAmount(row.cents),
            sharing: row.sharing,
            ...typedCriteria(row.criteria),
            places: String(row.maxStudents),
            blackouts: row.blackouts ? '1' : undefined,
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
        sharings={sharingOptions}
        forWhom={forWhom}
        pricings={pricings
          .filter(({ id, retiredAt }) => retiredAt === null || id === row.pricingScheduleId)
          .map(({ id, name }) => ({ value: id, label: name }))}
        standing={sayBookedAnyway(standing)}
        slots={slots.map(slot => ({
          id: slot.id,
          key: crypto.randomUUID(),
          when: `${sayDate(slot.onDate, { weekday: true, year: true })}, ${sayTime(slot.startTime)} to ${sayTime(slot.endTime)}`,
          taken: (JSON.parse(slot.booked) as Booked[]).length,
          places: slot.places,
          closed: slot.state === 'closed',
          blackedOut: slot.blackedOut,
        }))}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
