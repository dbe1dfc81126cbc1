import type { Account } from '../accounts/account'
import type { EntryRow, Kind } from '../activity/kind'
import type { KindName } from '../activity/kind-names'
import type { Status } from '../activity/log'
import { windowFloor } from '../activity/pending'
import { countedTo } from '../counting'
import { plain, read } from '../database'
import type { Cursor, Filter } from './filter'

const everyStatus: Status[] = ['pending', 'approved', 'notification', 'special']
/** D1 takes five terms in a compound select; four keep one to spare. */
const mostArms = 4
/** How many entries there are; `more` when there are more than that: "87", "1,000+". */
export interface Total {
  count: number
  more: boolean
}

/** One page of the window: its entries, whether there is more, and the total as far as it is known. */
export interface Page {
  rows: EntryRow[]
  hasNext: boolean
  hasPrevious: boolean
  total: Total
}

/**
 * The entries a filter shows, newest first. Each combination of status, notes and place that can occur is an arm with
 * its own index (equality columns first, then time), and the arms are merged lazily: a page of 50 reads about 150 rows
 * at a million entries. "closed_at is null" stands there literally, because the indexes are partial.
 *
 * Counting to 1,000 would read six times what the page itself reads, so a page says what it knows without: all of them
 * when they fit, else "50+". The count is for those who ask (`counting`), and for a typed page number, which skips row
 * by row anyway.
 * @param places locations of this person, when not all
 */
export async function page(
  account: Account,
  kinds: Record<KindName, Kind>,
  filter: Filter,
  places: number[],
  counting = false,
): Promise<Page> {
  const { per } = filter
  const backwards = Boolean(filter.before)
  const keyset = filter.after ?? filter.before
  const skip = keyset ? 0 : (filter.page - 1) * per
  const arms = armsOf(kinds, filter, places)
  const floor = windowFloor(account)
  const listed = merged(arms, { floor, cursor: keyset, backwards, limit: per + 1, skip })
  const entries = entriesOf(account, `from (${listed.text}) w ${withNames}`, listed.params)
  const [found, sums] =
    counting || skip
      ? await read(account, [entries, countQuery(account, arms)])
      : [...(await read(account, [entries])), []]
  const more = found.length > per
  // Sorted here, because the way back comes oldest first and SQLite would read every row again to turn it round.
  found.sort(newestFirst)
  // The one entry too many is the oldest going forwards and the newest going back.
  const rows = more ? (backwards ? found.slice(1) : found.slice(0, per)) : found
  return {
    rows,
    hasNext: backwards || more,
    hasPrevious: backwards ? more : filter.page > 1 || Boolean(filter.after),
    total: totalOf(sums[0]?.total, { seen: (filter.page - 1) * per + rows.length, more: backwards || more }),
  }
}

/** The window's order. */
export const newestFirst = (a: EntryRow, b: EntryRow) => b.createdAt - a.createdAt || b.id - a.id

function countQuery(account: Account, arms: string[]) {
  const { text, params } = merged(arms, { floor: windowFloor(account), limit: countedTo + 1, skip: 0 })
  return plain<{ total: number }>(account, `select count(*) as total from (${text})`, params)
}

function totalOf(counted: number | undefined, { seen, more }: { seen: number; more: boolean }): Total {
  if (counted !== undefined) return { count: Math.min(counted, countedTo), more: counted > countedTo }
  return { count: Math.min(seen, countedTo), more: more || seen > countedTo }
}

/** The newest entries of the window without any filter: what the Welcome page shows of it. */
export function newestQuery(account: Account, kinds: Record<KindName, Kind>, places: number[], limit: number) {
  const all: Pick<Filter, 'type' | 'notes' | 'status' | 'location'> = { type: '', notes: '', status: '', location: '' }
  const { text, params } = merged(armsOf(kinds, all, places), { floor: windowFloor(account), limit, skip: 0 })
  return entriesOf(account, `from (${text}) w ${withNames}`, params)
}

/** One entry by its id, open or closed, of the places this person may see. */
export const entryQuery = (account: Account, id: number, places: number[]) => entriesQuery(account, [id], places)

/** Several entries by their ids, in the order of arrival. */
export function entriesQuery(account: Account, ids: number[], places: number[]) {
  const here = places.length ? 'and (w.location_id is null or w.location_id in (select value from json_each(?)))' : ''
  return entriesOf(
    account,
    `from activity w ${withNames} where w.id in (select value from json_each(?)) ${here} order by w.created_at, w.id`,
    [ids, ...(places.length ? [places] : [])].map(list => JSON.stringify(list)),
  )
}

/** An entry's columns under the names of EntryRow, so that what comes back needs no mapping but its JSON. */
const named =
  'w.id, kind, status, family_id as familyId, f.name as familyName, student_id as studentId, s.first_name as studentName, w.location_id as locationId, subject, subject_id as subjectId, particulars, w.notes, has_notes as hasNotes, by, ip, w.created_at as createdAt, closed_at as closedAt, outcome, closed_by as closedBy'
const withNames = 'left join families f on f.id = w.family_id left join students s on s.id = w.student_id'

const entriesOf = (account: Account, from: string, params: unknown[]) =>
  plain<EntryRow>(account, `select ${named} ${from}`, params, row => {
    row.particulars = JSON.parse(row.particulars as string)
    return row as unknown as EntryRow
  })

/**
 * The conditions of each arm, as text: what stands in them comes from closed lists and from ids that are numbers, and
 * a person with many places would pass the 100 parameters that a statement may have.
 * Nothing but a place asked: one arm a place, served by the index on time or on the place.
 */
function armsOf(
  kinds: Record<KindName, Kind>,
  { type, notes, status, location }: Pick<Filter, 'type' | 'notes' | 'status' | 'location'>,
  mine: number[],
): string[] {
  const at = (id: number) => ` and location_id = ${Number(id)}`
  const nowhere = ' and location_id is null'
  const all = mine.length ? [nowhere, ...mine.map(at)] : ['']
  const places = location === 'none' ? [nowhere] : location ? [at(Number(location))] : all
  const open = 'closed_at is null'
  if (!type && !notes && !status) return places.map(place => open + place)
  const possible = type ? kinds[type].statuses : everyStatus
  const statuses = status ? possible.filter(one => one === status) : possible
  const noted = notes === 'yes' ? [1] : notes === 'no' ? [0] : [0, 1]
  const kind = type ? ` and kind = '${type}'` : ''
  return places.flatMap(place =>
    statuses.flatMap(one =>
      noted.map(hasNotes => `${open} and status = '${one}' and has_notes = ${hasNotes}${kind}${place}`),
    ),
  )
}

interface Cut {
  /** Entries of this moment and before have left the window. */
  floor: number
  cursor?: Cursor
  backwards?: boolean
  limit: number
  skip: number
}

const columns =
  'id, kind, status, family_id, student_id, location_id, subject, subject_id, particulars, notes, has_notes, by, ip, created_at, closed_at, outcome, closed_by'

/**
 * The arms as one list in the window's order. More than four are merged in groups, all of them lazily: a group has no
 * limit of its own. The moments between which they lie are told once, as `cut`.
 */
function merged(arms: string[], { floor, cursor, backwards, limit, skip }: Cut) {
  if (!arms.length) return { text: `select ${columns} from activity where 0`, params: [] }
  // One bound on either side of the time and no more: with two on one side SQLite may search by the looser one.
  const later = 'created_at > (select floor from cut)'
  const past = cursor && `(created_at, id) ${backwards ? '>' : '<'} ((select at from cut), (select id from cut))`
  const between = !past ? later : backwards ? past : `${later} and ${past}`
  const order = backwards ? 'created_at, id' : 'created_at desc, id desc'
  let level = arms.map(arm => `select ${columns} from activity where ${arm} and ${between}`)
  while (level.length > mostArms) {
    const groups: string[] = []
    for (let at = 0; at < level.length; at += mostArms)
      groups.push(`select * from (${level.slice(at, at + mostArms).join(' union all ')})`)
    level = groups
  }
  // A cursor from before the window leads back to its oldest entry.
  const { at, id } = cursor && cursor.at > floor ? cursor : { at: floor, id: Number.MAX_SAFE_INTEGER }
  const cut = 'with cut (floor, at, id) as (select cast(? as integer), cast(? as integer), cast(? as integer))'
  return {
    text: `${cut} ${level.join(' union all ')} order by ${order} limit ? offset ?`,
    params: [floor, at, id, limit, skip],
  }
}
