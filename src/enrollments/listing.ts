import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Account, todayAt } from '../accounts/account'
import { addDays, daysBetween } from '../clock'
import { countedTo } from '../counting'
import { isDay } from '../forms'

/** How many rows the page shows, how far they are counted, and how many days a range may have. */
export const listed = 50
const longest = 366

const day = z.string().refine(isDay).or(z.literal('')).catch('')
const chosenId = z.coerce.number().int().positive().max(1e15).or(z.literal(0)).catch(0)
const text = z
  .string()
  .transform(typed => typed.trim().slice(0, 80))
  .catch('')

/** What the list may be narrowed by, as its address says it; what makes no sense there counts as not chosen. */
export const listFilter = z.object({
  /** Nothing is today, which a list that is asked again tomorrow means anew. */
  from: day,
  to: day,
  kind: z.enum(['class', 'camp']).or(z.literal('')).catch(''),
  type: z.enum(['active', 'trial', 'makeup', 'single_day', 'wait']).or(z.literal('')).catch(''),
  program: chosenId,
  location: chosenId,
  /** How the name of the class begins. */
  class: text,
  /** How the last name of the student begins. */
  student: text,
  /** Those that run in the range, or only those that begin in it, or are left in it. */
  when: z.enum(['starting', 'dropping']).or(z.literal('')).catch(''),
})

export type ListFilter = z.output<typeof listFilter>

/** The days that a filter means: at most a year, the last one never before the first. */
export function rangeOf(account: Pick<Account, 'locations' | 'now'>, { from, to }: Pick<ListFilter, 'from' | 'to'>) {
  const first = from || todayAt(account)
  const last = to && to >= first ? to : first
  return { from: first, to: daysBetween(first, last) > longest ? addDays(first, longest) : last }
}

const begins = (column: SQL, typed: string) => {
  const folded = typed.toLowerCase()
  return sql`${column} >= ${folded} and ${column} < ${folded} || char(1114111)`
}

/**
 * The enrollments that a filter means, of the classes at some places (none are all): `from … where …` with e, c and s
 * for enrollment, class and, unless nobody needs the names, student. The joins stand in the order in which they are to be searched, each by an index:
 * from the fewest rows that the filter leaves to the rest.
 * @param page.after the enrollment that the page before ended with
 */
export function enrollmentsLike(
  account: Account,
  filter: ListFilter,
  places: readonly number[],
  { after, names = true }: { after?: number; names?: boolean } = {},
): SQL {
  const { kind, type, program, location, when } = filter
  const { from, to } = rangeOf(account, filter)
  const within = JSON.stringify([from, to])
  const named = names ? sql` cross join students s on s.id = e.student_id` : sql``
  const joined = filter.student
    ? sql`students s cross join enrollments e on e.student_id = s.id cross join classes c on c.id = e.class_id`
    : when && !filter.class
      ? sql`enrollments e cross join classes c on c.id = e.class_id${named}`
      : sql`classes c cross join enrollments e on e.class_id = c.id${named}`
  const ofLast = (column: SQL) =>
    sql`(select ${column} from enrollments le join classes lc on lc.id = le.class_id join students ls on ls.id = le.student_id where le.id = ${after ?? 0})`
  const conditions = [
    sql`e.state <> 'cancelled' and e.start_date <= ${to} and e.through_date >= ${from}`,
    // The days of a camp have gaps between them.
    sql`(c.kind <> 'camp' or exists (select 1 from enrollment_days d where d.enrollment_id = e.id and d.on_date between ${within} ->> 0 and ${within} ->> 1))`,
    when === 'starting' ? sql`e.start_date >= ${from}` : undefined,
    when === 'dropping'
      ? sql`e.drop_date >= ${from} and e.drop_date <= ${to} and e.type in ('active', 'wait')`
      : undefined,
    // The plus keeps the planner from the index of camps, which would have to be read whole and sorted.
    kind ? sql`+c.kind = ${kind}` : undefined,
    type ? sql`e.type = ${type}` : undefined,
    program ? sql`c.program_id = ${program}` : undefined,
    location ? sql`c.location_id = ${location}` : undefined,
    places.length ? sql`c.location_id in (select p.value from json_each(${JSON.stringify(places)}) p)` : undefined,
    // Where nothing else begins the search, the names of classes do, from the first letter on.
    filter.class ? begins(sql`c.sort_name`, filter.class) : sql`c.sort_name >= ''`,
    filter.student ? sql`s.state = 'open' and ${begins(sql`s.sort_name`, filter.student)}` : undefined,
    after ? sql`c.sort_name >= ${ofLast(sql`lc.sort_name`)}` : undefined,
    after
      ? sql`(c.sort_name, c.id, s.sort_name, e.id) > ${ofLast(sql`lc.sort_name, lc.id, ls.sort_name, le.id`)}`
      : undefined,
  ].filter(condition => condition !== undefined)
  return sql`from ${joined} where ${sql.join(conditions, sql` and `)}`
}

/** The order of the list: class by class, in each by the names of the students. */
export const inOrder = sql.raw('c.sort_name, c.id, s.sort_name, e.id')

/** How many there are, counted so far that "1,000+" can be said. */
export const countQuery = (account: Account, filter: ListFilter, places: readonly number[]) =>
  account.db
    .select({ count: sql<number>`count(*)`.as('listed_count') })
    .from(sql`(select 1 ${enrollmentsLike(account, filter, places, { names: false })} limit ${countedTo + 1})`)
