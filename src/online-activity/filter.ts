import * as z from 'zod'
import { type KindName, kindNames } from '../activity/kind-names'

/** What the window is asked to show; the URL says it whole (OA4, OA5). */
export interface Filter {
  type: KindName | ''
  notes: 'yes' | 'no' | ''
  status: 'notification' | 'pending' | 'approved' | ''
  /** '', 'none' or a location's id. */
  location: string
  per: number
  page: number
  /** Keyset: the entry after or before which this page begins. */
  after?: Cursor
  before?: Cursor
  /** What was put right, to be said. */
  corrected?: string
}

export interface Cursor {
  at: number
  id: number
}

export const perDefault = 50
export const perMost = 200
/** A typed page number skips rows one by one, so it reaches this far and no further. */
export const reach = 10_000

const whole = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
const cursor = z
  .string()
  .regex(/^\d{1,16}-\d{1,16}$/)
  .transform(text => {
    const [at = 0, id = 0] = text.split('-').map(Number)
    return { at, id }
  })

const query = z.object({
  type: z.enum(['', ...kindNames]).catch(''),
  notes: z.enum(['', 'yes', 'no']).catch(''),
  status: z.enum(['', 'notification', 'pending', 'approved']).catch(''),
  location: z
    .string()
    .regex(/^(|none|[1-9]\d{0,14})$/)
    .catch(''),
  per: z.string().optional(),
  page: z.string().optional(),
  after: cursor.optional().catch(undefined),
  before: cursor.optional().catch(undefined),
  was: z.string().optional(),
})

/**
 * Reads the filter out of a query string. A number out of range is put right and said; a filter that does not exist
 * counts as All and is said too; other filters than the form was shown with begin at page 1.
 */
export function filterIn(search: Record<string, string>, locationIds: number[]): Filter {
  const given = query.parse({ type: '', notes: '', status: '', location: '', ...search })
  const said: string[] = []
  for (const name of ['type', 'notes', 'status', 'location'] as const)
    if (search[name] && given[name] !== search[name])
      said.push(`There is no such ${name === 'notes' ? 'choice for notes' : name}, so all are shown.`)
  if (/^\d+$/.test(given.location) && !locationIds.includes(Number(given.location))) {
    said.push('That location is not one of yours, so all of yours are shown.')
    given.location = ''
  }
  const { type, notes, status, location } = given
  const [per, perSaid] = within(given.per, 1, perMost, perDefault, 'Items per page')
  const changed = given.was !== undefined && given.was !== wasOf({ type, notes, status, location, per })
  const [page, pageSaid] = changed
    ? [1, undefined]
    : within(given.page, 1, Math.max(1, Math.floor(reach / per)), 1, 'The page')
  if (perSaid) said.push(perSaid)
  if (pageSaid) said.push(pageSaid)
  const keyset = changed || given.page === undefined ? {} : { after: given.after, before: given.before }
  return {
    type,
    notes,
    status,
    location,
    per,
    page,
    ...(page > 1 || keyset.before ? keyset : {}),
    corrected: said.join(' ') || undefined,
  }
}

function within(
  text: string | undefined,
  least: number,
  most: number,
  fallback: number,
  what: string,
): [number, string?] {
  if (text === undefined || text.trim() === '') return [fallback]
  const number = whole.safeParse(text.trim())
  if (!number.success) return [fallback, `${what} was not a number, so it is ${fallback}.`]
  if (number.data < least) return [least, `${what} begins at ${least}.`]
  if (number.data > most) return [most, `${what} ends at ${most}.`]
  return [number.data]
}

/** The filters as one word, which the form carries to notice that they changed. */
export function wasOf({
  type,
  notes,
  status,
  location,
  per,
}: Pick<Filter, 'type' | 'notes' | 'status' | 'location' | 'per'>): string {
  return [type, notes, status, location, per].join('.')
}

/** The query string that leads to this filter again; what is at its default is left out. */
export function queryOf(filter: Filter, change: Partial<Filter> = {}): Record<string, string | number | undefined> {
  const { type, notes, status, location, per, page, after, before } = { ...filter, ...change }
  const written = (at?: Cursor) => at && `${at.at}-${at.id}`
  return {
    type,
    notes,
    status,
    location,
    per: per === perDefault ? undefined : per,
    page: page === 1 ? undefined : page,
    after: written(after),
    before: written(before),
  }
}
