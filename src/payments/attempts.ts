import { and, asc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { postPayment } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { paymentAttempts, payments } from '../schema/payments'
import { gatewayOf, type Outcome } from './gateway'
import type { Means } from './means'

const minute = 60_000
/** An attempt without an answer is looked at again after so long, and given up after three days. */
/** A gateway is given so long to answer before anybody looks after it, and a second tap waits so long for the first. */
const underWay = 60_000
const patience = 3000
const pause = 250
const lookAfter = minute
const giveUpAfter = 3 * 24 * 60 * minute

/** What a family is buying, kept with the attempt, so that it can be finished when the answer comes late. */
export interface Intent {
  what: string
  familyId: number
  locationId: number
  /** The day at the location, 'YYYY-MM-DD'. */
  on: string
  type: 'card' | 'bank_account'
  methodId: number | null
  token: string
  /** "Visa ending 4242". */
  how: string
}

/** Money that was asked for. */
export interface Attempt<I extends Intent = Intent> {
  id: number
  key: string
  cents: number
  createdAt: number
  intent: I
}

/** How one kind of purchase ends, whenever it does. */
export interface Purchase<I extends Intent> {
  /** Everything that a success writes. */
  paid(account: Account, attempt: Attempt<I>): Promise<Statement[]> | Statement[]
  /** Gives back what was held while the gateway was asked. */
  undone(account: Account, attempt: Attempt<I>): Statement[]
}

/**
 * Takes money for something, in three steps that cannot lose any: the attempt is written, with what it holds, before
 * the gateway is asked; a success lands in one commit under the form's answer; whatever is not known stays unsettled
 * and is looked up under the same key, never charged again. One attempt a family at a time, so that two hands do not
 * pay one charge twice.
 * @param prepare works out what is bought; not asked when the form was sent before and only its answer is missing.
 *   Its `holds` are guards and rows that keep the goods while the gateway is asked
 * @throws Refusal 'payment-declined' (nothing changed), 'payment-uncertain', 'payment-running', and those of `holds`
 */
export async function buy<I extends Intent>(
  account: Account,
  purchase: Purchase<I>,
  familyId: number,
  prepare: () => Promise<{ cents: number; intent: I; holds: Statement[] }>,
  answer: Answer,
): Promise<void> {
  const gateway = gatewayOf(account)
  const base = account.form ? `${account.form.path} ${account.form.key}` : account.operation
  const before = await attemptsOf(account, familyId, base)
  const last = before.at(-1)
  if (last?.state === 'succeeded') throw new Refusal('repeated')
  if (last?.state === 'started' && account.now - last.createdAt < underWay) throw new Refusal('payment-running')
  if (last && (last.state === 'started' || last.state === 'uncertain')) {
    const attempt = attemptFrom<I>(last)
    return finish(account, purchase, attempt, await looked(account, attempt), answer)
  }
  const { cents, intent, holds } = await prepare()
  const currency = account.locations.find(({ id }) => id === intent.locationId)?.currency ?? 'USD'
  const key = `${base} ${before.length}`
  const unsettled = sql`${paymentAttempts.familyId} = ${intent.familyId} and ${paymentAttempts.state} in ('started','uncertain')`
  const begin = [
    must(account, sql`not exists (select 1 from ${paymentAttempts} where ${unsettled})`, 'payment-running'),
    ...holds,
    account.db
      .insert(paymentAttempts)
      .values({
        key,
        way: 'charge',
        gateway: gateway.name,
        familyId: intent.familyId,
        methodId: intent.methodId,
        cents,
        intent: JSON.stringify(intent),
        state: 'started',
        nextLookAt: account.now + lookAfter,
        createdAt: account.now,
      })
      .returning({ id: paymentAttempts.id }),
  ]
  const results = await commit(account, begin).catch(async refusal => {
    const paid = (await attemptsOf(account, familyId, base)).at(-1)?.state === 'succeeded'
    throw paid ? new Refusal('repeated') : refusal
  })
  const [row] = results.at(-1) as { id: number }[]
  const attempt: Attempt<I> = { id: row?.id ?? 0, key, cents, createdAt: account.now, intent }
  let outcome: Outcome
  try {
    outcome = await gateway.charge({ key, cents, currency, token: intent.token })
  } catch {
    outcome = { state: 'uncertain' }
  }
  return finish(account, purchase, attempt, outcome, answer)
}

/**
 * The attempts of this form so far. While another sending of it is asking the gateway this very moment, it is waited
 * for a little: a double tap is told the first one's answer. Looking the charge up that early could find nothing yet
 * and call it declined, with the money on its way.
 */
async function attemptsOf(account: Account, familyId: number, base: string) {
  for (let waited = 0; ; waited += pause) {
    const [rows] = await read(account, [ofForm(account, familyId, base)])
    const last = rows.at(-1)
    const running = last?.state === 'started' && account.now - last.createdAt < underWay
    if (!running || waited >= patience) return rows
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** What becomes of an attempt once its outcome is known, or still is not. */
async function finish<I extends Intent>(
  account: Account,
  purchase: Purchase<I>,
  attempt: Attempt<I>,
  outcome: Outcome,
  answer?: Answer,
): Promise<void> {
  const { db, now } = account
  const mine = eq(paymentAttempts.id, attempt.id)
  const unsettled = must(
    account,
    sql`exists (select 1 from ${paymentAttempts} where ${mine} and ${paymentAttempts.state} in ('started','uncertain'))`,
    'repeated',
  )
  const set = (change: Partial<typeof paymentAttempts.$inferInsert>) =>
    db.update(paymentAttempts).set(change).where(mine)
  if (outcome.state === 'uncertain') {
    const givenUp = now - attempt.createdAt > giveUpAfter
    const later = {
      state: 'uncertain' as const,
      nextLookAt: now + lookAfter,
      tries: sql`tries + 1` as unknown as number,
    }
    await commit(account, [
      unsettled,
      ...(givenUp
        ? [set({ state: 'abandoned', settledAt: now, nextLookAt: null }), ...purchase.undone(account, attempt)]
        : [set(later)]),
    ])
    throw new Refusal('payment-uncertain')
  }
  if (outcome.state === 'declined') {
    await commit(account, [
      unsettled,
      set({ state: 'declined', reason: outcome.reason, settledAt: now, nextLookAt: null }),
      ...purchase.undone(account, attempt),
    ])
    throw new Refusal('payment-declined', { reason: outcome.reason })
  }
  const done = set({ state: 'succeeded', gatewayId: outcome.gatewayId, settledAt: now, nextLookAt: null })
  try {
    await commit(account, [unsettled, done, ...(await purchase.paid(account, attempt))], answer)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'repeated') throw refusal
    // The money has moved, so it may not be lost with the goods: it becomes the family's credit, and somebody sees it.
    const kept = [...purchase.undone(account, attempt), ...asCredit(account, attempt)]
    await commit(account, [unsettled, done, ...kept], answer)
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
      values: { amount: money(cents), paid_with: how },
    }),
  ]
}

/** Finishes what was left without an answer: cron calls it with every kind of purchase, by Intent.what. */
export async function settleAttempts(
  account: Account,
  purchases: Record<string, Purchase<never>>,
  limit = 20,
): Promise<number> {
  const due = attemptQuery(account)
    .where(and(inArray(paymentAttempts.state, ['started', 'uncertain']), lte(paymentAttempts.nextLookAt, account.now)))
    .orderBy(asc(paymentAttempts.nextLookAt))
    .limit(limit)
  const [rows] = await read(account, [due])
  let settled = 0
  for (const row of rows) {
    const attempt = attemptFrom<Intent>(row)
    const purchase = purchases[attempt.intent.what] as Purchase<Intent> | undefined
    if (!purchase) continue
    try {
      await finish(account, purchase, attempt, await looked(account, attempt))
      settled += 1
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      if (refusal.code === 'payment-declined') settled += 1
    }
  }
  return settled
}

async function looked(account: Account, { key, intent }: Attempt): Promise<Outcome> {
  try {
    return await gatewayOf(account).look({ key, token: intent.token })
  } catch {
    return { state: 'uncertain' }
  }
}

const attemptQuery = ({ db }: Account) =>
  db
    .select({
      id: paymentAttempts.id,
      key: paymentAttempts.key,
      cents: paymentAttempts.cents,
      state: paymentAttempts.state,
      createdAt: paymentAttempts.createdAt,
      intent: paymentAttempts.intent,
    })
    .from(paymentAttempts)
    .$dynamic()

/** The attempts that one form has made already: another one only after the last was declined. */
function ofForm(account: Account, familyId: number, base: string) {
  return attemptQuery(account)
    .where(
      and(
        eq(paymentAttempts.familyId, familyId),
        sql`substr(${paymentAttempts.key}, 1, ${base.length + 1}) = ${`${base} `}`,
      ),
    )
    .orderBy(asc(paymentAttempts.id))
}

function attemptFrom<I extends Intent>(row: {
  id: number
  key: string
  cents: number
  createdAt: number
  intent: string
}) {
  return { ...row, intent: JSON.parse(row.intent) as I } satisfies Attempt<I>
}

/** The part of an intent that every purchase has. */
export function intentOf(
  { familyId, locationId, on }: { familyId: number; locationId: number; on: string },
  { type, methodId, token, how }: Means,
) {
  return { familyId, locationId, on, type, methodId, token, how }
}
