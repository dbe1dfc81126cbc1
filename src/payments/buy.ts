import { and, eq, sql } from 'drizzle-orm'
import { type Account, locationOf } from '../accounts/account'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import * as paths from '../paths'
import { paymentAttempts } from '../schema/payments'
import { attemptFrom, attemptQuery, attemptsOf, isOfForm, underWay, unsettled } from './attempts'
import { finish, lookAfter } from './finish'
import { gatewayOf, type Outcome } from './gateway'
import { type Attempt, Elsewhere, type Intent, type Purchase } from './purchases'
import { looked, settle, settleAs } from './settle'

/**
 * Takes money for something, in three steps that cannot lose any: the attempt is written, with what it holds, before
 * the gateway is asked; a success lands in one commit under the form's answer; whatever is not known stays unsettled
 * and is looked up under the same key, never charged again. One attempt a family at a time, so that two hands do not
 * pay one charge twice. What is entered on the gateway's own page is paid there; what happens then finishes it.
 * @param prepare works out what is bought; not asked when the form was sent before and only its answer is missing.
 *   Its `holds` are guards and rows that keep the goods while the gateway is asked
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
