import { and, asc, eq, gt } from 'drizzle-orm'
import { type Account, locationOf, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, newest, Refusal, read, type Statement } from '../database'
import { postPayment, spread } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { allocations, payments } from '../schema/payments'
import { isOnAnywhere, settingsAt } from '../settings'
import { dueToday } from './pay'

/**
 * Staff give a family credit. It lies there until it is applied; the audit log and the ledger tell of it, the window
 * does not (OA3).
 * @param gift.cents more than nothing
 * @throws Refusal 'amount-out-of-range'
 */
export async function giveCredit(
  account: Account,
  gift: {
    familyId: number
    locationId: number
    cents: number
    type?: 'house' | 'coupon' | 'other_credit'
    why: string
  },
  answer?: Answer,
): Promise<void> {
  const { familyId, locationId, cents, type = 'house', why } = gift
  if (!Number.isSafeInteger(cents) || cents <= 0) throw new Refusal('amount-out-of-range')
  const place = locationOf(account, locationId)
  const on = todayAt(account, place?.id)
  await commit(
    account,
    [
      ...postPayment(account, { familyId, locationId, type, cents, on, reference: why, allocations: [] }),
      ...audit(account, 'give credit', `gave ${money(cents)} of credit: ${why}`, [
        ['family', familyId],
        ['payment', newest(payments)],
      ]),
      notify(account, {
        familyId,
        template: 'credit-added',
        values: { amount: money(cents), reason: why },
      }),
    ],
    answer,
  )
}

/** What lies on the account and pays nothing yet, oldest first. */
export function openCredit({ db }: Account, familyId: number) {
  return db
    .select({ id: payments.id, openCents: payments.openCents, locationId: payments.locationId })
    .from(payments)
    .where(and(eq(payments.familyId, familyId), gt(payments.openCents, 0)))
    .orderBy(asc(payments.paidOn), asc(payments.id))
}

/**
 * Apply Credit, where its location lets families do it: the family's credit settles what it owes today, oldest first on both sides. No money moves and the
 * books stay as they are, so credit pays where it lies, at its own location; the audit log tells of it, the window does not (OA3, MA11).
 * @returns the cents that were applied
 * @throws Refusal 'may-not-pay', 'switched-off', 'nothing-due', 'no-credit' (none, or all of it elsewhere); 'changed-meanwhile' for the second of two hands
 */
export async function applyCredit(account: Account, guardian: Guardian, answer: Answer): Promise<number> {
  if (!guardian.mayPay) throw new Refusal('may-not-pay')
  if (!isOnAnywhere(account, 'fin.apply_credit')) throw new Refusal('switched-off')
  const familyId = guardian.family.id
  const [due, credit] = await read(account, [dueToday(account, guardian), openCredit(account, familyId)])
  if (!due.length) throw new Refusal('nothing-due')
  if (!credit.length) throw new Refusal('no-credit')
  const left = due.map(({ id, openCents, locationId }) => ({ id, openCents, locationId }))
  const statements: Statement[] = []
  let applied = 0
  for (const { id: paymentId, openCents, locationId } of credit) {
    const rules = settingsAt(account, locationId)
    if (!rules['fin.show_credit'] || !rules['fin.apply_credit']) continue
    const there = left.filter(charge => charge.locationId === locationId)
    for (const { chargeId, cents } of spread(openCents, there)) {
      const charge = left.find(({ id }) => id === chargeId)
      if (charge) charge.openCents -= cents
      applied += cents
      const allocation = { paymentId, chargeId, cents, at: account.now, who: account.actor.name }
      statements.push(account.db.insert(allocations).values(allocation))
    }
  }
  if (!applied) throw new Refusal('no-credit')
  const told = audit(account, 'apply credit', `applied ${money(applied)} of credit`, [['family', familyId]])
  await commit(account, [...statements, ...told], answer)
  return applied
}
