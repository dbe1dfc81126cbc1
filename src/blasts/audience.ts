import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { today } from '../clock'
import { read } from '../database'
import { familiesLike } from '../families/records'
import { type LeftOut, reach } from '../messages/people'
import { families } from '../schema/families'
import { familyStudents, students } from '../schema/students'
import { studentsLike } from '../students/records'

const ids = z.array(z.number().int().positive()).max(50_000)

/** A list with its filter, for audiences that are asked anew when the mail goes. */
const filterShape = z.discriminatedUnion('list', [
  z.object({ list: z.literal('families'), q: z.string().max(80), status: z.enum(['', 'active', 'inactive']) }),
  z.object({ list: z.literal('students'), q: z.string().max(80) }),
  z.object({ list: z.literal('class'), id: z.number().int().positive() }),
])

/** Whom a blast is for: the families that were meant when it was written, and the filter they came from, if any. */
export const audienceShape = z.object({ families: ids, filter: filterShape.optional() })

export type Audience = z.infer<typeof audienceShape>
export type AudienceFilter = z.infer<typeof filterShape>

/** What may be ticked in a list: its rows lead to families. */
export const ticks = ['entries', 'families', 'students'] as const

/** The families of a filter, as a select of their ids. */
export function familiesOf(account: Account, filter: AudienceFilter): SQL {
  switch (filter.list) {
    case 'families':
      return sql`select ${families.id} from ${families} where ${familiesLike(account, filter)}`
    case 'students':
      return sql`select ${familyStudents.familyId} from ${familyStudents} join ${students} on ${students.id} = ${familyStudents.studentId} where ${studentsLike(filter.q)}`
    case 'class': {
      const day = today(account.now, businessZone(account))
      return sql`select e.family_id from enrollments e where e.class_id = ${filter.id} and e.state = 'approved' and e.type <> 'wait' and e.through_date >= ${day}`
    }
  }
}

/** The families of ticked rows. */
export function familiesOfTicked(list: (typeof ticks)[number], chosen: number[]): SQL {
  const these = sql`(select value from json_each(${JSON.stringify(chosen)}))`
  switch (list) {
    case 'entries':
      return sql`select a.family_id from activity a where a.id in ${these} and a.family_id is not null`
    case 'families':
      return sql`select f.id from families f where f.id in ${these}`
    case 'students':
      return sql`select s.family_id from family_students s where s.student_id in ${these}`
  }
}

/** Whom the mail goes to when it goes now: the live list, or the one that was kept. */
export const familiesNow = (account: Account, { families: kept, filter }: Audience, live: boolean): SQL =>
  live && filter ? familiesOf(account, filter) : sql`select value from json_each(${JSON.stringify(kept)})`

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

/** Who gets a mail and who does not, and why; in one trip. */
export async function reckon(account: Account, audience: Audience, live: boolean): Promise<Reckoning> {
  const now = familiesNow(account, audience, live)
  const kept = sql`select value from json_each(${JSON.stringify(audience.families)})`
  const [rows, some, [differs]] = await read(account, [
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
  ])
  return {
    reached: rows.find(({ reason }) => reason === null)?.count ?? 0,
    left: rows.flatMap(({ reason, count }) => (reason ? [{ reason, count }] : [])),
    some,
    more: differs?.more ?? 0,
    fewer: differs?.fewer ?? 0,
  }
}
