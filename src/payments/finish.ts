import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { type Answer, commit, newest, Refusal, read, type Statement } from '../database'
import { postPayment } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { paymentAttempts, payments } from '../schema/payments'
import { stands, unsettled } from './attempts'
import { type Outcome, sayHow, sayInstrument } from './gateway'
import { methodsOf, storing } from './methods'
import type { Attempt, Intent, Purchase } from './purchases'

const minute = 60_000
/**
 * An attempt without an answer is looked at again after so long, and given up after so long: banks take days over an
 * account. What is entered on a page may be one, and nobody knows before its answer.
 */
export const lookAfter = minute
const giveUpAfter = { card: 3 * 24 * 60 * minute, bank_account: 14 * 24 * 60 * minute }
const patienceWith = ({ page, type }: Intent) => giveUpAfter[page ? 'bank_account' : type]

/**
 * What becomes of an attempt once its outcome is known, or still is not. One that was given up has only a late success
 * ahead of it.
 * @throws Refusal 'repeated' when it is settled
 */
export async function finish<I extends Intent>(
  account: Account,
  purchase: Purchase<I>,
  attempt: Attempt<I>,
  outcome: Outcome,
  answer?: Answer,
): Promise<void> {
  const { db, now } = account
  const set = (change: Partial<typeof paymentAttempts.$inferInsert>) =>
    db.update(paymentAttempts).set(change).where(eq(paymentAttempts.id, attempt.id))
  if (outcome.state === 'uncertain') {
    const givenUp = now - attempt.createdAt > patienceWith(attempt.intent)
    const later = {
      state: 'uncertain' as const,
      nextLookAt: now + lookAfter,
      tries: sql`tries + 1` as unknown as number,
    }
    await commit(account, [
      unsettled(account, attempt.id),
      ...(givenUp
        ? [set({ state: 'abandoned', settledAt: now, nextLookAt: null }), ...purchase.undone(account, attempt)]
        : [set(later)]),
    ])
    throw new Refusal('payment-uncertain')
  }
  if (outcome.state === 'declined') {
    await commit(account, [
      unsettled(account, attempt.id),
      set({ state: 'declined', reason: outcome.reason, settledAt: now, nextLookAt: null }),
      ...purchase.undone(account, attempt),
    ])
    throw new Refusal('payment-declined', { reason: outcome.reason })
  }
  const { instrument } = outcome
  const paid = instrument
    ? { ...attempt, intent: { ...attempt.intent, type: instrument.kind, how: sayInstrument(instrument) } }
    : attempt
  const givenUp = attempt.state === 'abandoned'
  const held = purchase.undone(account, paid)
  const settled = [
    givenUp ? stands(account, attempt.id, ['abandoned']) : unsettled(account, attempt.id),
    set({ state: 'succeeded', gatewayId: outcome.gatewayId, settledAt: now, nextLookAt: null }),
  ]
  try {
    // What it held was given back with it, and is somebody else's or sold by now.
    if (givenUp && held.length) throw new Refusal('hold-lapsed')
    const kept = await keeping(account, paid, outcome)
    await commit(account, [...settled, ...(await purchase.paid(account, paid)), ...kept], answer)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    if (refusal.code === 'repeated') {
      if (givenUp) throw refusal
      // Given up in this very moment, or settled: then this refuses as well.
      return finish(account, purchase, { ...attempt, state: 'abandoned' }, outcome, answer)
    }
    // The money has moved, so it may not be lost with the goods: it becomes the family's credit, and somebody sees it.
    const credit = [...(givenUp ? [] : held), ...(paid.cents > 0 ? asCredit(account, paid) : [])]
    await commit(account, [...settled, ...credit], answer)
  }
}

/** The statements of a payment made through a gateway. */
export function gatewayPayment(
  account: Account,
  { id, cents, intent }: Attempt,
  allocations: { chargeId: number | SQL<number>; cents: number }[],
): Statement[] {
  const { familyId, locationId, type, methodId, on, how } = intent
  return postPayment(account, {
    familyId,
    locationId,
    type,
    methodId,
    cents,
    on,
    reference: how,
    attemptId: id,
    allocations,
  })
}

function asCredit(account: Account, attempt: Attempt): Statement[] {
  const { cents, intent } = attempt
  const { familyId, locationId, how } = intent
  const particulars = { cents, how, charges: [], deletedSchedule: false, kept: true }
  const entry = { familyId, locationId, subject: 'payment', subjectId: newest(payments), particulars }
  return [
    ...gatewayPayment(account, attempt, []),
    log(account, { kind: 'payment', status: 'notification', ...entry }),
    ...audit(account, 'pay', `paid ${money(cents)} with ${how}, kept as credit`, [
      ['family', familyId],
      ['payment', newest(payments)],
    ]),
    notify(account, {
      familyId,
      template: 'payment-kept',
      values: { amount: money(cents), paid_with: () => sayHow(how) },
    }),
  ]
}

/** The method that was to be kept, unless this guardian has three by now: the payment is worth more than that. */
async function keeping(account: Account, { intent }: Attempt, outcome: Outcome): Promise<Statement[]> {
  if (outcome.state !== 'succeeded' || !outcome.kept || !intent.page?.keep) return []
  const { guardianId } = intent.page
  const [rows] = await read(account, [methodsOf(account, intent.familyId)])
  if (rows.filter(row => row.guardianId === guardianId).length >= 3) return []
  const { token, instrument } = outcome.kept
  const gateway = account.settings['payments.gateway']
  const { makeDefault = false, recurring = false } = intent.page
  return storing(account, { familyId: intent.familyId, guardianId, gateway, token, instrument, makeDefault, recurring })
}
