import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, read, type Statement } from '../database'
import { found } from '../http'
import { pricingSchedules } from '../schema/classes'
import type { Lessons } from './prices'

export interface ScheduleWish {
  name: string
  lessons: Lessons
}

const those = eq(pricingSchedules.use, 'appointment')

/** The pricing schedules of appointments, those out of use among them, each with how many appointments have it. */
export const pricingQuery = ({ db }: Account) =>
  db
    .select({
      id: pricingSchedules.id,
      name: pricingSchedules.name,
      retiredAt: pricingSchedules.retiredAt,
      lessons: sql<Lessons>`${pricingSchedules.lessons}`
        .mapWith((text: string) => JSON.parse(text) as Lessons)
        .as('lessons'),
      used: sql<number>`(select count(*) from appointments a where a.pricing_schedule_id = pricing_schedules.id)`.as(
        'used',
      ),
    })
    .from(pricingSchedules)
    .where(those)
    .orderBy(asc(pricingSchedules.name))
    .limit(100)

/** Adds prices of appointments: rows are minutes, columns how many students come (A9). @returns its id @throws Refusal 'name-taken' */
export async function createPricing(account: Account, wish: ScheduleWish, answer?: Answer): Promise<number> {
  const { name, lessons } = wish
  const results = (await commit(
    account,
    [
      mustBeNew(account, name),
      account.db
        .insert(pricingSchedules)
        .values({ name, use: 'appointment', countStudents: 'total', lessons: JSON.stringify(lessons) })
        .returning({ id: pricingSchedules.id }),
      ...audit(
        account,
        'pricing schedule',
        `created the pricing schedule ${name}`,
        [['pricing_schedule', newest(pricingSchedules)]],
        { after: wish },
      ),
    ],
    answer,
  )) as { id: number }[][]
  return results[1]?.[0]?.id ?? 0
}

/**
 * Changes prices for whatever is booked from now on, or takes them out of use: then no further appointment gets them,
 * and those that have them keep them. What is booked or asked for stays as it was told.
 * @throws NotFound; Refusal 'name-taken'
 */
export async function changePricing(
  account: Account,
  id: number,
  { retired, ...wish }: ScheduleWish & { retired: boolean },
  answer?: Answer,
): Promise<void> {
  const [rows] = await read(account, [
    account.db
      .select({
        name: pricingSchedules.name,
        lessons: pricingSchedules.lessons,
        retiredAt: pricingSchedules.retiredAt,
      })
      .from(pricingSchedules)
      .where(and(eq(pricingSchedules.id, id), those)),
  ])
  const before = found(rows)
  await commit(
    account,
    [
      mustBeNew(account, wish.name, id),
      account.db
        .update(pricingSchedules)
        .set({
          name: wish.name,
          lessons: JSON.stringify(wish.lessons),
          retiredAt: retired ? (before.retiredAt ?? account.now) : null,
        })
        .where(eq(pricingSchedules.id, id)),
      ...audit(account, 'pricing schedule', `changed the pricing schedule ${wish.name}`, [['pricing_schedule', id]], {
        before: {
          name: before.name,
          lessons: JSON.parse(before.lessons ?? 'null'),
          retired: before.retiredAt !== null,
        },
        after: { ...wish, retired },
      }),
    ],
    answer,
  )
}

const mustBeNew = (account: Account, name: string, id = 0): Statement =>
  must(
    account,
    sql`not exists (select 1 from ${pricingSchedules} x where x.use = 'appointment' and x.name = ${name} and x.id <> ${id})`,
    'name-taken',
  )

/** Guards that a schedule is there for appointments; one out of use only where it is attached already. */
export const mustBePriced = (
  account: Account,
  scheduleId: number | null | undefined,
  appointmentId = 0,
): Statement[] =>
  scheduleId
    ? [
        must(
          account,
          sql`exists (select 1 from ${pricingSchedules} x where x.id = ${scheduleId} and x.use = 'appointment' and (x.retired_at is null or exists (select 1 from appointments a where a.id = ${appointmentId} and a.pricing_schedule_id = x.id)))`,
          'changed-meanwhile',
        ),
      ]
    : []
