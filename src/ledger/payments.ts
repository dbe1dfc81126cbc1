import { and, asc, eq, gt, lte, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { newest, type Statement } from '../database'
import { familyBalances, ledgerLines } from '../schema/balances'
import { chargeLines, charges, priceTraces } from '../schema/charges'
import { allocations, payments } from '../schema/payments'
import { book } from './books'

type Ref = number | SQL<number>

export interface Payment {
  familyId: number
  locationId: number
  type: 'card' | 'bank_account' | 'cash' | 'check' | 'external' | 'coupon' | 'house' | 'other_credit' | 'gift'
  methodId?: number | null
  cents: number
  on: string
  reference?: string | null
  attemptId?: Ref | null
  /** The gift certificate it is paid with. */
  giftCodeId?: number | null
  /** What it pays; the rest stays as credit. */
  allocations: { chargeId: Ref; cents: number }[]
}

/** Posts a payment or credit, settles charges with it and books it. A charge settled meanwhile refuses the whole batch. */
export function postPayment(account: Account, payment: Payment): Statement[] {
  const { db, now, actor } = account
  const { familyId, locationId, type, methodId, cents, on, reference, attemptId } = payment
  const paymentId = newest(payments)
  return [
    db.insert(payments).values({
      familyId,
      locationId,
      type,
      methodId: methodId ?? null,
      cents,
      openCents: cents,
      paidOn: on,
      reference: reference ?? null,
      attemptId: (attemptId ?? null) as number | null,
      giftCodeId: payment.giftCodeId ?? null,
      who: actor.name,
      createdAt: now,
    }),
    ...payment.allocations.map(part =>
      db.insert(allocations).values({
        paymentId: paymentId as unknown as number,
        chargeId: part.chargeId as number,
        cents: part.cents,
        at: now,
        who: actor.name,
      }),
    ),
    ...book(account, {
      kind: ['coupon', 'house', 'other_credit'].includes(type) ? 'credit' : type === 'gift' ? 'gift_use' : 'payment',
      on,
      locationId,
      memo: reference ?? 'Payment',
      lines: [
        {
          account: ['coupon', 'house', 'other_credit'].includes(type) ? 'credit' : type === 'gift' ? 'gifts' : 'money',
          cents,
          paymentId,
        },
        { account: 'receivable', cents: -cents, familyId, paymentId },
      ],
    }),
  ]
}

/** What a family still owes by a day, oldest first: what Make Payment offers. */
export function openCharges(account: Account, familyId: number | SQL<number>, day: string | SQL<string>) {
  return account.db
    .select({
      id: charges.id,
      title: charges.title,
      chargeOn: charges.chargeOn,
      dueOn: charges.dueOn,
      cents: charges.cents,
      openCents: charges.openCents,
      locationId: charges.locationId,
      deletedSchedule:
        sql<number>`exists (select 1 from ${chargeLines} l join ${priceTraces} t on t.line_id = l.id where l.charge_id = charges.id and t.deleted_schedule = 1)`.as(
          'deleted_schedule',
        ),
    })
    .from(charges)
    .where(and(eq(charges.familyId, familyId), gt(charges.openCents, 0), lte(charges.chargeOn, day)))
    .orderBy(asc(charges.dueOn), asc(charges.id))
}

/** What the family owes today (positive) or has to its credit (negative), over all locations. */
export function balanceToday(familyId: number | SQL<number>, day: string): SQL<number> {
  return sql<number>`(coalesce((select sum(${familyBalances.cents}) from ${familyBalances} where ${familyBalances.familyId} = ${familyId}), 0) - coalesce((select sum(${ledgerLines.cents}) from ${ledgerLines} where ${ledgerLines.familyId} = ${familyId} and ${ledgerLines.effectiveOn} > ${day}), 0))`
}

/** balanceToday of the families of a statement that is text; `family` names the column with their id. */
export const balanceText = (family: string, day: string) =>
  `(coalesce((select sum(b.cents) from family_balances b where b.family_id = ${family}), 0) - coalesce((select sum(l.cents) from ledger_lines l where l.family_id = ${family} and l.effective_on > '${day}'), 0))`

/** Of open charges those of the first one's location: a payment is booked at one place and pays what is owed there. */
export const ofOnePlace = <C extends { locationId: number }>(open: C[]): C[] =>
  open.filter(({ locationId }) => locationId === open[0]?.locationId)

/** Spreads an amount over open charges, oldest first. */
export function spread(
  cents: number,
  open: { id: number; openCents: number }[],
): { chargeId: number; cents: number }[] {
  let left = cents
  const parts: { chargeId: number; cents: number }[] = []
  for (const { id, openCents } of open) {
    const part = Math.min(left, openCents)
    if (part > 0) parts.push({ chargeId: id, cents: part })
    left -= part
  }
  return parts
}
