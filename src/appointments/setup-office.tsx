import { asc, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { SetupPage } from '../../views/appointments/setup'
import { OfficeLayout } from '../../views/layouts/office'
import { locationOf } from '../accounts/account'
import { demand, level } from '../auth/permissions'
import { atPlacesOf, worksAt } from '../auth/places'
import { forWhom } from '../classes/for-whom'
import { read } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { amount, id, line, note, optional, parse, tick, typedIn, whole } from '../forms'
import { idIn, leadTo, NotFound, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { appointments, services } from '../schema/appointments'
import { programs } from '../schema/programs'
import { staff } from '../schema/staff'
import { agesInOrder, type Criteria, criteriaFields, criteriaIn, sayForWhom, withAges } from './criteria'
import { coach, sharingOptions } from './offers'
import { pricingQuery } from './pricing'
import { changeService, createAppointment, createService } from './setup'
import { enoughPlaces, sharing } from './sharing-form'

/** Services, and who offers them where at which price (A9). */
export const appointmentSetupOffice = officeDoor()

const serviceForm = z.object({
  name: line('Name', 80),
  description: note('Description', 1000),
  minutes: whole('Minutes', 5, 600),
  retired: tick,
})

const appointmentForm = z
  .object({
    service: id('a service'),
    instructor: id('an instructor'),
    location: id('a location'),
    program: id('a program'),
    price: amount('Price'),
    places: whole('Places', 1, 50),
    pricing: optional(id('a pricing schedule')),
    blackouts: tick,
    sharing,
    ...criteriaFields,
  })
  .superRefine(enoughPlaces)
  .superRefine(agesInOrder)

appointmentSetupOffice.get('/appointments/setup', c => setupPage(c))

appointmentSetupOffice.post('/appointments/services', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const { data, bad } = parse(serviceForm, c.get('form'))
  if (bad) return setupPage(c, { service: bad.typed, errors: bad.errors, status: 422 })
  const { retired: _, ...wish } = data
  return saved(c, 'service', location => createService(c.get('account'), wish, { location }))
})

appointmentSetupOffice.post('/appointments/services/:id', async c => {
  demand(c.get('person'), 'Appointments', 2)
  const serviceId = idIn(c.req.param('id'))
  const { data, bad } = parse(serviceForm, c.get('form'))
  if (bad) return setupPage(c, { edited: { ...bad.typed, id: String(serviceId) }, errors: bad.errors, status: 422 })
  return saved(c, 'edited', location => changeService(c.get('account'), serviceId, data, { location }))
})

appointmentSetupOffice.post('/appointments', async c => {
  const person = c.get('person')
  demand(person, 'Appointments', 2)
  const { data, bad } = parse(appointmentForm, withAges(c.get('form')))
  if (bad) return setupPage(c, { appointment: bad.typed, errors: bad.errors, status: 422 })
  if (!worksAt(person, data.location)) throw new NotFound()
  const { service, instructor, location, program, price, pricing, places, blackouts, sharing } = data
  const { minAge, maxAge, gender } = data
  const wish = {
    serviceId: service,
    staffId: instructor,
    locationId: location,
    programId: program,
    cents: price,
    pricingScheduleId: pricing,
    maxStudents: places,
    blackouts,
    sharing,
    criteria: { minAge, maxAge, gender },
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
  const [offered, known, people, areas, pricings] = await read(account, [
    db
      .select({
        id: appointments.id,
        service: sql<string>`${services.name}`.as('service'),
        coach: coach.as('coach'),
        locationId: appointments.locationId,
        cents: appointments.cents,
        pricingScheduleId: appointments.pricingScheduleId,
        maxStudents: appointments.maxStudents,
        criteria: sql<Criteria>`${appointments.criteria}`.mapWith(criteriaIn).as('criteria'),
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
    pricingQuery(account),
  ])
  const options = (rows: { id: number; name: string }[]) => rows.map(({ id, name }) => ({ value: id, label: name }))
  const places = c.get('shell').locations
  const named = new Map(pricings.map(({ id, name }) => [id, name]))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Set up appointments" current="appointments" more>
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
          location: locationOf(account, row.locationId)?.name ?? '',
          price: named.get(row.pricingScheduleId ?? 0) ?? (row.cents ? money(row.cents) : 'free'),
          places: row.maxStudents,
          forWhom: sayForWhom(row.criteria),
          active: row.state === 'active',
          openTimes: row.openTimes,
        }))}
        newAppointment={{
          key: crypto.randomUUID(),
          values: again.appointment ?? { blackouts: '1' },
          errors: again.appointment && again.errors,
        }}
        options={{
          services: options(known.filter(({ retiredAt }) => retiredAt === null)),
          instructors: options(people),
          locations: options(places),
          programs: options(areas),
          sharings: sharingOptions,
          forWhom,
          pricings: options(pricings.filter(({ retiredAt }) => retiredAt === null)),
        }}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}
