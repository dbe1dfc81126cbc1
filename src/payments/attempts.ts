import { and, asc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { type Account, locationOf } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { postPayment } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import * as paths from '../paths'
import { paymentAttempts, payments } from '../schema/payments'
import { gatewayOf, type Outcome, sayHow, sayInstrument } from './gateway'
import type { Means, PageWish } from './means'
import { methodsOf, storing } from './methods'

const minute = 60_000
/** A gateway is given so long to answer before anybody looks after it, and a second tap waits so long for the first. */
const underWay = 60_000
const patience = 3000
const pause = 250
/**
 * An attempt without an answer is looked at again after so long, and given up after so long: banks take days over an
 * account. What is entered on a page may be one, and nobody knows before its answer.
 */
const lookAfter = minute
const giveUpAfter = { card: 3 * 24 * 60 * minute, bank_account: 14 * 24 * 60 * minute }
const patienceWith = ({ page, type }: Intent) => giveUpAfter[page ? 'bank_account' : type]
/** So long somebody may stand before the gateway's page; then it is shut. */
const pageLives = 30 * minute

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
  /** It is entered on the gateway's own page. */
  page?: PageWish
  /** Where a family is led that comes back from there paid. */
  onward?: string
}

/** Money that was asked for. */
export interface Attempt<I extends Intent = Intent> {
  id: number
  key: string
  cents: number
  createdAt: number
  intent: I
  /** As it was read; whatever finishes it guards that nobody has settled it since. */
  state: (typeof paymentAttempts.$inferSelect)['state']
  /** What the gateway calls it, or its page. */
  gatewayId: string | null
}

/** How one kind of purchase ends, whenever it does: by itself, by the return from a page, by a webhook or by the clock. */
export interface Purchase<I extends Intent> {
  /** "Ninja Kids and 2 more": what the gateway's page says is paid. */
  says(intent: I): string
  /** Where it was chosen: there a family goes on that has not paid. */
  from?(at: ReturnType<typeof paths.portal>): string
  /** Where the gateway's page leads back to, for whoever has no log-in. */
  back?(at: ReturnType<typeof paths.portal>, attempt: Attempt<I>, query?: { left: number }): string
  /** Its buyers are strangers to each other in one family: each pays apart, and nobody waits for or ends another's. */
  apart?: boolean
  /** Everything that a success writes. */
  paid(account: Account, attempt: Attempt<I>): Promise<Statement[]> | Statement[]
  /** Gives back what was held while the gateway was asked. */
  undone(account: Account, attempt: Attempt<I>): Statement[]
}

const purchases = new Map<string, Purchase<never>>()

/** Makes a kind of purchase known by what its intents say they are. */
export function purchaseOf<I extends Intent>(what: I['what'], purchase: Purchase<I>): Purchase<I> {
  purchases.set(what, purchase)
  return purchase
}

/** Leads away from here, to the gateway's page: thrown like a refusal, so that every door passes it on. */
export class Elsewhere extends Error {
  constructor(readonly url: string) {
    super('elsewhere')
  }
}

/**
 * Takes money for something, in three steps that cannot lose any: the attempt is written, with what it holds, before
 * the gateway is asked; a success lands in one commit under the form's answer; whatever is not known stays unsettled
 * and is looked up under the same key, never charged again. One attempt a family at a time, so that two hands do not
 * pay one charge twice.
 * @param prepare works out what is bought; not asked when the form was sent before and only its answer is missing.
 *   Its `holds` are guards and rows that keep the goods while the gateway is asked
 * What is entered on the gateway's own page is paid there; what happens then finishes it.
 * @throws Refusal 'payment-declined' (nothing changed), 'payment-uncertain', 'payment-running', 'gateway-silent', and
 *   those of `holds`; Elsewhere, for the gateway's page
 */
export async function buy<I extends Intent>(
  account: Account,
  purchase: Purchase<I>,
  familyId: number,
  prepare: () => Promise<{ cents: number; intent: I; holds: Statement[] }>,
  answer: Answer,
): Promise<void> {
  const gateway = gatewayOf(account)
  if (!purchase.apart) await leavePages(account, familyId)
  const base = account.form ? `${account.form.path} ${account.form.key}` : account.operation
  const before = await attemptsOf(account, familyId, base)
  const last = before.at(-1)
  if (last?.state === 'succeeded') throw new Refusal('repeated')
  if (last?.state === 'started' && account.now - last.createdAt < underWay) throw new Refusal('payment-running')
  if (last && last.state !== 'declined') {
    const attempt = attemptFrom<I>(last)
    const outcome = (await looked(account, attempt)) ?? { state: 'uncertain' as const }
    if (last.state !== 'abandoned' || outcome.state === 'succeeded')
      return finish(account, purchase, attempt, outcome, answer)
  }
  const { cents, intent, holds } = await prepare()
  const currency = locationOf(account, intent.locationId)?.currency ?? 'USD'
  const key = `${base} ${before.length}`
  const whose = purchase.apart ? isOfForm(base) : eq(paymentAttempts.familyId, intent.familyId)
  const unsettled = sql`${whose} and ${paymentAttempts.state} in ('started','uncertain')`
  const begin = [
    must(account, sql`not exists (select 1 from ${paymentAttempts} where ${unsettled})`, 'payment-running'),
    ...holds,
    account.db
      .insert(paymentAttempts)
      .values({
        key,
        way: cents > 0 ? 'charge' : 'store',
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
  const made = { id: row?.id ?? 0, key, cents, createdAt: account.now, intent }
  const attempt: Attempt<I> = { ...made, state: 'started', gatewayId: null }
  if (intent.page) throw await openPage(account, purchase, attempt, currency, answer)
  let outcome: Outcome
  try {
    outcome = await gateway.charge({ key, cents, currency, token: intent.token, kind: intent.type, age: 0 })
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

/** Guards that an attempt stands like this, so that no two hands settle it. */
const stands = (account: Account, id: number, states: Attempt['state'][], code = 'repeated') =>
  must(
    account,
    sql`exists (select 1 from ${paymentAttempts} where ${paymentAttempts.id} = ${id} and ${inArray(paymentAttempts.state, states)})`,
    code,
  )

const unsettled = (account: Account, id: number, code?: string) => stands(account, id, ['started', 'uncertain'], code)

/**
 * What becomes of an attempt once its outcome is known, or still is not. One that was given up has only a late success
 * ahead of it.
 * @throws Refusal 'repeated' when it is settled
 */
async function finish<I extends Intent>(
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
async function settle(account: Account, attempt: Attempt, shut = false): Promise<'open' | Outcome['state']> {
  const purchase = purchases.get(attempt.intent.what) as Purchase<Intent> | undefined
  if (!purchase) return 'uncertain'
  const outcome = await looked(account, attempt, shut)
  return outcome ? settleAs(account, purchase, attempt, outcome) : 'open'
}

/** Finishes an attempt for which no form waits, or tells that somebody else has. */
async function settleAs<I extends Intent>(
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
async function looked(account: Account, attempt: Attempt, shut = false): Promise<Outcome | undefined> {
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

const attemptQuery = ({ db }: Account) =>
  db
    .select({
      id: paymentAttempts.id,
      key: paymentAttempts.key,
      cents: paymentAttempts.cents,
      state: paymentAttempts.state,
      createdAt: paymentAttempts.createdAt,
      intent: paymentAttempts.intent,
      gatewayId: paymentAttempts.gatewayId,
    })
    .from(paymentAttempts)
    .$dynamic()

/** Whether an attempt was made by a form: its key is the form's and a number. */
const isOfForm = (base: string) =>
  sql`(${paymentAttempts.key} > ${`${base} `} and ${paymentAttempts.key} < ${`${base}!`})`

/** The attempts that one form has made already: another one only after the last was declined. */
function ofForm(account: Account, familyId: number, base: string) {
  return attemptQuery(account)
    .where(
      and(
        // Found by its key: a family of strangers has any number of them.
        sql`+${paymentAttempts.familyId} = ${familyId}`,
        isOfForm(base),
      ),
    )
    .orderBy(asc(paymentAttempts.id))
}

function attemptFrom<I extends Intent>(row: Omit<Attempt, 'intent'> & { intent: string }) {
  return { ...row, intent: JSON.parse(row.intent) as I } satisfies Attempt<I>
}

/** The part of an intent that every purchase has. */
export function intentOf(
  { familyId, locationId, on }: { familyId: number; locationId: number; on: string },
  { type, methodId, token, how, page }: Means,
) {
  return { familyId, locationId, on, type, methodId, token, how, ...(page ? { page } : {}) }
}

/**
 * Opens the gateway's page for an attempt that is written. Sent again, the form leads to the same page.
 * @returns what leads there
 * @throws Refusal 'gateway-silent' where none opened, or too late
 */
async function openPage<I extends Intent>(
  account: Account,
  purchase: Purchase<I>,
  attempt: Attempt<I>,
  currency: string,
  answer: Answer,
): Promise<Elsewhere> {
  const { db, slug, origin } = account
  const { key, cents, intent } = attempt
  const at = paths.portal(slug)
  const { pages } = gatewayOf(account)
  const back = (query?: { left: number }) => purchase.back?.(at, attempt, query) ?? at.paymentReturn(attempt.id, query)
  let opened: { id: string; url: string }
  try {
    opened = await pages.open({
      key,
      cents,
      currency,
      title: `${account.business}: ${purchase.says(intent)}`.slice(0, 200),
      email: intent.page?.email ?? '',
      keep: intent.page?.keep ?? false,
      bankAccounts: account.settings['payments.echecks'],
      done: origin + back(),
      left: origin + back({ left: 1 }),
    })
  } catch (error) {
    console.error('payment page', slug, error instanceof Error ? error.name : 'failed')
    await settleAs(account, purchase, attempt, { state: 'declined', reason: 'no page' })
    throw new Refusal('gateway-silent')
  }
  const onward = typeof answer.location === 'string' ? answer.location : undefined
  const kept = JSON.stringify({ ...intent, onward })
  const known = db
    .update(paymentAttempts)
    .set({ gatewayId: opened.id, intent: kept })
    .where(eq(paymentAttempts.id, attempt.id))
  await commit(account, [unsettled(account, attempt.id, 'gateway-silent'), known], { location: opened.url }).catch(
    async refusal => {
      // It took so long that the attempt was given up meanwhile: nobody may pay on a page of which nobody knows.
      await pages.shut(opened.id).catch(() => undefined)
      throw refusal
    },
  )
  return new Elsewhere(opened.url)
}

/** Who begins to pay for something has left the page on which something else was to be paid. */
async function leavePages(account: Account, familyId: number): Promise<void> {
  const [rows] = await read(account, [
    attemptQuery(account).where(
      and(
        eq(paymentAttempts.familyId, familyId),
        eq(paymentAttempts.state, 'started'),
        sql`${paymentAttempts.gatewayId} is not null`,
      ),
    ),
  ])
  for (const row of rows) await settle({ ...account, form: undefined }, attemptFrom<Intent>(row), true)
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
  const from = purchases.get(what)?.from?.(at) ?? at.account()
  const state = over[row.state] ?? (await settle(account, attempt, left))
  return { state, onward, from, what }
}

/** Of one that was given up the money may still come. */
const over: Partial<Record<string, Outcome['state']>> = { succeeded: 'succeeded', declined: 'declined' }

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
