import { sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { must, read, type Statement } from '../database'
import { found } from '../http'
import { chargeLines, charges, priceTraces } from '../schema/charges'
import { allocations } from '../schema/payments'
import { book, nextEntry } from './books'

/** What an enrollment's part of a charge is lowered by. */
export interface Lowered {
  chargeId: number
  enrollmentId: number
  /** What is taken off, in cents, above nothing. */
  cents: number
  /** The days that the rest is for; none where nothing is left. */
  from?: string | null
  until?: string
  /** A sentence for "Why this amount?". */
  why: string
}

/**
 * Takes a part off a charge, by a line of its own below the others: the books are only added to. Money that paid more
 * than is left becomes the family's credit. Lines that taxed it stay.
 * @throws NotFound; in the batch 'changed-meanwhile' when it was paid or changed at the same moment
 */
export async function lowerCharges(account: Account, parts: readonly Lowered[]): Promise<Statement[]> {
  if (!parts.length) return []
  const { db, now, actor } = account
  const ids = sql`(select value from json_each(${JSON.stringify(parts.map(({ chargeId }) => chargeId))}))`
  const [all, lines, paid] = await read(account, [
    db
      .select({
        id: charges.id,
        familyId: charges.familyId,
        locationId: charges.locationId,
        title: charges.title,
        cents: charges.cents,
        openCents: charges.openCents,
      })
      .from(charges)
      .where(sql`${charges.id} in ${ids}`),
    db
      .select({
        chargeId: chargeLines.chargeId,
        enrollmentId: chargeLines.enrollmentId,
        studentId: chargeLines.studentId,
        programId: chargeLines.programId,
        categoryId: chargeLines.categoryId,
      })
      .from(chargeLines)
      .where(sql`${chargeLines.chargeId} in ${ids}`)
      .orderBy(chargeLines.id),
    db
      .select({
        chargeId: allocations.chargeId,
        paymentId: allocations.paymentId,
        cents: sql<number>`sum(${allocations.cents})`.as('paid_cents'),
      })
      .from(allocations)
      .where(sql`${allocations.chargeId} in ${ids}`)
      .groupBy(allocations.chargeId, allocations.paymentId)
      .orderBy(sql`${allocations.paymentId} desc`),
  ])
  return parts.flatMap(({ chargeId, enrollmentId, cents: off, from, until, why }) => {
    const charge = found(all.filter(({ id }) => id === chargeId))
    const about = found(lines.filter(line => line.chargeId === chargeId && line.enrollmentId === enrollmentId))
    const { familyId, locationId, title, cents, openCents } = charge
    const { studentId, programId, categoryId } = about
    let left = Math.max(0, off - openCents)
    const released = paid.flatMap(payment => {
      const part = payment.chargeId === chargeId ? Math.min(left, payment.cents) : 0
      left -= part
      return part > 0
        ? [
            db
              .insert(allocations)
              .values({ paymentId: payment.paymentId, chargeId, cents: -part, at: now, who: actor.name }),
          ]
        : []
    })
    return [
      must(
        account,
        sql`exists (select 1 from ${charges} where ${charges.id} = ${chargeId} and ${charges.cents} = ${cents} and ${charges.openCents} = ${openCents})`,
        'changed-meanwhile',
      ),
      ...released,
      db.insert(chargeLines).values({
        ...{ chargeId, kind: 'tuition', cents: -off, programId, categoryId, studentId, enrollmentId },
        ...{ forFrom: from ?? null, forTo: until ?? null },
        entryId: nextEntry as unknown as number,
        createdAt: now,
      }),
      db.insert(priceTraces).values({
        lineId: sql`(select max(id) from ${chargeLines})` as unknown as number,
        steps: JSON.stringify([why]),
      }),
      ...book(account, {
        kind: 'adjustment',
        on: todayAt(account, locationId),
        locationId,
        memo: `${title}, corrected`,
        lines: [
          { account: 'receivable', cents: -off, familyId, chargeId },
          { account: 'income', cents: off, chargeId, programId, categoryId },
        ],
      }),
    ]
  })
}
