import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { must, type Statement } from '../database'
import { seats } from '../schema/enrollments'
import { type Places, seatIsFree } from './seats'

const forever = '9999-12-31'

/** What takes places in a class: those who are in it, who asked, what carts keep, what the waitlist is offered. */
const kinds = ['taken', 'requested', 'held', 'offered'] as const

interface Crowding {
  from: string
  to: string
  kind: (typeof kinds)[number]
}

/** How a class stands on its fullest day of a span, in the numbers that somebody who overbooks has to read. */
export interface Crowd extends Record<(typeof kinds)[number], number> {
  places: number
  /** The fullest day, where it is a later one. */
  on: string
  /** Whether the guard of a place would let somebody in. */
  free: boolean
  /** How many places are taken at any time of the span: whoever overbooks has seen so many. */
  seen: number
}

const overlapping = ({ now }: Pick<Account, 'now'>, { classId, from, to }: Places) =>
  sql`from ${seats} s where s.class_id = ${classId} and s.to_date >= ${from} and s.from_date <= ${to ?? forever} and (s.expires_at is null or s.expires_at > ${now})`

/** What takes places in a span of days, the days that absences free, and whether a place is free: three queries in one row. */
export function crowdQuery(account: Account, places: Places) {
  const { classId, from, to } = places
  return account.db
    .select({
      places: sql<number>`k.max_students`.as('crowd_places'),
      rows: sql`(select json_group_array(json_object('from', s.from_date, 'to', s.to_date, 'kind', case when s.offer_id is not null then 'offered' when s.cart_item_id is not null then 'held' when (select e.state from enrollments e where e.id = s.enrollment_id) = 'requested' then 'requested' else 'taken' end)) ${overlapping(account, places)})`
        .mapWith(text => JSON.parse(text) as Crowding[])
        .as('crowd_rows'),
      gaps: sql`(select json_group_object(d, n) from (select a.on_date as d, count(*) as n from absences a where a.class_id = ${classId} and a.frees_place = 1 and a.on_date between ${from} and ${to ?? forever} group by a.on_date))`
        .mapWith(text => JSON.parse(text) as Record<string, number>)
        .as('crowd_gaps'),
      free: sql<number>`${seatIsFree(account, places)}`.as('crowd_free'),
    })
    .from(sql`classes k`)
    .where(sql`k.id = ${classId}`)
}

type Asked = Awaited<ReturnType<typeof crowdQuery>>[number]

/** The fullest day of the span, with who takes its places. */
export function crowdOf({ places, rows, gaps, free }: Asked, from: string): Crowd {
  const days = [from, ...rows.map(row => row.from).filter(day => day > from)]
  const on = (day: string) => rows.filter(row => row.from <= day && row.to >= day)
  const weight = (day: string) => on(day).length - (gaps[day] ?? 0)
  const fullest = days.reduce((most, day) => (weight(day) > weight(most) ? day : most), from)
  // Places that are promised within the look-ahead may fill a class that has none taken on any one day.
  const counted = free || weight(fullest) >= places ? on(fullest) : rows
  const number = (wanted: Crowding['kind']) => counted.filter(({ kind }) => kind === wanted).length
  return {
    places,
    on: fullest,
    free: free === 1,
    seen: rows.length,
    taken: number('taken'),
    requested: number('requested'),
    held: number('held'),
    offered: number('offered'),
  }
}

/** "8 of 8 places are taken, 1 of them requested and 1 on hold": the numbers of the warning. */
export function sayCrowd({ places, taken, requested, held, offered }: Crowd): string {
  const all = taken + requested + held + offered
  const of = [
    requested ? `${requested} requested` : '',
    held ? `${held} on hold` : '',
    offered ? `${offered} offered to the waitlist` : '',
  ].filter(Boolean)
  return `${all} of ${places} places are taken${of.length ? `: ${taken} enrolled, ${of.join(', ')}` : ''}`
}

/** Guards that nobody took a further place since somebody agreed to overbook: they agreed to the numbers they read. */
export const mustBeAsSeen = (account: Account, places: Places, seen: number): Statement =>
  must(account, sql`(select count(*) ${overlapping(account, places)}) <= ${seen}`, 'changed-meanwhile')
