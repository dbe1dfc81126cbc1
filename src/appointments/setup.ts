import { eq, sql } from 'drizzle-orm'
import { type Account, zoneAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { addDays, instant, weekday } from '../clock'
import { type Answer, commit, must, mustBeThere, newest, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { appointmentSlots, appointments, services } from '../schema/appointments'
import { locations } from '../schema/locations'
import { programs } from '../schema/programs'
import { staff } from '../schema/staff'
import { anybody, type Criteria, criteriaIn, keptOf } from './criteria'
import { mustBePriced } from './pricing'
import type { Sharing } from './sharing'
import { mustBeFree } from './slots'

/** Adds a service, such as "Private lesson". @param wish.minutes how long it takes @returns its id */
export async function createService(
  account: Account,
  wish: { name: string; description?: string | null; minutes: number },
  answer?: Answer,
): Promise<number> {
  const row = account.db
    .insert(services)
    .values({ ...wish, description: wish.description ?? null })
    .returning({ id: services.id })
  const told = audit(account, 'service', `created the service ${wish.name}`, [['service', newest(services)]])
  return made(account, row, told, answer, [mustBeNew(account, wish.name)])
}

/** Lets an instructor offer a service at a location. @returns the appointment's id */
export async function createAppointment(
  account: Account,
  wish: {
    serviceId: number
    staffId: number
    locationId: number
    programId: number
    /** Left out, several places are for several families. */
    sharing?: Sharing
    maxStudents?: number
    /** What a booking costs where no schedule is attached; nothing when left out. */
    cents?: number
    pricingScheduleId?: number | null
    /** The blackout dates of its program close it. */
    blackouts?: boolean
    /** Everybody when left out. */
    criteria?: Criteria
  },
  answer?: Answer,
): Promise<number> {
  const row = account.db
    .insert(appointments)
    .values({
      ...wish,
      criteria: keptOf(wish.criteria ?? anybody),
      sharing: wish.sharing ?? sharingOf(wish.maxStudents ?? 1),
      blackouts: wish.blackouts ? 1 : 0,
      createdAt: account.now,
    })
    .returning({ id: appointments.id })
  const guards = [
    mustBeThere(account, services, wish.serviceId),
    mustBeThere(account, staff, wish.staffId),
    mustBeThere(account, locations, wish.locationId),
    mustBeThere(account, programs, wish.programId),
    ...mustBePriced(account, wish.pricingScheduleId),
  ]
  const told = audit(
    account,
    'appointment',
    'created an appointment',
    [
      ['appointment', newest(appointments)],
      ['staff', wish.staffId],
    ],
    { after: wish },
  )
  return made(account, row, told, answer, guards)
}

const sharingOf = (places: number): Sharing => (places > 1 ? 'semi_private' : 'private')

/** What staff change about an appointment; what is left out stays. */
export interface Change {
  cents: number
  maxStudents: number
  state: 'active' | 'inactive'
  sharing?: Sharing
  blackouts?: boolean
  pricingScheduleId?: number | null
  criteria?: Criteria
}

/**
 * Changes what an appointment costs, for whom it is and how many share a time from now on, whether blackout dates close
 * it, or takes it off the list. What is booked stays.
 * @throws NotFound
 */
export async function changeAppointment(account: Account, id: number, change: Change, answer?: Answer): Promise<void> {
  const [rows] = await read(account, [
    account.db
      .select({
        cents: appointments.cents,
        maxStudents: appointments.maxStudents,
        state: appointments.state,
        sharing: appointments.sharing,
        pricingScheduleId: appointments.pricingScheduleId,
        criteria: sql<Criteria>`${appointments.criteria}`.mapWith(criteriaIn).as('criteria'),
        blackouts: sql`${appointments.blackouts}`.mapWith(Boolean).as('keeps_blackouts'),
      })
      .from(appointments)
      .where(eq(appointments.id, id)),
  ])
  const before = found(rows)
  const sharing = change.sharing ?? sharingOf(change.maxStudents)
  await commit(
    account,
    [
      ...mustBePriced(account, change.pricingScheduleId, id),
      account.db
        .update(appointments)
        .set({
          ...change,
          blackouts: (change.blackouts ?? before.blackouts) ? 1 : 0,
          sharing,
          criteria: keptOf(change.criteria ?? before.criteria),
        })
        .where(eq(appointments.id, id)),
      ...audit(account, 'appointment', 'changed an appointment', [['appointment', id]], { before, after: change }),
    ],
    answer,
  )
}

/** Changes a service, or takes it out of use; its appointments keep their times. @throws NotFound */
export async function changeService(
  account: Account,
  id: number,
  change: { name: string; description: string | null; minutes: number; retired: boolean },
  answer?: Answer,
): Promise<void> {
  const { retired, ...words } = change
  const [rows] = await read(account, [
    account.db
      .select({ name: services.name, minutes: services.minutes, retiredAt: services.retiredAt })
      .from(services)
      .where(eq(services.id, id)),
  ])
  const before = found(rows)
  await commit(
    account,
    [
      mustBeNew(account, words.name, id),
      account.db
        .update(services)
        .set({ ...words, retiredAt: retired ? (before.retiredAt ?? account.now) : null })
        .where(eq(services.id, id)),
      ...audit(account, 'service', `changed the service ${words.name}`, [['service', id]], { before, after: change }),
    ],
    answer,
  )
}

const mustBeNew = (account: Account, name: string, id = 0) =>
  must(
    account,
    sql`not exists (select 1 from ${services} where ${services.name} = ${name} and ${services.id} <> ${id})`,
    'name-taken',
  )

/**
 * The times of a weekly plan: on each of these weekdays from a day to another, lessons one after the other from a time
 * until another, or one when there is no other.
 * @param plan.minutes how long one takes
 */
export function timesOf(plan: {
  from: string
  to: string
  weekdays: number[]
  start: string
  until: string | null
  minutes: number
}): { onDate: string; startTime: string; endTime: string }[] {
  const { from, to, weekdays, minutes } = plan
  const count = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const time = (count: number) =>
    `${String(Math.floor(count / 60)).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}`
  const first = count(plan.start)
  const last = Math.min(plan.until === null ? first + minutes : count(plan.until), 24 * 60 - 1)
  const times: { onDate: string; startTime: string; endTime: string }[] = []
  if (first + minutes > last) return times
  for (let day = from; day <= to && times.length <= mostTimes; day = addDays(day, 1)) {
    if (weekdays.length && !weekdays.includes(weekday(day))) continue
    for (let at = first; at + minutes <= last; at += minutes)
      times.push({ onDate: day, startTime: time(at), endTime: time(at + minutes) })
  }
  return times
}

/** So many times are opened at once. */
export const mostTimes = 300

/**
 * Opens times at which an appointment can be booked, as the wall shows them at its location.
 * @throws NotFound; Refusal 'instructor-busy' when the instructor has something at one of them already
 * @returns their ids, in order
 */
export async function openSlots(
  account: Account,
  appointmentId: number,
  times: { onDate: string; startTime: string; endTime: string }[],
  answer?: Answer,
): Promise<number[]> {
  if (!times.length) throw new Refusal('nothing-chosen')
  const [offers] = await read(account, [
    account.db
      .select({
        staffId: appointments.staffId,
        locationId: appointments.locationId,
        maxStudents: appointments.maxStudents,
      })
      .from(appointments)
      .where(eq(appointments.id, appointmentId)),
  ])
  const { staffId, locationId, maxStudents } = found(offers)
  const zone = zoneAt(account, locationId)
  const rows = times.map(({ onDate, startTime, endTime }) => ({
    onDate,
    startTime,
    endTime,
    startsAt: instant(onDate, startTime, zone),
    endsAt: instant(onDate, endTime, zone),
  }))
  const wanted = JSON.stringify(rows)
  // One statement, however many they are: a free installation has fifty a request.
  const opened = account.db
    .insert(appointmentSlots)
    .select(
      sql`select null, ${appointmentId}, ${staffId}, value ->> 'onDate', value ->> 'startTime', value ->> 'endTime', value ->> 'startsAt', value ->> 'endsAt', ${maxStudents}, 'open' from json_each(${wanted})`,
    )
    .returning({ id: appointmentSlots.id })
  const told = audit(account, 'appointment', `opened ${times.length} times`, [['appointment', appointmentId]], {
    after: times.length > 20 ? { first: times[0], last: times.at(-1) } : times,
  })
  const results = await commit(account, [mustBeFree(account, staffId, rows), opened, ...told], answer)
  return (results[1] as { id: number }[]).map(({ id }) => id).sort((a, b) => a - b)
}

async function made(
  account: Account,
  row: Statement,
  told: Statement[],
  answer?: Answer,
  guards: Statement[] = [],
): Promise<number> {
  const results = (await commit(account, [...guards, row, ...told], answer)) as { id: number }[][]
  return results[guards.length]?.[0]?.id ?? 0
}
