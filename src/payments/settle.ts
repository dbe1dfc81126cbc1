import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import { type Account, locationOf } from '../accounts/account'
import { Refusal, read } from '../database'
import { found } from '../http'
import * as paths from '../paths'
import { paymentAttempts } from '../schema/payments'
import { attemptFrom, attemptQuery } from './attempts'
import { finish } from './finish'
import { gatewayOf, type Outcome } from './gateway'
import { type Attempt, type Intent, type Purchase, purchaseFor } from './purchases'

/** So long somebody may stand before the gateway's page; then it is shut. */
const pageLives = 30 * 60_000

/** Finishes what was left without an answer: what the clock does. @returns how many were settled */
export async function settleAttempts(account: Account, limit = 20): Promise<number> {
  const due = attemptQuery(account)
    .where(and(inArray(paymentAttempts.state, ['started', 'uncertain']), lte(paymentAttempts.nextLookAt, account.now)))
    .orderBy(asc(paymentAttempts.nextLookAt))
    .limit(limit)
  const [rows] = await read(account, [due])
  let settled = 0
  for (const row of rows) {
    const state = await settle(account, attemptFrom<Intent>(row))
    if (state === 'succeeded' || state === 'declined') settled += 1
  }
  return settled
}

/** Looks an attempt up and finishes it, whoever asks. */
export async function settle(account: Account, attempt: Attempt, shut = false): Promise<'open' | Outcome['state']> {
  const purchase = purchaseFor(attempt.intent)
  if (!purchase) return 'uncertain'
  const outcome = await looked(account, attempt, shut)
  return outcome ? settleAs(account, purchase, attempt, outcome) : 'open'
}

/** Finishes an attempt for which no form waits, or tells that somebody else has. */
export async function settleAs<I extends Intent>(
  account: Account,
  purchase: Purchase<I>,
  attempt: Attempt<I>,
  outcome: Outcome,
): Promise<Outcome['state']> {
  try {
    await finish(account, purchase, attempt, outcome)
    return 'succeeded'
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    // Somebody else has settled it in this moment.
    if (refusal.code === 'repeated') return outcome.state
    return refusal.code === 'payment-declined' ? 'declined' : 'uncertain'
  }
}

/** @returns nothing while nobody has done anything on the gateway's page, and it may stay open */
export async function looked(account: Account, attempt: Attempt, shut = false): Promise<Outcome | undefined> {
  const { key, cents, intent, createdAt, gatewayId } = attempt
  const age = account.now - createdAt
  try {
    const gateway = gatewayOf(account)
    if (intent.page) {
      if (!gatewayId) return { state: 'declined', reason: 'The payment page never opened.' }
      return await (shut || age > pageLives ? gateway.pages.shut(gatewayId) : gateway.pages.look(gatewayId))
    }
    const currency = locationOf(account, intent.locationId)?.currency ?? 'USD'
    return await gateway.look({ key, cents, currency, token: intent.token, kind: intent.type, age })
  } catch {
    return { state: 'uncertain' }
  }
}

/** How an attempt stands after it was looked at once more. */
export interface Standing {
  state: 'open' | Outcome['state']
  /** Where to go on, paid or not. */
  onward: string
  from: string
  what: string
}

/**
 * A family comes back from the gateway's page, or a webhook says that something happened: looks, and finishes it.
 * @param which the attempt's id within its family, or what the gateway calls it
 * @param left whoever comes back gave up: the page is shut
 * @throws NotFound for another family's attempt
 */
export async function settleAttempt(
  account: Account,
  which: { familyId: number; id: number } | { page: string } | { key: string },
  left = false,
): Promise<Standing> {
  const whose =
    'id' in which
      ? and(eq(paymentAttempts.id, which.id), eq(paymentAttempts.familyId, which.familyId))
      : 'page' in which
        ? eq(paymentAttempts.gatewayId, which.page)
        : eq(paymentAttempts.key, which.key)
  const [rows] = await read(account, [attemptQuery(account).where(whose)])
  const row = found(rows)
  const attempt = attemptFrom<Intent>(row)
  const at = paths.portal(account.slug)
  const { what, onward = at.account({ done: 'paid' }) } = attempt.intent
  const from = purchaseFor(attempt.intent)?.from?.(at) ?? at.account()
  const state = over[row.state] ?? (await settle(account, attempt, left))
  return { state, onward, from, what }
}

/** Of one that was given up the money may still come. */
const over: Partial<Record<string, Outcome['state']>> = { succeeded: 'succeeded', declined: 'declined' }
