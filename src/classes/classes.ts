import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { type Account, todayAt } from '../accounts/account'
import { addDays, addMonths, sayDate, sayTime, sayWeekday } from '../clock'
import { t } from '../language'
import { classes, classTuitions } from '../schema/classes'
import { locations } from '../schema/locations'
import { programs } from '../schema/programs'
import { takenOn } from './seats'
import { type Closure, type Slot, slotsFrom } from './timetable'

export type { Slot } from './timetable'
export { meetingDays, nextMeeting } from './timetable'

/** A class as lists, forms and rules need it. */
export interface ClassRow {
  id: number
  /** A camp has days instead of weekly times: src/camps knows it. */
  kind: 'class' | 'camp'
  name: string
  description: string | null
  locationId: number
  locationName: string
  timeZone: string
  programId: number
  programName: string
  levelId: number | null
  minAge: string | null
  maxAge: string | null
  gender: 'male' | 'female' | 'any'
  startDate: string | null
  endDate: string | null
  places: number
  taken: number
  slots: Slot[]
  allowRegistration: number
  showPortal: number
  showOpenings: number
  /** On the waitlist now. */
  waiting: number
  /** First names of who teaches it: "Bianca and Dev". */
  teachers: string | null
  state: 'active' | 'inactive'
  tuitionCents: number | null
  tuitionUnit: 'flat' | 'hour' | 'timeslot' | null
  billingScheduleId: number | null
  /** How its billing schedule counts; nothing where it has no tuition. */
  cycle: 'month_session' | 'calendar_month' | 'four_weeks' | null
  /** First and last days of its sessions, in order. */
  sessions: [from: string, to: string][]
  discountScheduleId: number | null
  prorate: number
  discounts: number
  /** When families may enroll online, and before that those with priority (A4); moments, nothing where there is no limit. */
  registrationFrom: number | null
  registrationTo: number | null
  priorityFrom: number | null
  priorityTo: number | null
  singleDayOnly: number
  /** What one day costs; nothing where it is a meeting's share of the month. */
  singleDayCents: number | null
  /** Days on which the program is closed or does not bill. */
  closures: Closure[]
  /** Who may enroll, and until when only these (CP7). */
  openTo: 'all' | 'new' | 'returning'
  openToUntil: number | null
}

/** What a list of classes shows of each. */
export type ListedClass = Pick<
  ClassRow,
  'id' | 'name' | 'locationName' | 'programId' | 'minAge' | 'maxAge' | 'places' | 'taken' | 'slots' | 'state'
>

/** Classes as a list shows them: without prices, teachers and the waitlist, which are read class by class. */
export function classListQuery(account: Account) {
  const day = todayAt(account)
  return account.db
    .select({
      id: classes.id,
      name: classes.name,
      locationName: sql<string>`${locations.name}`.as('location_name'),
      programId: classes.programId,
      minAge: classes.minAge,
      maxAge: classes.maxAge,
      places: classes.maxStudents,
      taken: takenOn(account, classes.id, day).as('taken'),
      slots: slotsFrom(day).as('slots'),
      state: classes.state,
    })
    .from(classes)
    .innerJoin(locations, eq(locations.id, classes.locationId))
    .$dynamic()
}

/** A moment of the class's registration, or of its sessions' where it has none of its own. */
const windowOf = (
  column: 'registration_from' | 'registration_to' | 'priority_from' | 'priority_to',
  which: 'min' | 'max',
) =>
  sql<
    number | null
  >`coalesce(classes.${sql.raw(column)}, (select ${sql.raw(`${which}(t.${column})`)} from class_terms c join terms t on t.id = c.term_id where c.class_id = ${classes.id}))`.as(
    `window_${column}`,
  )

/**
 * The class with its times, places taken today and tuition, as one statement.
 * @param counted without it nobody is counted and no teacher is named, which costs fewer rows
 */
export function classQuery(account: Account, counted = true) {
  const day = todayAt(account)
  // Found once and joined: asked for column by column it would be read three times.
  const tuition = sql`${classTuitions.id} = (select u.id from class_tuitions u where u.class_id = ${classes.id} and u.from_date <= ${day} order by u.is_default desc, u.from_date desc limit 1)`
  // Who is asked at the class goes before who is asked at its program.
  const first = (own: SQLiteColumn, ofProgram: SQLiteColumn) =>
    sql`case when ${classes.openTo} <> 'all' then ${own} else ${ofProgram} end`
  return account.db
    .select({
      id: classes.id,
      kind: classes.kind,
      name: classes.name,
      description: classes.description,
      locationId: classes.locationId,
      locationName: sql<string>`${locations.name}`.as('location_name'),
      timeZone: locations.timeZone,
      programId: classes.programId,
      programName: sql<string>`${programs.name}`.as('program_name'),
      levelId: classes.levelId,
      minAge: classes.minAge,
      maxAge: classes.maxAge,
      gender: classes.gender,
      startDate: classes.startDate,
      endDate: classes.endDate,
      places: classes.maxStudents,
      taken: (counted ? takenOn(account, classes.id, day) : sql<number>`0`).as('taken'),
      slots: slotsFrom(day).as('slots'),
      allowRegistration: classes.allowRegistration,
      showPortal: classes.showPortal,
      showOpenings: classes.showOpenings,
      waiting: (counted
        ? sql<number>`(select count(*) from enrollments w where w.class_id = ${classes.id} and w.type = 'wait' and w.state = 'approved' and w.drop_date is null)`
        : sql<number>`0`
      ).as('waiting'),
      teachers: (counted
        ? sql<
            string | null
          >`(select group_concat(coalesce(p.display_name, p.first_name), ' and ') from class_instructors i join staff p on p.id = i.staff_id where i.class_id = ${classes.id})`
        : sql<string | null>`null`
      ).as('teachers'),
      state: classes.state,
      tuitionCents: sql<number | null>`${classTuitions.cents}`.as('tuition_cents'),
      tuitionUnit: sql<ClassRow['tuitionUnit']>`${classTuitions.unit}`.as('tuition_unit'),
      billingScheduleId: sql<number | null>`${classTuitions.billingScheduleId}`.as('billing_schedule_id'),
      cycle: sql<
        ClassRow['cycle']
      >`(select b.cycle from billing_schedules b where b.id = ${classTuitions.billingScheduleId})`.as('billing_cycle'),
      sessions:
        sql`(select json_group_array(json_array(t.start_date, t.end_date)) from (select t.start_date, t.end_date from class_terms c join terms t on t.id = c.term_id where c.class_id = ${classes.id} order by t.start_date) t)`
          .mapWith(text => JSON.parse(text) as ClassRow['sessions'])
          .as('class_sessions'),
      discountScheduleId: sql<
        number | null
      >`coalesce(${classes.discountScheduleId}, ${programs.discountScheduleId})`.as('discount_schedule'),
      prorate: classes.prorate,
      discounts: classes.discounts,
      registrationFrom: windowOf('registration_from', 'min'),
      registrationTo: windowOf('registration_to', 'max'),
      priorityFrom: windowOf('priority_from', 'min'),
      priorityTo: windowOf('priority_to', 'max'),
      singleDayOnly: classes.singleDayOnly,
      singleDayCents: classes.singleDayCents,
      closures: sql`${programs.closures}`.mapWith(text => JSON.parse(text) as Closure[]).as('program_closures'),
      openTo: sql<ClassRow['openTo']>`${first(classes.openTo, programs.openTo)}`.as('open_to_whom'),
      openToUntil: sql<number | null>`${first(classes.openToUntil, programs.openToUntil)}`.as('open_to_end'),
    })
    .from(classes)
    .innerJoin(locations, eq(locations.id, classes.locationId))
    .innerJoin(programs, eq(programs.id, classes.programId))
    .leftJoin(classTuitions, tuition)
    .$dynamic()
}

/** One class by its id. */
export function classById(account: Account, id: number | SQL<number>) {
  return classQuery(account).where(eq(classes.id, id))
}

/** The classes families may look at, by name. */
export function publicClasses(account: Account, locationId?: number, limit = 200) {
  return classQuery(account)
    .where(
      and(
        eq(classes.state, 'active'),
        eq(classes.kind, 'class'),
        eq(classes.showPortal, 1),
        locationId ? eq(classes.locationId, locationId) : undefined,
      ),
    )
    .orderBy(asc(classes.sortName), asc(classes.id))
    .limit(limit)
}

/** "Mon 4:15 pm", "Mon, Wed 4:15 pm"; where the times change, "Mon 4:15 pm until Jan 4; Wed 5:00 pm from Jan 5". */
export function saySchedule(slots: Slot[]): string {
  const changes = slots.some(({ from }) => from)
  const byTime = new Map<string, string[]>()
  for (const { weekday, start, from, to } of slots) {
    const said = sayTime(start)
    const time =
      changes && from
        ? t('{time} from {day}', { time: said, day: sayDate(from) })
        : changes && to
          ? t('{time} until {day}', { time: said, day: sayDate(to) })
          : said
    byTime.set(time, [...(byTime.get(time) ?? []), sayWeekday(weekday, true)])
  }
  return [...byTime].map(([time, days]) => `${days.join(', ')} ${time}`).join('; ')
}

/** "Beginner Gymnastics 2, Mon 4:15 pm": the class in one breath. */
export function sayClass({ name, slots }: Pick<ClassRow, 'name' | 'slots'>): string {
  const schedule = saySchedule(slots)
  return schedule ? `${name}, ${schedule}` : name
}

/** Places free now; never below zero, also when staff overbooked. */
export const openings = ({ places, taken }: Pick<ClassRow, 'places' | 'taken'>) => Math.max(0, places - taken)

/** The age span of a class: ISO durations, "P3Y" or "P3Y6M"; the older end includes what its smallest unit leaves open. */
export function ageMisfit(
  birthDate: string | null,
  on: string,
  { minAge, maxAge }: Pick<ClassRow, 'minAge' | 'maxAge'>,
): 'too-young' | 'too-old' | undefined {
  if (!birthDate) return
  if (minAge && on < later(birthDate, minAge)) return 'too-young'
  if (maxAge && on >= later(birthDate, maxAge, true)) return 'too-old'
}

function later(birth: string, duration: string, pastEnd = false): string {
  const [, years, months, days] = duration.match(/^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/) ?? []
  const sum = Number(years ?? 0) * 12 + Number(months ?? 0)
  if (!pastEnd) return addDays(addMonths(birth, sum), Number(days ?? 0))
  if (days) return addDays(addMonths(birth, sum), Number(days) + 1)
  return addMonths(birth, sum + (months ? 1 : 12))
}

/** "3 to 5 years", "from 18 months". */
export function sayAges({ minAge, maxAge }: Pick<ClassRow, 'minAge' | 'maxAge'>): string {
  const say = (duration: string) => {
    const [, years, months] = duration.match(/^P(?:(\d+)Y)?(?:(\d+)M)?/) ?? []
    if (years && months && Number(months)) return t('{years} years {months} months', { years, months })
    return years ? t('{years} years', { years }) : t('{months} months', { months: months ?? '' })
  }
  const both = (years: string) => years.replace(/ (years|años)$/, '')
  if (minAge && maxAge) return t('{from} to {to}', { from: both(say(minAge)), to: say(maxAge) })
  if (minAge) return t('from {age}', { age: say(minAge) })
  return maxAge ? t('up to {age}', { age: say(maxAge) }) : t('all ages')
}

/** "Ages 3 to 5 years", "All ages": for whom something is, in a list. */
export const sayForAges = (row: Pick<ClassRow, 'minAge' | 'maxAge'>) =>
  row.minAge || row.maxAge ? t('Ages {ages}', { ages: sayAges(row) }) : t('All ages')
