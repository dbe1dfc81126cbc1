import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit, type Statement } from '../database'
import { moneySums, summed } from '../schema/figures'

/** So many lines are added to the sums at once; what is left comes with the next turn of the clock. */
const atOnce = 20_000

/** What a family was given; everything else that pays came from it. */
const credits = "('coupon','house','other_credit')"

/**
 * Adds to the sums what was added to the books since the last time, and says how far it came, in one batch: a line is
 * summed once, whoever does it and however often. A gift certificate was paid when it was bought.
 */
export async function sumMoney(account: Account): Promise<void> {
  const { db } = account
  const from = (source: string) => sql`(select through_id from ${summed} where source = ${source})`
  const upTo = (source: 'charge_lines' | 'payments') => sql`${from(source)} + ${atOnce}`
  // Nothing is written while nothing was added: the clock looks every five minutes.
  const reached = (source: 'charge_lines' | 'payments'): Statement => {
    const last = sql`coalesce((select max(id) from ${sql.raw(source)}), 0)`
    return db
      .update(summed)
      .set({ throughId: sql`min(${summed.throughId} + ${atOnce}, ${last})` })
      .where(sql`${summed.source} = ${source} and ${summed.throughId} < ${last}`)
  }
  const add = { cents: sql`${moneySums.cents} + excluded.cents` }
  const target = [
    moneySums.kind,
    moneySums.period,
    moneySums.locationId,
    moneySums.programId,
    moneySums.categoryId,
  ] as const
  await commit(account, [
    db
      .insert(moneySums)
      .select(
        sql`select 'charges' as kind, substr(c.charge_on, 1, 7) as period, c.location_id as location_id, coalesce(l.program_id, 0) as program_id, l.category_id as category_id, sum(l.cents) as cents from charge_lines l join charges c on c.id = l.charge_id where l.id > ${from('charge_lines')} and l.id <= ${upTo('charge_lines')} group by 2, 3, 4, 5`,
      )
      .onConflictDoUpdate({ target: [...target], set: add }),
    reached('charge_lines'),
    db
      .insert(moneySums)
      .select(
        sql`select case when p.type in ${sql.raw(credits)} then 'credits' else 'payments' end as kind, p.paid_on as period, p.location_id as location_id, 0 as program_id, 0 as category_id, sum(p.cents) as cents from payments p where p.id > ${from('payments')} and p.id <= ${upTo('payments')} and p.type <> 'gift' group by 1, 2, 3`,
      )
      .onConflictDoUpdate({ target: [...target], set: add }),
    reached('payments'),
  ])
}

const here = (places: number[]) =>
  places.length ? sql`and location_id in (select value from json_each(${JSON.stringify(places)}))` : sql``

/** What was paid from a day to another one, both included, in cents. */
export const paidBetween = ({ db }: Pick<Account, 'db'>, spans: { from: string; to: string }[], places: number[]) =>
  db
    .select({
      from: sql<string>`span.value ->> 'from'`.as('span_from'),
      cents:
        sql<number>`coalesce((select sum(cents) from ${moneySums} where kind = 'payments' and period between span.value ->> 'from' and span.value ->> 'to' ${here(places)}), 0)`.as(
          'cents',
        ),
    })
    .from(sql`json_each(${JSON.stringify(spans)}) span`)

export interface MonthlySum {
  kind: 'charges' | 'payments' | 'credits'
  /** "2026-11" */
  month: string
  cents: number
}

/**
 * Charges, payments and credits by month.
 * @param only charges of one program or category; payments belong to families, so with it there are none
 */
export function moneyByMonth(
  { db }: Pick<Account, 'db'>,
  months: { from: string; to: string },
  only: { programId?: number; categoryId?: number },
  places: number[],
) {
  const one = only.programId || only.categoryId
  const narrowed = sql`${one ? sql`and kind = 'charges'` : sql``} ${only.programId ? sql`and program_id = ${only.programId}` : sql``} ${only.categoryId ? sql`and category_id = ${only.categoryId}` : sql``}`
  return db
    .select({
      kind: moneySums.kind,
      month: sql<string>`substr(${moneySums.period}, 1, 7)`.as('month'),
      cents: sql<number>`sum(${moneySums.cents})`.as('cents'),
    })
    .from(moneySums)
    .where(
      sql`kind in ('charges','credits','payments') and period >= ${months.from} and period < ${`${months.to}~`} ${narrowed} ${here(places)}`,
    )
    .groupBy(sql`kind, substr(period, 1, 7)`)
}
