import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { today } from '../clock'
import { must, type Statement } from '../database'
import { classes } from '../schema/classes'
import { ruleAt } from '../settings'

const forever = '9999-12-31'

export interface Places {
  classId: number | SQL<number>
  from: string
  /** The last day, or nothing for an enrollment without an end. */
  to?: string | SQL<string> | null
  /** The zone of the class's location: the look-ahead begins with its day. */
  timeZone?: string
  /** A hold of the same person, which is about to become the enrollment. */
  ownItem?: number
}

/**
 * True while a place is free: by the page's formula within the look-ahead window, by the exact peak on each later day,
 * and with the gaps that absences leave open for one-day guests only (A4). Holds that ran out count for nothing.
 */
export function seatIsFree(account: Account, { classId, from, to, ownItem, timeZone }: Places): SQL {
  const ahead = lookAhead(account, sql`location_id`)
  const day = today(account.now, timeZone ?? businessZone(account))
  const last = to ?? forever
  const own = ownItem ?? -1
  return sql`(with want as materialized (select id as class_id, max_students as places, ${from} as f, ${last} as t, case when ${from} = ${last} then ${last} else min(${last}, max(${from}, date(${day}, ${ahead}))) end as w from classes where id = ${classId}),
    taken as materialized (select s.from_date as f, s.to_date as t from want cross join seats s where s.class_id = want.class_id and s.to_date >= want.f and s.from_date <= want.t and (s.expires_at is null or s.expires_at > ${account.now}) and s.cart_item_id is not ${own}),
    gaps as materialized (select a.on_date as d, count(*) as n from want cross join absences a where a.class_id = want.class_id and a.frees_place = 1 and a.on_date between want.f and want.t group by a.on_date),
    days as (select f as d from want union select taken.f from taken, want where taken.f > want.f union select date(gaps.d, '+1 day') from gaps, want where gaps.d < want.t)
    select (select state = 'active' from classes where id = ${classId})
      and (${from} = ${last} or (select count(*) from taken, want where taken.f <= want.w and taken.t > taken.f) < (select places from want))
      and not exists (select 1 from days, want where (select count(*) from taken where taken.f <= days.d and taken.t >= days.d) - coalesce((select n from gaps where gaps.d = days.d), 0) >= want.places))`
}

/** How far ahead of a day the places of a class are counted, as its location has it. */
const lookAhead = (account: Account, at: Parameters<typeof ruleAt>[1]) =>
  ruleAt(account, at, rules => `+${rules['classreg.look_ahead_days']} days`)

/** The guard behind every place that is given away: refuses with 'class-full'. */
export function mustHaveSeat(account: Account, places: Places): Statement {
  return must(account, seatIsFree(account, places), 'class-full')
}

/** Places taken on a day within the look-ahead window: what the page's "openings" are counted from. */
export function takenOn(account: Account, classId: SQL | typeof classes.id, day: string): SQL<number> {
  const ahead = lookAhead(account, classes.locationId)
  return sql<number>`(select count(*) from seats s where s.class_id = ${classId} and s.to_date >= ${day} and s.from_date <= date(${day}, ${ahead}) and (s.to_date > s.from_date or s.from_date = ${day}) and (s.expires_at is null or s.expires_at > ${account.now}))`
}
