import { type SQL, sql } from 'drizzle-orm'
import { type Account, businessZone, todayAt } from '../accounts/account'
import { today } from '../clock'
import { commit } from '../database'
import { figures } from '../schema/figures'

const hour = 3_600_000

/**
 * Counts what the Welcome page shows, by place, in the order of the table's columns. Families and students belong to the
 * whole business, as their lists do; classes and what runs in them have a place.
 * @param due comes first in each join, so that nothing is read while it is false
 */
function counting({ now }: Account, day: string, due: SQL): SQL {
  const each = (name: Figures['name'], place: string, from: SQL, then: string) =>
    sql`select ${sql.raw(`'${name}' as name, ${place} as location_id`)}, count(*) as number, ${day} as on_date, cast(${now} as integer) as at from (select 1 where ${due}) cross join ${from} ${sql.raw(then)}`
  const running = sql`enrollments e cross join classes k on k.id = e.class_id where e.state = 'approved' and e.type = 'active' and e.start_date <= ${day} and e.through_date >= ${day}`
  const offered = sql`classes k where k.state = 'active' and k.kind = 'class'`
  const known = sql`families where state in ('open','suspended')`
  const byPlace = 'group by k.location_id'
  const whole = 'having count(*) > 0'
  return sql`${each('enrollments', 'k.location_id', running, byPlace)} union all ${each('classes', 'k.location_id', offered, byPlace)}
    union all ${each('families', '0', known, whole)} union all ${each('students', '0', sql`students where state = 'open'`, whole)}`
}

/** Counts anew what was counted an hour ago, or yesterday: everybody lands on these figures after the log-in. */
export async function countFigures(account: Account): Promise<void> {
  const { db, now } = account
  const day = today(now, businessZone(account))
  const none = sql`not exists (select 1 from ${figures})`
  await commit(account, [
    db.delete(figures).where(sql`${figures.onDate} <> ${day} or ${figures.at} <= ${now - hour}`),
    db.insert(figures).select(counting(account, day, none)),
  ])
}

export interface Figures {
  name: 'enrollments' | 'families' | 'students' | 'classes'
  number: number
  /** When they were counted. */
  at: number
}

/** The figures of today for somebody of these places (none: of all), as they were counted last; before that, as they are. */
export function figuresQuery(account: Account, places: number[]) {
  const day = todayAt(account)
  const missing = sql`not exists (select 1 from ${figures} where ${figures.onDate} = ${day})`
  const mine = places.length
    ? sql`location_id = 0 or location_id in (select value from json_each(${JSON.stringify(places)}))`
    : undefined
  return account.db
    .select({
      name: sql<Figures['name']>`name`.as('name'),
      number: sql<number>`sum(number)`.as('number'),
      at: sql<number>`min(at)`.as('at'),
    })
    .from(
      sql`(select name, location_id, number, on_date, at from ${figures} where ${figures.onDate} = ${day} union all ${counting(account, day, missing)})`,
    )
    .where(mine)
    .groupBy(sql`name`)
}
