import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { instant, sayDate, sayTime } from '../clock'
import { Refusal } from '../database'
import { campBlocks, camps, campTypes, classes, pricingSchedules } from '../schema/classes'
import { locations } from '../schema/locations'
import { programs } from '../schema/programs'
import { type Question, questionsColumn } from './questions'

/** A day of a camp, with the places that are taken on it by enrollments and by carts. */
export interface CampDay {
  date: string
  start: string
  end: string
  blockId: number
  block: string
  places: number
  taken: number
}

/** A price: what so many blocks or days cost the nth child, in cents. */
export interface Cell {
  blocks: number
  nth: number
  cents: number
}

/** A camp as its page, its rules and its price need it. */
export interface CampRow {
  id: number
  name: string
  description: string | null
  typeId: number
  singular: string
  plural: string
  locationId: number
  locationName: string
  timeZone: string
  programId: number
  programName: string
  zoneId: number | null
  minAge: string | null
  maxAge: string | null
  gender: 'male' | 'female' | 'any'
  places: number
  showPortal: number
  showOpenings: number
  allowRegistration: number
  registrationFrom: number | null
  registrationTo: number | null
  priorityFrom: number | null
  priorityTo: number | null
  startDate: string | null
  endDate: string | null
  state: 'active' | 'inactive'
  /** What families choose: the whole camp, some of its blocks, some of its days. */
  attend: 'whole' | 'blocks' | 'days'
  dueAtSignup: 'none' | 'deposit' | 'full'
  autoApprove: number
  /** Families may wait for days that are full. */
  allowWaitlist: number
  categoryId: number
  scheduleId: number
  pricingName: string
  depositKind: 'none' | 'cents' | 'percent'
  deposit: number
  cells: Cell[]
  days: CampDay[]
  /** What is asked of each child. */
  questions: Question[]
}

/** Places taken on a day of a camp: seats of a camp are one day long. */
const takenOn = (now: number) =>
  sql`(select count(*) from seats s where s.class_id = m.class_id and s.to_date = m.on_date and (s.expires_at is null or s.expires_at > ${now}))`

/** What lists and pages of camps know alike. */
const listedColumns = {
  id: classes.id,
  name: classes.name,
  typeId: camps.campTypeId,
  singular: campTypes.singular,
  plural: campTypes.plural,
  locationId: classes.locationId,
  programId: classes.programId,
  minAge: classes.minAge,
  maxAge: classes.maxAge,
  gender: classes.gender,
  places: classes.maxStudents,
  showPortal: classes.showPortal,
  showOpenings: classes.showOpenings,
  allowRegistration: classes.allowRegistration,
  registrationFrom: classes.registrationFrom,
  registrationTo: classes.registrationTo,
  priorityFrom: classes.priorityFrom,
  priorityTo: classes.priorityTo,
  startDate: classes.startDate,
  endDate: classes.endDate,
  state: classes.state,
  attend: camps.attend,
  dueAtSignup: camps.dueAtSignup,
  autoApprove: camps.autoApprove,
  allowWaitlist: camps.allowWaitlist,
  scheduleId: camps.pricingScheduleId,
}

/** Camps with their days, prices and places; the caller narrows. */
export function campQuery({ db, now }: Pick<Account, 'db' | 'now'>) {
  const days = sql`(select json_group_array(json_object('date', m.on_date, 'start', m.start_time, 'end', m.end_time, 'blockId', b.id, 'block', b.name, 'places', min(classes.max_students, coalesce(b.max_students, classes.max_students)), 'taken', ${takenOn(now)})) from meetings m join ${campBlocks} b on b.id = m.camp_block_id where m.class_id = ${classes.id} and m.state = 'planned')`
  const cells = sql`(select json_group_array(json_object('blocks', p.blocks, 'nth', p.nth_student, 'cents', p.cents)) from pricing_cells p where p.schedule_id = ${camps.pricingScheduleId})`
  return db
    .select({
      ...listedColumns,
      description: classes.description,
      locationName: sql<string>`${locations.name}`.as('location_name'),
      timeZone: locations.timeZone,
      programName: sql<string>`${programs.name}`.as('program_name'),
      zoneId: classes.zoneId,
      categoryId: camps.chargeCategoryId,
      pricingName: sql<string>`${pricingSchedules.name}`.as('pricing_name'),
      depositKind: pricingSchedules.depositKind,
      deposit: pricingSchedules.deposit,
      cells: cells.mapWith(text => JSON.parse(text) as Cell[]).as('camp_cells'),
      days: days
        .mapWith(text => (JSON.parse(text) as CampDay[]).sort((a, b) => a.date.localeCompare(b.date)))
        .as('camp_days'),
      questions: questionsColumn(sql`${classes.id}`).as('camp_questions_asked'),
    })
    .from(classes)
    .innerJoin(camps, eq(camps.classId, classes.id))
    .innerJoin(campTypes, eq(campTypes.id, camps.campTypeId))
    .innerJoin(pricingSchedules, eq(pricingSchedules.id, camps.pricingScheduleId))
    .innerJoin(locations, eq(locations.id, classes.locationId))
    .innerJoin(programs, eq(programs.id, classes.programId))
    .$dynamic()
}

/** One camp by its id. */
export const campById = (account: Pick<Account, 'db' | 'now'>, id: number | SQL<number>) =>
  campQuery(account).where(eq(classes.id, id))

/** What a list shows of each camp; days and places are the camp's own page's, so that a list stays short to read. */
export type ListedCamp = Omit<
  CampRow,
  | 'description'
  | 'zoneId'
  | 'pricingName'
  | 'programName'
  | 'categoryId'
  | 'depositKind'
  | 'deposit'
  | 'cells'
  | 'days'
  | 'questions'
  | 'timeZone'
> & { fromCents: number | null }

/**
 * Camps as lists show them, the soonest first.
 * @param page.latest the latest first
 * @param page.after the camp that the page before ended with
 */
export function campListQuery(
  { db }: Pick<Account, 'db'>,
  narrow: SQL | undefined,
  { limit, latest, after }: { limit: number; latest?: boolean; after?: number },
) {
  const order = [classes.endDate, classes.sortName, classes.id]
  const behind = sql`(${sql.join(order, sql`, `)}) ${sql.raw(latest ? '<' : '>')} (select o.end_date, o.sort_name, o.id from classes o where o.id = ${after ?? 0})`
  return db
    .select({
      ...listedColumns,
      locationName: sql<string>`(select l.name from ${locations} l where l.id = ${classes.locationId})`.as(
        'location_name',
      ),
      fromCents: sql<
        number | null
      >`(select p.cents from pricing_cells p where p.schedule_id = ${camps.pricingScheduleId} and p.blocks = 1 and p.nth_student = 1)`.as(
        'from_cents',
      ),
    })
    .from(classes)
    .innerJoin(camps, eq(camps.classId, classes.id))
    .innerJoin(campTypes, eq(campTypes.id, camps.campTypeId))
    .where(and(eq(classes.kind, 'camp'), narrow, after ? behind : undefined))
    .orderBy(...order.map(one => (latest ? desc(one) : asc(one))))
    .limit(limit)
}

/** "Jul 6", "Jul 6 to Jul 10": the days of a camp from its first to its last. */
export const sayDates = ({ startDate, endDate }: Pick<CampRow, 'startDate' | 'endDate'>, to = 'to') => {
  if (!startDate || !endDate) return ''
  return startDate === endDate ? sayDate(startDate) : `${sayDate(startDate)} ${to} ${sayDate(endDate)}`
}

/** "Mon, Jul 6 and Wed, Jul 8" in the short form lists have: "Jul 6, Jul 8"; a long row of days in its ends. */
export const sayDays = (days: readonly string[], to = 'to') => {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return days.length > 4
    ? `${sayDate(first)} ${to} ${sayDate(last)} (${days.length})`
    : days.map(day => sayDate(day)).join(', ')
}

/** "9:00 am to 3:00 pm" */
export const sayHours = ({ start, end }: Pick<CampDay, 'start' | 'end'>, to = 'to') =>
  `${sayTime(start)} ${to} ${sayTime(end)}`

/** Whether a day can still be asked for: it has not begun. */
export const isAhead = ({ now }: Pick<Account, 'now'>, { timeZone }: Pick<CampRow, 'timeZone'>, day: CampDay) =>
  instant(day.date, day.start, timeZone) > now

/** What a family chose of a camp, as its form says it. */
export interface Choice {
  days: string[]
  blocks: number[]
}

/**
 * The days of a choice, in order: all of a camp that is only taken whole, all of a chosen block, or the chosen days.
 * @throws Refusal 'nothing-chosen', 'camp-day-gone' for a day that is not there, or is over
 */
export function daysOf(account: Pick<Account, 'now'>, camp: CampRow, { days, blocks }: Choice): string[] {
  const chosen = camp.days.filter(day => {
    if (camp.attend === 'whole') return true
    return camp.attend === 'blocks' ? blocks.includes(day.blockId) : days.includes(day.date)
  })
  const known = new Set(chosen.map(({ date }) => date))
  if (camp.attend === 'days' && days.some(day => !known.has(day))) throw new Refusal('camp-day-gone')
  if (!chosen.length) throw new Refusal('nothing-chosen')
  if (!chosen.every(day => isAhead(account, camp, day))) throw new Refusal('camp-day-gone')
  return [...known]
}

/** How many units of its price some days are: days, blocks, or the camp as one. */
export function unitsOf(camp: Pick<CampRow, 'attend' | 'days'>, days: readonly string[]): number {
  if (camp.attend === 'whole') return 1
  if (camp.attend === 'days') return days.length
  return new Set(camp.days.filter(({ date }) => days.includes(date)).map(({ blockId }) => blockId)).size
}
