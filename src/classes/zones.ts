import { sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { sayTime, sayWeekday } from '../clock'

/**
 * Classes that are in a zone at a time of one of these classes, where the zone would then hold more at once than it
 * can: a warning, not a refusal (A0). A zone without a number holds any number.
 * @param zoneId where they are to be; nothing is where each of them is
 */
export function overbookedQuery(account: Account, classIds: number[], zoneId?: number) {
  const day = todayAt(account)
  const meets = (slot: string, of: string) =>
    sql.raw(
      `${slot}.to_date >= max('${day}', coalesce(${of}.start_date, '')) and ${slot}.from_date <= coalesce(${of}.end_date, '9999-12-31')`,
    )
  const ended = sql.raw(`coalesce(o.end_date, '9999-12-31') >= max('${day}', coalesce(c.start_date, ''))`)
  const beside = (first: string, second: string) =>
    sql.raw(
      `${second}.weekday = ${first}.weekday and ${second}.start_time < ${first}.end_time and ${second}.end_time > ${first}.start_time and ${second}.from_date <= ${first}.to_date and ${second}.to_date >= ${first}.from_date`,
    )
  const zone = zoneId === undefined ? sql`c.zone_id` : sql`${zoneId}`
  const ids = JSON.stringify(classIds)
  // Those that are chosen come into the zone together, so they count among each other.
  const isIn =
    zoneId === undefined
      ? sql`o.zone_id = z.id`
      : sql`(o.zone_id = z.id or o.id in (select g.value from json_each(${ids}) g))`
  return account.db
    .select({
      zone: sql<string>`z.name`.as('zone_name'),
      most: sql<number>`z.max_classes`.as('at_once'),
      className: sql<string>`c.name`.as('class_name'),
      weekday: sql<number>`t.weekday`.as('on_weekday'),
      start: sql<string>`t.start_time`.as('begins'),
      others: sql`json_group_array(distinct o.name)`.mapWith(text => JSON.parse(text) as string[]).as('other_names'),
    })
    .from(
      sql`json_each(${ids}) i cross join classes c on c.id = i.value cross join zones z on z.id = ${zone} and z.max_classes is not null and z.location_id = c.location_id cross join timeslots t on t.class_id = c.id and ${meets('t', 'c')} cross join classes o on o.state = 'active' and o.kind = 'class' and o.id <> c.id and ${isIn} and ${ended} cross join timeslots u on u.class_id = o.id and ${meets('u', 'o')} and ${beside('t', 'u')}`,
    )
    .groupBy(sql`c.id, t.id`)
    .having(sql`count(distinct o.id) >= z.max_classes`)
    .orderBy(sql`c.sort_name, t.weekday, t.start_time`)
    .limit(20)
}

type Overbooked = Awaited<ReturnType<typeof overbookedQuery>>[number]

/** "Main Floor holds 1 class at once: Mini Movers, Mon 4:15 pm, is there with Tumbling." */
export const sayOverbooked = ({ zone, most, className, weekday, start, others }: Overbooked) =>
  `${zone} holds ${most === 1 ? '1 class' : `${most} classes`} at once: ${className}, ${sayWeekday(weekday, true)} ${sayTime(start)}, is there with ${others.join(', ')}.`
