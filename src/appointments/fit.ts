import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import type { Child } from '../enrollments/eligibility'
import { criteriaIn } from './criteria'

/** An ISO duration of years and months as so many months: a cast to a number stops at the letter behind it. */
const months = (duration: SQL) =>
  sql`iif(instr(${duration}, 'Y'), 12 * cast(substr(${duration}, 2) as integer) + cast(substr(${duration}, instr(${duration}, 'Y') + 1) as integer), cast(substr(${duration}, 2) as integer))`

/** How many months after its birth somebody is too old: the last year or month counts to its end (A4). */
const untilMonths = (duration: SQL) => sql`(${months(duration)} + iif(instr(${duration}, 'M'), 1, 12))`

/** So many months after a day; where that month is shorter, its last day. */
const later = (day: SQL, count: SQL) =>
  sql`min(date(${day}, ${count} || ' months'), date(${day}, 'start of month', (${count} + 1) || ' months', '-1 day'))`

/** Whose ages and gender are asked: values, or the columns of a statement around. */
interface Whose {
  birthDate: SQL
  gender: SQL
}

const limits = (criteria: SQL) => {
  const [min, max] = [sql`(${criteria} ->> 'minAge')`, sql`(${criteria} ->> 'maxAge')`]
  return { min, max, gender: sql`coalesce(${criteria} ->> 'gender', 'any')` }
}

/** What keeps somebody from a time on a day, each by its code; the exact age on that day counts, as misfitsOn says it. */
function misfits(criteria: SQL, { birthDate, gender }: Whose, onDate: SQL): [code: string, isSo: SQL][] {
  const limit = limits(criteria)
  const aged = (duration: SQL) => sql`${duration} is not null and ${birthDate} is not null and`
  return [
    ['too-young', sql`(${aged(limit.min)} ${onDate} < ${later(birthDate, months(limit.min))})`],
    ['too-old', sql`(${aged(limit.max)} ${onDate} >= ${later(birthDate, untilMonths(limit.max))})`],
    ['wrong-gender', sql`(${limit.gender} <> 'any' and ${gender} not in ('unstated', ${limit.gender}))`],
  ]
}

/**
 * Guards that a student fits a time by what both are now: a limit or a birthday may have changed since they were read.
 * @param except codes that staff set aside
 */
export function mustFit(
  account: Account,
  slotId: number,
  studentId: number | null,
  except: string[] = [],
): Statement[] {
  const whose = { birthDate: sql`c.birth_date`, gender: sql`c.gender` }
  const one = sql`appointment_slots s join appointments a on a.id = s.appointment_id join students c on c.id = ${studentId}`
  return misfits(sql`a.criteria`, whose, sql`s.on_date`)
    .filter(([code]) => !except.includes(code))
    .map(([code, isSo]) =>
      must(account, sql`not exists (select 1 from ${one} where s.id = ${slotId} and ${isSo})`, code),
    )
}

/** Keeps a list of times to those that are for somebody: a child to the day, or whoever is so many years old. */
export function thatFit({ child, age }: { child?: Child; age?: number }): SQL | undefined {
  const criteria = sql`appointments.criteria`
  if (child) {
    const whose = { birthDate: sql`${child.birthDate}`, gender: sql`${child.gender}` }
    const some = misfits(criteria, whose, sql`appointment_slots.on_date`).map(([, isSo]) => isSo)
    return sql`(${criteria} = '{}' or not (${sql.join(some, sql` or `)}))`
  }
  if (age === undefined) return
  const { min, max } = limits(criteria)
  // No birthday is known, so any day of that year counts.
  return sql`(${criteria} = '{}' or (coalesce(${months(min)}, 0) <= ${age * 12 + 11} and coalesce(${untilMonths(max)}, 9999) > ${age * 12}))`
}

/** What is for some alone, with the first and the last day between two moments on which it has an open time. */
export function limitedOffers(
  { db, now }: Account,
  from: number,
  to: number,
  wanted: { service?: number; instructor?: number; location?: number },
) {
  const day = (order: 'asc' | 'desc') =>
    sql<string>`(select s.on_date from appointment_slots s where s.appointment_id = a.id and s.state = 'open' and s.starts_at > ${Math.max(from, now)} and s.starts_at < ${to} order by s.starts_at ${sql.raw(order)} limit 1)`
  const only = (column: string, value: number | undefined) =>
    value ? sql` and ${sql.raw(`a.${column}`)} = ${value}` : sql``
  return db
    .select({
      service: sql<string>`v.name`.as('limited_service'),
      staffName: sql<string>`coalesce(t.display_name, t.first_name || ' ' || t.last_name)`.as('limited_coach'),
      criteria: sql`a.criteria`.mapWith(criteriaIn).as('limited_to'),
      first: sql<string | null>`${day('asc')}`.as('limited_first'),
      last: sql<string | null>`${day('desc')}`.as('limited_last'),
    })
    .from(sql`appointments a join services v on v.id = a.service_id join staff t on t.id = a.staff_id`)
    .where(
      sql`a.state = 'active' and a.criteria <> '{}'${only('service_id', wanted.service)}${only('staff_id', wanted.instructor)}${only('location_id', wanted.location)}`,
    )
    .orderBy(sql`v.name, a.id`)
    .limit(100)
}
