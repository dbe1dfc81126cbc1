import { type SQL, sql } from 'drizzle-orm'
import { type Account, businessZone, todayAt } from '../accounts/account'
import { addDays, startOfMonth, today } from '../clock'
import { commit, read } from '../database'
import { figures } from '../schema/figures'

const hour = 3_600_000
/** Last year's figures are compared with; nothing older is. */
const keptDays = 400

export type FigureName = (typeof figures.$inferSelect)['name']

/** "2025-11-26" for "2026-11-26": last year is the same date of the previous year (A2). */
export const yearBefore = (day: string) => {
  const date = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return date.endsWith('-02-29') ? `${date.slice(0, 8)}28` : date
}

/** Last month is the last day of the previous month (A2). */
export const monthBefore = (day: string) => addDays(startOfMonth(day), -1)

/** The days whose figures a dashboard may show: today, and what it is compared with. */
export const daysShown = (day: string) => [
  day,
  ...[7, 30, 60].map(days => addDays(day, -days)),
  monthBefore(day),
  yearBefore(day),
]

/**
 * What is counted of a day, by place and program: each figure a statement's text. Who was enrolled then is known of any
 * day; how many families, students, classes and staff there are is known of today only. Families and students belong to
 * the whole business, as their lists do; the active ones have the places where they are enrolled, and a number for the
 * whole business too, because a family at two places is one family.
 */
function counted({ now }: Pick<Account, 'now'>, day: string) {
  const running = sql`enrollments e cross join classes k on k.id = e.class_id where e.state = 'approved' and e.type = 'active' and e.start_date <= ${day} and e.through_date >= ${day}`
  /** @param due comes first in the join, so that nothing is read while it is false */
  const count = (
    name: FigureName,
    from: SQL,
    { place = '0', program = '0', number = 'count(*)' }: { place?: string; program?: string; number?: string } = {},
  ) => {
    const by = [place, program].filter(column => column !== '0')
    const then = by.length ? `group by ${by}` : `having ${number} > 0`
    const where = sql`name = ${name} and on_date = ${day} and ${sql.raw(place === '0' ? 'location_id = 0' : 'location_id > 0')}`
    return (due = sql`not exists (select 1 from figures where ${where})`) =>
      sql`select ${sql.raw(`'${name}' as name, ${place} as location_id, ${program} as program_id, ${number} as number`)}, ${day} as on_date, cast(${now} as integer) as at from (select 1 where ${due}) cross join ${from} ${sql.raw(then)}`
  }
  const [families, students] = ['count(distinct e.family_id)', 'count(distinct e.student_id)']
  const place = 'k.location_id'
  return {
    shown: [
      count('enrollments', running, { place, program: 'k.program_id' }),
      count('classes', sql`classes k where k.state = 'active' and k.kind = 'class'`, { place }),
      count('families', sql`families where state in ('open','suspended')`),
      count('students', sql`students where state = 'open'`),
    ],
    staff: [count('staff', sql`staff where active = 1`)],
    active: [
      count('active_families', running, { place, number: families }),
      count('active_students', running, { place, number: students }),
      count('active_students', running, { number: students }),
      count('active_families', running, { number: families }),
    ],
  }
}

/** Counts today anew when that was an hour ago, and each day a dashboard compares with that nobody counted yet. */
export async function countFigures(account: Account): Promise<void> {
  const { db, now } = account
  const day = today(now, businessZone(account))
  const [missing] = await read(account, [
    db
      .select({ date: sql<string>`value`.as('value') })
      .from(sql`json_each(${JSON.stringify(daysShown(day).slice(1))})`)
      .where(sql`not exists (select 1 from ${figures} where ${figures.onDate} = value)`),
  ])
  const { shown, staff, active } = counted(account, day)
  await commit(account, [
    db
      .delete(figures)
      .where(
        sql`${figures.onDate} < ${addDays(day, -keptDays)} or (${figures.onDate} = ${day} and ${figures.at} <= ${now - hour})`,
      ),
    ...[...shown, ...staff, ...active].map(count => db.insert(figures).select(count())),
  ])
  for (const { date } of missing) {
    const past = counted(account, date)
    await commit(account, [
      ...[...past.shown.slice(0, 1), ...past.active].map(count => db.insert(figures).select(count())),
      // So that a day on which nobody was enrolled is counted once.
      db
        .insert(figures)
        .values({ name: 'active_families', locationId: 0, programId: 0, number: 0, onDate: date, at: now })
        .onConflictDoNothing(),
    ])
  }
}

export interface Figures {
  name: FigureName
  number: number
  /** When they were counted. */
  at: number
}

const mine = (places: number[]) =>
  places.length ? sql`location_id in (select value from json_each(${JSON.stringify(places)}))` : undefined

/** The figures of today for somebody of these places (none: of all), as they were counted last; before that, as they are. */
export function figuresQuery(account: Account, places: number[]) {
  const day = todayAt(account)
  const missing = sql`not exists (select 1 from ${figures} where ${figures.onDate} = ${day})`
  return account.db
    .select({
      name: sql<FigureName>`name`.as('name'),
      number: sql<number>`sum(number)`.as('number'),
      at: sql<number>`min(at)`.as('at'),
    })
    .from(
      sql`(select name, location_id, program_id, number, on_date, at from ${figures} where ${figures.onDate} = ${day} and ${figures.name} in ('enrollments','families','students','classes') union all ${sql.join(
        counted(account, day).shown.map(count => count(missing)),
        sql` union all `,
      )})`,
    )
    .where(places.length ? sql`location_id = 0 or ${mine(places)}` : undefined)
    .groupBy(sql`name`)
}

/**
 * One figure on several days, for somebody of these places: of the whole business, or the sum of their places'. A day
 * that was not counted yet has no row.
 */
export function figureOn(account: Account, name: FigureName, days: string[], places: number[]) {
  const hasPlaces = name === 'enrollments' || name === 'active_families' || name === 'active_students'
  const where =
    places.length && hasPlaces ? mine(places) : name === 'enrollments' ? sql`location_id > 0` : sql`location_id = 0`
  return account.db
    .select({
      day: sql<string>`value`.as('value'),
      number:
        sql<number>`coalesce((select sum(number) from ${figures} where name = ${name} and on_date = value and ${where}), 0)`.as(
          'number',
        ),
    })
    .from(sql`json_each(${JSON.stringify(days)})`)
    .where(sql`exists (select 1 from ${figures} where on_date = value)`)
}

/** How many are enrolled in each program on a day, the largest first. */
export const programsOn = (account: Account, day: string, places: number[]) =>
  account.db
    .select({
      programId: figures.programId,
      name: sql<string>`coalesce((select p.name from programs p where p.id = ${figures.programId}), 'No program')`.as(
        'program_name',
      ),
      number: sql<number>`sum(${figures.number})`.as('number'),
    })
    .from(figures)
    .where(
      sql`${figures.name} = 'enrollments' and ${figures.onDate} = ${day} and ${mine(places) ?? sql`location_id > 0`}`,
    )
    .groupBy(figures.programId)
    .orderBy(sql`number desc`)
