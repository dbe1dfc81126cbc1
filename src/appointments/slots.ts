import { and, asc, eq, gt, lt, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { sayDate, sayTime } from '../clock'
import { must, type Statement } from '../database'
import { t } from '../language'
import { appointmentSlots, appointments, bookings, holdsPlace, services } from '../schema/appointments'
import { charges } from '../schema/charges'
import { families } from '../schema/families'
import { bookingPunches } from '../schema/passes'
import { staff } from '../schema/staff'
import { students } from '../schema/students'
import { isBlackedOut } from './closures'
import { type Criteria, criteriaIn } from './criteria'
import type { Priced, Schedule, Terms } from './prices'
import { hostOf, isOpenTo, type Sharing } from './sharing'

/** A time that can be booked, with the names sentences need. */
export interface SlotRow extends Priced {
  id: number
  appointmentId: number
  serviceId: number
  staffId: number
  staffName: string
  locationId: number
  programId: number
  startsAt: number
  places: number
  taken: number
  sharing: Sharing
  /** It is on a blackout date. */
  closed: boolean
  criteria: Criteria
}

const slotColumns = {
  appointmentId: appointmentSlots.appointmentId,
  serviceId: appointments.serviceId,
  service: sql<string>`${services.name}`.as('service'),
  staffId: appointmentSlots.staffId,
  staffName: sql<string>`coalesce(${staff.displayName}, ${staff.firstName} || ' ' || ${staff.lastName})`.as('coach'),
  locationId: appointments.locationId,
  programId: appointments.programId,
  sharing: appointments.sharing,
  criteria: sql<Criteria>`${appointments.criteria}`.mapWith(criteriaIn).as('criteria'),
  flatCents: sql<number>`${appointments.cents}`.as('flat_cents'),
  schedule:
    sql<Schedule | null>`(select json_object('name', p.name, 'lessons', json(p.lessons)) from pricing_schedules p where p.id = ${appointments.pricingScheduleId})`
      .mapWith((text: string) => JSON.parse(text) as Schedule)
      .as('schedule'),
  come: sql<number>`(select count(*) from bookings b where b.slot_id = ${appointmentSlots.id} and ${holdsPlace(sql`b.state`)} and b.state in ('booked','done','no_show'))`.as(
    'come',
  ),
  onDate: appointmentSlots.onDate,
  startTime: appointmentSlots.startTime,
  endTime: appointmentSlots.endTime,
  startsAt: appointmentSlots.startsAt,
}

const takenAt = (now: number) =>
  sql<number>`(select count(*) from ${bookings} b where b.slot_id = ${appointmentSlots.id} and ${holdsPlace(sql`b.state`)} and (b.expires_at is null or b.expires_at > ${now}))`

/** True for a time that has a place left, for the where clause of the queries below. */
export const hasPlace = ({ now }: Account): SQL => sql`${takenAt(now)} < ${appointmentSlots.maxStudents}`

/** Times that can be booked, soonest first; holds that ran out count for nothing. */
export function openSlotsQuery(account: Account, narrowed?: SQL, most = 200) {
  const { db, now } = account
  const taken = takenAt(now)
  return db
    .select({
      id: sql<number>`${appointmentSlots.id}`.as('slot_id'),
      ...slotColumns,
      places: sql<number>`${appointmentSlots.maxStudents}`.as('places'),
      taken: taken.as('taken'),
      closed: sql`${isBlackedOut}`.mapWith(Boolean).as('blacked_out'),
    })
    .from(appointmentSlots)
    .innerJoin(appointments, eq(appointments.id, appointmentSlots.appointmentId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(staff, eq(staff.id, appointmentSlots.staffId))
    .where(and(eq(appointmentSlots.state, 'open'), eq(appointments.state, 'active'), narrowed))
    .orderBy(asc(appointmentSlots.startsAt), asc(appointmentSlots.id))
    .limit(most)
}

/** How the address of a list's next page names the time that this page ends with. */
export const cursorOf = ({ startsAt, id }: Pick<SlotRow, 'startsAt' | 'id'>) => `${startsAt}-${id}`

/** Only times behind the one that an address names; all of them where it names none. */
export function behind(cursor = ''): SQL | undefined {
  const [, at, id] = /^(\d{1,15})-(\d{1,15})$/.exec(cursor) ?? []
  return id ? sql`(${appointmentSlots.startsAt}, ${appointmentSlots.id}) > (${Number(at)}, ${Number(id)})` : undefined
}

/** The times from a moment on that a family may choose from uninvited, by service if one is named. */
export const bookable = (
  account: Account,
  from: number,
  to: number,
  serviceId?: number,
  { narrowed, most, familyId = 0 }: { narrowed?: SQL; most?: number; familyId?: number } = {},
) =>
  openSlotsQuery(
    account,
    and(
      gt(appointmentSlots.startsAt, Math.max(from, account.now)),
      lt(appointmentSlots.startsAt, to),
      serviceId ? eq(appointments.serviceId, serviceId) : undefined,
      sql`not ${isBlackedOut}`,
      isOpenTo(familyId),
      narrowed,
    ),
    most,
  )

/** What is offered at all: who offers which service where. */
export const offersQuery = ({ db }: Account) =>
  db
    .select({
      serviceId: appointments.serviceId,
      service: slotColumns.service,
      staffId: appointments.staffId,
      staffName: slotColumns.staffName,
      locationId: appointments.locationId,
    })
    .from(appointments)
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(staff, eq(staff.id, appointments.staffId))
    .where(eq(appointments.state, 'active'))
    .orderBy(asc(services.name))
    .limit(100)

/** A booking with its time, its names, what it was told that it costs, and what was charged for it or the pass that paid it. */
export function bookingQuery({ db }: Account) {
  return db
    .select({
      id: sql<number>`${bookings.id}`.as('booking_id'),
      slotId: bookings.slotId,
      familyId: bookings.familyId,
      familyName: sql<string>`${families.name}`.as('family_name'),
      studentId: bookings.studentId,
      studentName: sql<string | null>`${students.firstName} || ' ' || ${students.lastName}`.as('student_name'),
      birthDate: sql<string | null>`${students.birthDate}`.as('student_born'),
      gender: sql<string>`coalesce(${students.gender}, 'unstated')`.as('student_gender'),
      state: bookings.state,
      movesBookingId: bookings.movesBookingId,
      notes: bookings.notes,
      feeCents: bookings.feeCents,
      moveFeeCents: bookings.moveFeeCents,
      passId: sql<number | null>`${bookingPunches.passId}`.as('punched_pass'),
      passTitle: sql<
        string | null
      >`(select d.title from passes p join pass_products d on d.id = p.product_id where p.id = ${bookingPunches.passId})`.as(
        'punched_title',
      ),
      hostFamilyId: hostOf(sql`${bookings.slotId}`).as('host_family'),
      chargeId: bookings.chargeId,
      askedCents: sql<number | null>`${bookings.cents}`.as('asked_cents'),
      terms: sql<Terms | null>`${bookings.terms}`.mapWith((text: string) => JSON.parse(text) as Terms).as('terms'),
      chargedCents: sql<number | null>`${charges.cents}`.as('charged_cents'),
      ...slotColumns,
    })
    .from(bookings)
    .innerJoin(families, eq(families.id, bookings.familyId))
    .leftJoin(students, eq(students.id, bookings.studentId))
    .innerJoin(appointmentSlots, eq(appointmentSlots.id, bookings.slotId))
    .innerJoin(appointments, eq(appointments.id, appointmentSlots.appointmentId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(staff, eq(staff.id, appointmentSlots.staffId))
    .leftJoin(charges, eq(charges.id, bookings.chargeId))
    .leftJoin(bookingPunches, eq(bookingPunches.bookingId, bookings.id))
    .$dynamic()
}

export type BookingRow = Awaited<ReturnType<typeof bookingQuery>>[number]

/** "Private lesson with Sam Coach, Mon, Nov 9, 4:15 pm". */
export const saySlot = (slot: Pick<SlotRow, 'service' | 'staffName' | 'onDate' | 'startTime'>) =>
  t('{service} with {name}, {time}', { service: slot.service, name: slot.staffName, time: sayTimeOf(slot) })

/** "Mon, Nov 9, 4:15 pm". */
export const sayTimeOf = ({ onDate, startTime }: Pick<SlotRow, 'onDate' | 'startTime'>) =>
  `${sayDate(onDate, { weekday: true })}, ${sayTime(startTime)}`

/** What an entry keeps of a time. */
export const particularsOf = (
  slot: Pick<SlotRow, 'appointmentId' | 'service' | 'staffName' | 'onDate' | 'startTime'>,
) => {
  const { appointmentId, service, staffName, onDate, startTime } = slot
  return { appointmentId, service, staffName, onDate, startTime }
}

/**
 * Guards that nothing else is open for an instructor at these times.
 * @param own the time it is about, where that stands already
 */
export function mustBeFree(
  account: Account,
  staffId: number,
  times: { startsAt: number; endsAt: number }[],
  own = 0,
): Statement {
  const wanted = JSON.stringify(times.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })))
  const busy = sql`select 1 from json_each(${wanted}) w join ${appointmentSlots} s on s.staff_id = ${staffId} and s.starts_at < w.value ->> 'endsAt' and s.ends_at > w.value ->> 'startsAt' where s.id <> ${own} and (s.state = 'open' or s.starts_at = w.value ->> 'startsAt')`
  return must(account, sql`not exists (${busy})`, 'instructor-busy')
}
