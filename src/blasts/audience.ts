import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Account, todayAt } from '../accounts/account'
import type { Staffer } from '../auth/permissions'
import { enrollmentsLike, listFilter } from '../enrollments/listing'
import { familiesLike, familyFilter } from '../families/listing'
import { numbersIn } from '../forms'
import { type LeftOut, reach } from '../messages/people'
import { families } from '../schema/families'
import { familyStudents, students } from '../schema/students'
import { studentFilter, studentsLike } from '../students/listing'

const ids = z.array(z.number().int().positive()).max(50_000)

/** A list with its filter, for audiences that are asked anew when the mail goes. */
const filterShape = z.discriminatedUnion('list', [
  familyFilter.extend({ list: z.literal('families') }),
  studentFilter.extend({ list: z.literal('students') }),
  z.object({ list: z.literal('class'), id: z.number().int().positive() }),
  // With the places that whoever chose the list works for: it never says more than they saw.
  listFilter.extend({ list: z.literal('enrollments'), places: z.array(z.number().int().positive()) }),
])

/** Whom a blast is for: the families that were meant when it was written, and the filter they came from, if any. */
export const audienceShape = z.object({ families: ids, filter: filterShape.nullish() })

export type Audience = z.infer<typeof audienceShape>
export type AudienceFilter = z.infer<typeof filterShape>

/** Rows that somebody ticked, or a list with its filter: where a blast begins. */
export type Source = { ticked: Ticked; ids: number[] } | AudienceFilter

/** What may be ticked in a list: its rows lead to families. */
export const tickable = ['entries', 'families', 'students', 'enrollments'] as const
export type Ticked = (typeof tickable)[number]

/**
 * Reads a source out of a query string or a form: `entries=1,2`, or `list=families&q=&status=`.
 * @param places of whoever asks: a list that is limited to places is limited to these, whatever the address says
 */
export function sourceIn(
  given: Record<string, string | string[] | undefined>,
  { locationIds: places }: Pick<Staffer, 'locationIds'>,
): Source | undefined {
  const one = (name: string) => [given[name]].flat()[0]
  for (const ticked of tickable) {
    const ids = [given[ticked] ?? ''].flat().join().split(',')
    // Of a list with something in it that is no id nobody knows whom it meant.
    if (ids.every(id => /^[1-9]\d{0,14}$/.test(id))) return { ticked, ids: ids.slice(0, 500).map(Number) }
  }
  if (one('list') === 'enrollments')
    return filterShape.safeParse({
      ...Object.fromEntries(Object.keys(listFilter.shape).map(name => [name, one(name)])),
      list: 'enrollments',
      places,
    }).data
  const list = one('list')
  const shape = list === 'families' ? familyFilter : list === 'students' ? studentFilter : undefined
  if (shape)
    return filterShape.safeParse({
      ...Object.fromEntries(Object.keys(shape.shape).map(name => [name, one(name)])),
      list,
    }).data
  return filterShape.safeParse({ list, id: numbersIn(one('id'))[0] }).data
}

/** The same as fields, for addresses and hidden inputs. */
export const fieldsOf = (source: Source): Record<string, string> =>
  'ticked' in source
    ? { [source.ticked]: source.ids.join() }
    : Object.fromEntries(
        Object.entries(source).flatMap(([name, value]) => (name === 'places' ? [] : [[name, String(value)]])),
      )

/** The families of a filter, as a select of their ids. */
export function familiesOf(account: Account, filter: AudienceFilter): SQL {
  switch (filter.list) {
    case 'families':
      return sql`select ${families.id} from ${families} where ${familiesLike(account, filter)}`
    case 'students':
      return sql`select ${familyStudents.familyId} from ${familyStudents} join ${students} on ${students.id} = ${familyStudents.studentId} where ${studentsLike(account, filter)}`
    case 'enrollments':
      return sql`select e.family_id ${enrollmentsLike(account, filter, filter.places, { names: false })}`
    case 'class': {
      const day = todayAt(account)
      return sql`select e.family_id from enrollments e where e.class_id = ${filter.id} and e.state = 'approved' and e.type <> 'wait' and e.through_date >= ${day}`
    }
  }
}

/** The families a blast begins with, as a select of their ids. */
export function familiesIn(account: Account, source: Source): SQL {
  if (!('ticked' in source)) return familiesOf(account, source)
  const these = sql`(select value from json_each(${JSON.stringify(source.ids)}))`
  switch (source.ticked) {
    case 'entries':
      return sql`select a.family_id from activity a where a.id in ${these} and a.family_id is not null`
    case 'families':
      return sql`select f.id from families f where f.id in ${these}`
    case 'students':
      return sql`select s.family_id from family_students s where s.student_id in ${these}`
    case 'enrollments':
      return sql`select e.family_id from enrollments e where e.id in ${these}`
  }
}

/** The audience a blast begins with, as JSON that the database puts together: the families of now, and the filter. */
export const audienceFrom = (account: Account, source: Source): SQL<string> =>
  sql<string>`json_object('families', (select json_group_array(f.id) from (select f.id from families f where f.id in (${familiesIn(account, source)}) order by f.id limit 50000) f), 'filter', json(${'ticked' in source ? null : JSON.stringify(source)}))`

/** Whom the mail goes to when it goes now: the live list, or the one that was kept. */
export const familiesNow = (account: Account, { families: kept, filter }: Audience, live: boolean): SQL =>
  live && filter ? familiesOf(account, filter) : familiesKept(kept)

const familiesKept = (kept: number[]) => sql`select value from json_each(${JSON.stringify(kept)})`

export interface Reckoning {
  /** How many families get the mail. */
  reached: number
  /** How many do not, by reason. */
  left: { reason: LeftOut; count: number }[]
  /** The first few that get it, for the preview's list. */
  some: { id: number; name: string }[]
  /** Of a live audience: how it differs from the list that was kept. */
  more: number
  fewer: number
}

/** Who gets a mail and who does not, and why: questions for read(), whose answers reckoned() understands. */
export function reckoning(account: Account, now: SQL, kept: SQL = now) {
  return [
    account.db
      .select({ reason: sql<LeftOut | null>`reason`.as('reason'), count: sql<number>`count(*)`.as('families') })
      .from(sql`(select ${sql.raw(reach.leftOut)} as reason from families f where f.id in (${now}))`)
      .groupBy(sql`reason`),
    account.db
      .select({ id: sql<number>`f.id`.as('id'), name: sql<string>`f.name`.as('name') })
      .from(sql`families f`)
      .where(sql`f.id in (${now}) and ${sql.raw(reach.leftOut)} is null`)
      .orderBy(sql`f.sort_name, f.id`)
      .limit(50),
    account.db
      .select({
        more: sql<number>`(select count(*) from families f where f.id in (${now}) and f.id not in (${kept}))`.as(
          'more',
        ),
        fewer: sql<number>`(select count(*) from families f where f.id in (${kept}) and f.id not in (${now}))`.as(
          'fewer',
        ),
      })
      .from(sql`(select 1)`),
  ] as const
}

export function reckoned([rows, some, [differs]]: readonly [
  { reason: LeftOut | null; count: number }[],
  { id: number; name: string }[],
  { more: number; fewer: number }[],
]): Reckoning {
  return {
    reached: rows.find(({ reason }) => reason === null)?.count ?? 0,
    left: rows.flatMap(({ reason, count }) => (reason ? [{ reason, count }] : [])),
    some,
    more: differs?.more ?? 0,
    fewer: differs?.fewer ?? 0,
  }
}
