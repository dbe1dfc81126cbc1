import { eq, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { must, read, type Statement } from '../database'
import { found } from '../http'
import { chargeLines, charges, priceTraces } from '../schema/charges'
import { allocations } from '../schema/payments'
import { book, nextEntry } from './books'

/** What taking a charge back comes to, in cents. */
export interface TakenBack {
  statements: Statement[]
  /** What it was. */
  cents: number
  /** What of the money that was paid becomes the family's credit. */
  creditCents: number
}

/**
 * Takes a charge back but for what is kept of it. The books are only added to: money that paid more than is kept is
 * taken off the charge and becomes the family's credit, then a line of the opposite amount stands below the others.
 * @param keep.cents what stays owed, as a fee unless it is another kind of line
 * @param keep.why a sentence for "Why this amount?"
 * @param keep.memo how the books call it, behind the charge's title; "canceled" when left out
 * @throws NotFound; in the batch 'changed-meanwhile' when it was paid or changed at the same moment
 */
export async function takeBack(
  account: Account,
  chargeId: number,
  keep: { cents: number; why: string; kind?: 'fee' | 'appointment'; memo?: string },
): Promise<TakenBack> {
  const { db, now, actor } = account
  const [rows, lines, paid] = await read(account, [
    db
      .select({
        familyId: charges.familyId,
        locationId: charges.locationId,
        title: charges.title,
        cents: charges.cents,
        openCents: charges.openCents,
      })
      .from(charges)
      .where(eq(charges.id, chargeId)),
    db
      .select({
        programId: chargeLines.programId,
        categoryId: chargeLines.categoryId,
        tax: sql<number>`${chargeLines.kind} = 'tax'`.as('is_tax'),
        cents: sql<number>`sum(${chargeLines.cents})`.as('line_cents'),
      })
      .from(chargeLines)
      .where(eq(chargeLines.chargeId, chargeId))
      .groupBy(chargeLines.programId, chargeLines.categoryId, sql`${chargeLines.kind} = 'tax'`),
    db
      .select({
        paymentId: allocations.paymentId,
        cents: sql<number>`sum(${allocations.cents})`.as('paid_cents'),
      })
      .from(allocations)
      .where(eq(allocations.chargeId, chargeId))
      .groupBy(allocations.paymentId)
      .orderBy(sql`${allocations.paymentId} desc`),
  ])
  const { familyId, locationId, title, cents, openCents } = found(rows)
  const first = found(lines)
  if (cents === keep.cents) return { statements: [], cents, creditCents: 0 }
  const creditCents = Math.max(0, cents - openCents - keep.cents)
  let left = creditCents
  const released = paid.flatMap(payment => {
    const part = Math.min(left, payment.cents)
    left -= part
    if (part <= 0) return []
    return [
      db.insert(allocations).values({ paymentId: payment.paymentId, chargeId, cents: -part, at: now, who: actor.name }),
    ]
  })
  const on = todayAt(account, locationId)
  const line = (of: (typeof lines)[number], kind: 'fee' | 'appointment' | 'void', amount: number) => [
    db.insert(chargeLines).values({
      chargeId,
      kind,
      cents: amount,
      programId: of.programId,
      categoryId: of.categoryId,
      entryId: nextEntry as unknown as number,
      createdAt: now,
    }),
    db.insert(priceTraces).values({
      lineId: sql`(select max(id) from ${chargeLines})` as unknown as number,
      steps: JSON.stringify([keep.why]),
    }),
  ]
  const about = ({ programId, categoryId }: (typeof lines)[number]) => ({ chargeId, programId, categoryId })
  return {
    cents,
    creditCents,
    statements: [
      must(
        account,
        sql`exists (select 1 from ${charges} where ${charges.id} = ${chargeId} and ${charges.cents} = ${cents} and ${charges.openCents} = ${openCents})`,
        'changed-meanwhile',
      ),
      ...released,
      // What is kept comes first: what is open may never be less than nothing.
      ...(keep.cents > 0 ? line(first, keep.kind ?? 'fee', keep.cents) : []),
      ...lines.filter(of => of.cents !== 0).flatMap(of => line(of, 'void', -of.cents)),
      ...book(account, {
        kind: 'void',
        on,
        locationId,
        memo: `${title}, ${keep.memo ?? 'canceled'}`,
        lines: [
          { account: 'receivable', cents: keep.cents - cents, familyId, chargeId },
          { account: 'income', cents: -keep.cents, ...about(first) },
          ...lines.map(of => ({
            account: of.tax ? ('tax' as const) : ('income' as const),
            cents: of.cents,
            ...about(of),
          })),
        ],
      }),
    ],
  }
}
