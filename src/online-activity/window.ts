import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { EntryRow, Kind } from '../activity/kind'
import type { KindName } from '../activity/kind-names'
import type { Status } from '../activity/log'
import { windowFloor } from '../activity/pending'
import { read } from '../database'
import { activity } from '../schema/activity'
import type { Cursor, Filter } from './filter'

const everyStatus: Status[] = ['pending', 'approved', 'notification', 'special']
/** D1 takes five terms in a compound select; four keep one to spare. */
const mostArms = 4
/** Totals are counted so far and no further: "1,000+". */
export const countedTo = 1000

/** One page of the window: its entries, whether there is more, and the total as far as it is counted. */
export interface Page {
  rows: EntryRow[]
  hasNext: boolean
  hasPrevious: boolean
  total: number
}

/**
 * The entries a filter shows, newest first. Each combination of status, notes and place that can occur is an arm with
 * its own index (equality columns first, then time), and the arms are merged lazily: a page of 50 reads about 150 rows
 * at a million entries. "closed_at is null" stands there literally, because the indexes are partial.
 * @param places locations of this person, when not all
 */
export async function page(
  account: Account,
  kinds: Record<KindName, Kind>,
  filter: Filter,
  places: number[],
): Promise<Page> {
  const { per } = filter
  const backwards = Boolean(filter.before)
  const keyset = filter.after ?? filter.before
  const skip = keyset ? 0 : (filter.page - 1) * per
  const arms = armsOf(account, kinds, filter, places)
  const listed = merged(arms, { cursor: keyset, backwards, limit: per + 1, skip })
  const named = sql`select w.*, f.name as family_name, s.first_name as student_name from (${listed}) w left join families f on f.id = w.family_id left join students s on s.id = w.student_id order by w.created_at desc, w.id desc`
  const counted = sql`select count(*) as total from (${merged(arms, { limit: countedTo + 1, skip: 0 })})`
  const [found, [sum]] = await read(account, [
    entriesFrom(account, named),
    account.db.select({ total: sql<number>`total` }).from(sql`(${counted})`),
  ])
  const more = found.length > per
  // The one entry too many is the oldest going forwards and the newest going back.
  const rows = more ? (backwards ? found.slice(1) : found.slice(0, per)) : found
  return {
    rows,
    hasNext: backwards || more,
    hasPrevious: backwards ? more : filter.page > 1 || Boolean(filter.after),
    total: sum?.total ?? 0,
  }
}

/** One entry by its id, open or closed, of the places this person may see. */
export function entryQuery(account: Account, id: number, places: number[]) {
  const here = places.length
    ? sql` and (a.location_id is null or a.location_id in (${sql.join(
        places.map(place => sql`${place}`),
        sql`, `,
      )}))`
    : sql``
  return entriesFrom(
    account,
    sql`select a.*, f.name as family_name, s.first_name as student_name from ${activity} a left join families f on f.id = a.family_id left join students s on s.id = a.student_id where a.id = ${id}${here}`,
  )
}

/** Several entries by their ids, in the order of the window. */
export function entriesQuery(account: Account, ids: number[], places: number[]) {
  const here = places.length
    ? sql` and (a.location_id is null or a.location_id in (${sql.join(
        places.map(place => sql`${place}`),
        sql`, `,
      )}))`
    : sql``
  return entriesFrom(
    account,
    sql`select a.*, f.name as family_name, s.first_name as student_name from ${activity} a left join families f on f.id = a.family_id left join students s on s.id = a.student_id where a.id in (select value from json_each(${JSON.stringify(ids)}))${here} order by a.created_at, a.id`,
  )
}

function entriesFrom(account: Account, from: SQL) {
  const json = sql`particulars`.mapWith(text => JSON.parse(text) as Record<string, unknown>)
  return account.db
    .select({
      id: sql<number>`id`.as('id'),
      kind: sql<KindName>`kind`.as('kind'),
      status: sql<Status>`status`.as('status'),
      familyId: sql<number | null>`family_id`.as('family_id'),
      familyName: sql<string | null>`family_name`.as('family_name'),
      studentId: sql<number | null>`student_id`.as('student_id'),
      studentName: sql<string | null>`student_name`.as('student_name'),
      locationId: sql<number | null>`location_id`.as('location_id'),
      subject: sql<string>`subject`.as('subject'),
      subjectId: sql<number | null>`subject_id`.as('subject_id'),
      particulars: json.as('particulars'),
      notes: sql<string | null>`notes`.as('notes'),
      hasNotes: sql<number>`has_notes`.as('has_notes'),
      by: sql<string>`by`.as('by'),
      ip: sql<string | null>`ip`.as('ip'),
      createdAt: sql<number>`created_at`.as('created_at'),
      closedAt: sql<number | null>`closed_at`.as('closed_at'),
      outcome: sql<EntryRow['outcome']>`outcome`.as('outcome'),
      closedBy: sql<string | null>`closed_by`.as('closed_by'),
    })
    .from(sql`(${from})`)
}

/** The conditions of each arm. Nothing but a place asked: one arm a place, served by the index on time or on the place. */
function armsOf(
  account: Account,
  kinds: Record<KindName, Kind>,
  { type, notes, status, location }: Filter,
  mine: number[],
): SQL[] {
  const floor = sql`closed_at is null and created_at > ${windowFloor(account.now)}`
  const places: (SQL | undefined)[] =
    location === 'none'
      ? [sql`location_id is null`]
      : location
        ? [sql`location_id = ${Number(location)}`]
        : mine.length
          ? [sql`location_id is null`, ...mine.map(id => sql`location_id = ${id}`)]
          : [undefined]
  const kind = type ? sql`kind = ${type}` : undefined
  if (!type && !notes && !status) return places.map(place => all(floor, place))
  const possible = type ? kinds[type].statuses : everyStatus
  const statuses = status ? possible.filter(one => one === status) : possible
  const noted = notes === 'yes' ? [1] : notes === 'no' ? [0] : [0, 1]
  return places.flatMap(place =>
    statuses.flatMap(one =>
      noted.map(hasNotes => all(floor, sql`status = ${one} and has_notes = ${hasNotes}`, kind, place)),
    ),
  )
}

const all = (...conditions: (SQL | undefined)[]) =>
  sql.join(
    conditions.filter(one => one !== undefined),
    sql` and `,
  )

interface Cut {
  cursor?: Cursor
  backwards?: boolean
  limit: number
  skip: number
}

/** The arms as one list in the window's order. More than four are merged in groups, each of which is cut to size first. */
function merged(arms: SQL[], cut: Cut): SQL {
  const { cursor, backwards, limit, skip } = cut
  const beyond = cursor
    ? sql` and (created_at, id) ${sql.raw(backwards ? '>' : '<')} (cast(${cursor.at} as integer), cast(${cursor.id} as integer))`
    : sql``
  const order = backwards ? sql`created_at, id` : sql`created_at desc, id desc`
  const columns = sql`id, kind, status, family_id, student_id, location_id, subject, subject_id, particulars, notes, has_notes, by, ip, created_at, closed_at, outcome, closed_by`
  const single = arms.map(arm => sql`select ${columns} from activity where ${arm}${beyond}`)
  if (!single.length) return sql`select ${columns} from activity where 0`
  let level = single
  while (level.length > mostArms) {
    const groups: SQL[] = []
    for (let at = 0; at < level.length; at += mostArms)
      groups.push(
        sql`select * from (${sql.join(level.slice(at, at + mostArms), sql` union all `)} order by ${order} limit ${limit + skip})`,
      )
    level = groups
  }
  return sql`${sql.join(level, sql` union all `)} order by ${order} limit ${limit} offset ${skip}`
}
