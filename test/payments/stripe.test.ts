import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Account } from '../../src/accounts/account'
import { app } from '../../src/app'
import { commit, newest } from '../../src/database'
import { postCharge } from '../../src/ledger/charges'
import { gatewayOf } from '../../src/payments/gateway'
import { storing } from '../../src/payments/methods'
import { payCharges } from '../../src/payments/pay'
import { Elsewhere } from '../../src/payments/purchases'
import { settleAttempt, settleAttempts } from '../../src/payments/settle'
import { charges } from '../../src/schema/charges'
import { answer, type Cast, cast, later, pick, todayThere } from '../cast'
import { clockAt } from '../knock'

const secret = 'whsec_test'
let c: Cast
let account: Account
/** What the service was asked, and what it answers by the path's beginning. */
let asked: { method: string; path: string; body: URLSearchParams; key: string | null }[]
let answers: Record<string, () => unknown>
/** What the service calls this test's page. */
let page: string

beforeEach(async () => {
  c = await cast({ settings: { 'payments.gateway': 'stripe' } as never })
  account = { ...c.account, services: { testGateway: false, stripeKey: 'sk_test_123' } }
  asked = []
  page = `cs_${crypto.randomUUID()}`
  answers = {}
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { pathname, search } = new URL(String(url))
    const headers = new Headers(init.headers)
    const path = pathname + search
    asked.push({
      method: init.method ?? 'GET',
      path,
      body: new URLSearchParams(String(init.body ?? '')),
      key: headers.get('Idempotency-Key'),
    })
    const [, reply] = Object.entries(answers).find(([begin]) => `${init.method} ${path}`.startsWith(begin)) ?? []
    const made = (await reply?.()) ?? { error: { type: 'invalid_request_error', message: `no answer for ${path}` } }
    const failed = made as { error?: unknown; status?: number }
    return Response.json(made, { status: failed.error ? (failed.status ?? 400) : 200 })
  })
})
afterEach(() => vi.unstubAllGlobals())

const visa = { id: 'pm_1', type: 'card', card: { brand: 'visa', last4: '4242', exp_month: 3, exp_year: 2030 } }
const session = (more: Record<string, unknown> = {}) => ({
  id: page,
  object: 'checkout.session',
  mode: 'payment',
  status: 'open',
  url: `https://checkout.stripe.com/c/${page}`,
  customer: 'cus_1',
  ...more,
})
const paid = () =>
  session({
    status: 'complete',
    payment_intent: { id: `pi_${page}`, status: 'succeeded', setup_future_usage: 'off_session', payment_method: visa },
  })

async function owing(cents = 5000) {
  const line = { kind: 'other' as const, cents, categoryId: 6, programId: c.programId }
  const about = { kind: 'other' as const, title: 'Leotard', on: todayThere, due: todayThere }
  await commit(
    account,
    postCharge(account, { familyId: c.family.id, locationId: c.locationId, ...about, lines: [line] }),
  )
  return (await pick<{ id: number }>(sql`select ${newest(charges)} as id`))[0]?.id ?? 0
}
const open = async (id: number) =>
  (await pick<{ left: number }>(sql`select open_cents as left from charges where id = ${id}`))[0]?.left
const attemptId = async () =>
  (await pick<{ id: number }>(sql`select max(id) as id from payment_attempts where family_id = ${c.family.id}`))[0]
    ?.id ?? 0

async function toThePage(keep = false) {
  answers['POST /v1/checkout/sessions'] = () => session()
  const charge = await owing()
  const going = payCharges(account, c.guardian, { amount: 'all', page: { keep } }, answer)
  await expect(going).rejects.toThrow(Elsewhere)
  return charge
}

describe('Checkout', () => {
  test('opens a page for the amount, under the attempt’s key, and keeps no number', async () => {
    await toThePage(true)
    const [order] = asked
    expect(order?.key).toMatch(/^page /)
    const field = (name: string) => order?.body.get(name)
    expect(field('mode')).toBe('payment')
    expect(field('line_items[0][price_data][unit_amount]')).toBe('5000')
    expect(field('line_items[0][price_data][currency]')).toBe('usd')
    expect(field('allowed_payment_method_types[0]')).toBe('card')
    expect(field('payment_intent_data[setup_future_usage]')).toBe('off_session')
    expect(field('success_url')).toContain(`/p/demo/account/payments/returns/${await attemptId()}`)
  })

  test('a paid page settles the charge and keeps the card; looked at again, nothing more happens', async () => {
    const charge = await toThePage(true)
    answers[`GET /v1/checkout/sessions/${page}`] = paid
    const which = { familyId: c.family.id, id: await attemptId() }
    expect(await settleAttempt(account, which)).toMatchObject({ state: 'succeeded', onward: '/done' })
    expect(await settleAttempt(account, which)).toMatchObject({ state: 'succeeded' })
    expect(await open(charge)).toBe(0)
    expect(
      await pick(sql`select token, brand, last_four, expires from payment_methods where family_id = ${c.family.id}`),
    ).toEqual([{ token: 'cus_1 pm_1', brand: 'Visa', last_four: '4242', expires: '2030-03' }])
  })

  test('a page that stays open is shut after half an hour by the clock', async () => {
    const charge = await toThePage()
    answers[`GET /v1/checkout/sessions/${page}`] = () => session()
    const which = { familyId: c.family.id, id: await attemptId() }
    expect(await settleAttempt(account, which)).toMatchObject({ state: 'open' })
    let expired = false
    delete answers['POST /v1/checkout/sessions']
    answers[`POST /v1/checkout/sessions/${page}/expire`] = () => {
      expired = true
      return session({ status: 'expired' })
    }
    answers[`GET /v1/checkout/sessions/${page}`] = () => session({ status: expired ? 'expired' : 'open' })
    await settleAttempts({ ...later(account, 31 * 60_000), services: account.services })
    expect(expired).toBe(true)
    expect(await open(charge)).toBe(5000)
    expect(await pick(sql`select state from payment_attempts where id = ${which.id}`)).toEqual([{ state: 'declined' }])
  })

  test('a service that does not answer opens no page and charges nothing', async () => {
    answers['POST /v1/checkout/sessions'] = () => ({ error: { type: 'api_error', message: 'down' }, status: 500 })
    await owing()
    const going = payCharges(account, c.guardian, { amount: 'all', page: { keep: false } }, answer)
    await expect(going).rejects.toThrow('gateway-silent')
    expect(await pick(sql`select state from payment_attempts where family_id = ${c.family.id}`)).toEqual([
      { state: 'declined' },
    ])
  })

  test('a page that opens after its attempt was settled is shut, and what was settled stays', async () => {
    const late = async (reply: () => unknown) => {
      await pick(
        sql`update payment_attempts set state = 'declined', reason = 'late', next_look_at = null where id = ${await attemptId()}`,
      )
      return reply()
    }
    const shut = vi.fn(() => session({ status: 'expired' }))
    answers[`POST /v1/checkout/sessions/${page}/expire`] = shut
    answers[`GET /v1/checkout/sessions/${page}`] = () => session()
    await owing()
    for (const reply of [() => session(), () => ({ error: { type: 'api_error', message: 'down' }, status: 500 })]) {
      answers['POST /v1/checkout/sessions'] = () => late(reply)
      const again = { ...later(account, 0), services: account.services }
      const going = payCharges(again, c.guardian, { amount: 'all', page: { keep: false } }, answer)
      await expect(going).rejects.toThrow('gateway-silent')
    }
    expect(shut).toHaveBeenCalledOnce()
    const settled = { state: 'declined', reason: 'late', gateway_id: null }
    expect(
      await pick(sql`select state, reason, gateway_id from payment_attempts where family_id = ${c.family.id}`),
    ).toEqual([settled, settled])
  })
})

describe('a method on file', () => {
  const stored = async () => {
    const instrument = { kind: 'card', brand: 'Visa', lastFour: '4242', expires: '2030-03' } as const
    const method = {
      familyId: c.family.id,
      guardianId: c.guardian.id,
      gateway: 'stripe',
      token: `cus_1 pm_${c.family.id}`,
    }
    await commit(account, storing(account, { ...method, instrument, makeDefault: true, recurring: true }))
    return (await pick<{ id: number }>(sql`select max(id) as id from payment_methods`))[0]?.id ?? 0
  }

  test('is charged off-session under the attempt’s key', async () => {
    answers['POST /v1/payment_intents'] = () => ({ id: `pi_${page}`, object: 'payment_intent', status: 'succeeded' })
    const charge = await owing()
    await payCharges(account, c.guardian, { amount: 'all', methodId: await stored() }, answer)
    expect(await open(charge)).toBe(0)
    const order = asked.find(({ path }) => path === '/v1/payment_intents')
    expect(order?.body.get('off_session')).toBe('true')
    expect(order?.body.get('customer')).toBe('cus_1')
    expect(order?.key).toBe(order?.body.get('metadata[key]'))
  })

  test('that is declined leaves the charge, with the bank’s reason', async () => {
    answers['POST /v1/payment_intents'] = () => ({
      error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' },
      status: 402,
    })
    const charge = await owing()
    const paying = payCharges(account, c.guardian, { amount: 'all', methodId: await stored() }, answer)
    await expect(paying).rejects.toMatchObject({ code: 'payment-declined' })
    expect(await open(charge)).toBe(5000)
  })

  test('whose answer never came is searched for, and never charged again', async () => {
    answers['POST /v1/payment_intents'] = () => ({ error: { type: 'api_error', message: 'down' }, status: 500 })
    const charge = await owing()
    const paying = payCharges(account, c.guardian, { amount: 'all', methodId: await stored() }, answer)
    await expect(paying).rejects.toMatchObject({ code: 'payment-uncertain' })
    answers['GET /v1/payment_intents/search'] = () => ({
      object: 'search_result',
      data: [{ id: `pi_${page}`, object: 'payment_intent', status: 'succeeded' }],
    })
    const posts = asked.filter(({ method }) => method === 'POST').length
    await settleAttempts({ ...later(account, 120_000), services: account.services })
    expect(await open(charge)).toBe(0)
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(posts)
  })
})

describe('a webhook', () => {
  const hook = async (event: unknown, signature?: string) => {
    const body = JSON.stringify(event)
    const stripe = new Stripe('sk_test_123')
    const header =
      signature ??
      (await stripe.webhooks.generateTestHeaderStringAsync({
        payload: body,
        secret,
        cryptoProvider: Stripe.createSubtleCryptoProvider(),
      }))
    const bindings = {
      ...(env as object),
      ...clockAt(account.now),
      STRIPE_SECRET_KEY: 'sk_test_123',
      STRIPE_WEBHOOK_SECRET: secret,
    }
    const context = createExecutionContext()
    const init = { method: 'POST', body, headers: { 'Stripe-Signature': header } }
    const sent = await app.request('https://gym.test/hooks/demo/stripe', init, bindings, context)
    await waitOnExecutionContext(context)
    return sent.status
  }
  const event = () => ({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: session() },
  })

  beforeEach(() =>
    pick(
      sql`insert into settings (name, value, updated_at, who) values ('payments.gateway', '"stripe"', 0, 'test') on conflict do update set value = '"stripe"'`,
    ),
  )
  afterEach(() => pick(sql`delete from settings where name = 'payments.gateway'`))

  test('is only a knock: what it says is looked up, and it may come twice, early or for nobody', async () => {
    const charge = await toThePage()
    // Early: the page is still open.
    answers[`GET /v1/checkout/sessions/${page}`] = () => session()
    expect(await hook(event())).toBe(204)
    expect(await open(charge)).toBe(5000)
    answers[`GET /v1/checkout/sessions/${page}`] = paid
    expect([await hook(event()), await hook(event())]).toEqual([204, 204])
    expect(await open(charge)).toBe(0)
    expect(await pick(sql`select cents from payments where family_id = ${c.family.id}`)).toEqual([{ cents: 5000 }])
    const strange = { ...event(), data: { object: session({ id: 'cs_other' }) } }
    expect(await hook(strange)).toBe(204)
  })

  test('without Stripe’s signature is told nothing and does nothing', async () => {
    const charge = await toThePage()
    answers[`GET /v1/checkout/sessions/${page}`] = paid
    expect(await hook(event(), 't=1,v1=00')).toBe(401)
    expect(await hook(event(), '')).toBe(401)
    expect(await open(charge)).toBe(5000)
  })
})

test('without its secret, and away from a laptop, no gateway is there', () => {
  const bare = { ...account, services: { testGateway: false } }
  expect(() => gatewayOf(bare)).toThrow('no-gateway')
  expect(() => gatewayOf({ ...bare, settings: { ...bare.settings, 'payments.gateway': 'test' } })).toThrow('no-gateway')
})
