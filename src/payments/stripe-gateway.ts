import type Stripe from 'stripe'
import type { Gateway, Instrument, Kept, Order, Outcome, PageOrder } from './gateway'

/**
 * Stripe through its official library: Checkout pages for whoever is there, off-session charges of what is on file. The
 * library is large, but kept by those whose service it is. Every request carries a key, so asking again never pays twice.
 */

/** Before so long a charge may be there and not be found yet: the search lags behind. */
const findable = 5 * 60_000

/** Read only where somebody pays with it: most of the Worker's weight would else be read at every start. */
const library = async () => (await import('stripe')).default

const clientFor = async (key: string) => {
  const Stripe = await library()
  return new Stripe(key, {
    httpClient: Stripe.createFetchHttpClient((...asked: Parameters<typeof fetch>) => fetch(...asked)),
    maxNetworkRetries: 1,
    timeout: 20_000,
    telemetry: false,
  })
}

/** A stored token is the customer and the method, because one is of no use without the other. */
const tokenOf = (customer: string, method: string) => `${customer} ${method}`

export function stripeGateway(key: string): Gateway {
  return {
    name: 'stripe',
    charge: async order => charged(await clientFor(key), order),
    look: async order => found(await clientFor(key), order),
    async check() {
      await (await clientFor(key)).balance.retrieve()
    },
    pages: {
      open: async order => opened(await clientFor(key), order),
      look: async id => standing(await session(await clientFor(key), id)),
      async shut(id) {
        const stripe = await clientFor(key)
        const before = await session(stripe, id)
        if (before.status !== 'open') return standing(before)
        // Paid in this very moment, it cannot be shut any more; then it is looked at once more.
        await stripe.checkout.sessions.expire(id).catch(() => undefined)
        return standing(await session(stripe, id))
      },
    },
  }
}

async function charged(stripe: Stripe, { key, cents, currency, token, kind }: Order): Promise<Outcome> {
  const { errors } = await library()
  const [customer = '', method = ''] = token.split(' ')
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: cents,
        currency: currency.toLowerCase(),
        customer,
        payment_method: method,
        allowed_payment_method_types: [kind === 'card' ? 'card' : 'us_bank_account'],
        off_session: true,
        confirm: true,
        metadata: { key },
      },
      { idempotencyKey: key },
    )
    return outcomeOf(intent)
  } catch (error) {
    if (error instanceof errors.StripeCardError)
      return {
        state: 'declined',
        reason:
          error.code === 'authentication_required'
            ? 'The bank wants this confirmed. Pay with it as a new card once.'
            : error.message,
      }
    // What was asked wrongly moved no money; whatever else went wrong may have.
    if (error instanceof errors.StripeInvalidRequestError) return { state: 'declined', reason: error.message }
    return { state: 'uncertain' }
  }
}

async function found(stripe: Stripe, { key, age }: Order): Promise<Outcome> {
  const query = `metadata['key']:'${key.replaceAll("'", '')}'`
  const { data } = await stripe.paymentIntents.search({ query, limit: 1 })
  const [intent] = data
  if (intent) return outcomeOf(intent)
  if (age < findable) return { state: 'uncertain' }
  return { state: 'declined', reason: 'The charge never arrived.' }
}

function outcomeOf(intent: Stripe.PaymentIntent): Outcome {
  if (intent.status === 'succeeded') return { state: 'succeeded', gatewayId: intent.id }
  if (intent.status === 'processing') return { state: 'uncertain' }
  return { state: 'declined', reason: intent.last_payment_error?.message ?? 'The payment was not completed.' }
}

async function opened(stripe: Stripe, order: PageOrder): Promise<{ id: string; url: string }> {
  const { key, cents, currency, title, email, keep, bankAccounts, done, left } = order
  const shared = {
    customer_email: email,
    customer_creation: 'always',
    allowed_payment_method_types: bankAccounts ? ['card', 'us_bank_account'] : ['card'],
    success_url: done,
    cancel_url: left,
    metadata: { key },
  } satisfies Stripe.Checkout.SessionCreateParams
  const made = await stripe.checkout.sessions.create(
    cents > 0
      ? {
          ...shared,
          mode: 'payment',
          line_items: [
            {
              quantity: 1,
              price_data: { currency: currency.toLowerCase(), unit_amount: cents, product_data: { name: title } },
            },
          ],
          payment_intent_data: { metadata: { key }, ...(keep ? { setup_future_usage: 'off_session' as const } : {}) },
        }
      : {
          ...shared,
          mode: 'setup',
          currency: currency.toLowerCase(),
        },
    { idempotencyKey: `page ${key}` },
  )
  if (!made.url) throw new Error('Stripe opened no page.')
  return { id: made.id, url: made.url }
}

const session = (stripe: Stripe, id: string) =>
  stripe.checkout.sessions.retrieve(id, {
    expand: ['payment_intent.payment_method', 'setup_intent.payment_method'],
  })

function standing(page: Stripe.Checkout.Session): Outcome | undefined {
  if (page.status === 'open') return
  if (page.status === 'expired') return { state: 'declined', reason: 'The payment page was left.' }
  const intent = page.payment_intent ?? page.setup_intent
  if (!intent || typeof intent === 'string') return { state: 'uncertain' }
  if (intent.status === 'processing') return { state: 'uncertain' }
  if (intent.status !== 'succeeded') return { state: 'declined', reason: 'The payment was not completed.' }
  const method = intent.payment_method
  if (!method || typeof method === 'string') return { state: 'succeeded', gatewayId: intent.id }
  const instrument = instrumentOf(method)
  const customer = typeof page.customer === 'string' ? page.customer : page.customer?.id
  const lasting = page.mode === 'setup' || ('setup_future_usage' in intent && intent.setup_future_usage)
  const kept: Kept | undefined = lasting && customer ? { token: tokenOf(customer, method.id), instrument } : undefined
  return { state: 'succeeded', gatewayId: intent.id, instrument, kept }
}

function instrumentOf({ card, us_bank_account: bank }: Stripe.PaymentMethod): Instrument {
  if (bank)
    return {
      kind: 'bank_account',
      brand: bank.bank_name ?? 'Bank account',
      lastFour: bank.last4 ?? '0000',
      expires: null,
    }
  const brand = card?.brand ?? 'card'
  return {
    kind: 'card',
    brand: brand.charAt(0).toUpperCase() + brand.slice(1),
    lastFour: card?.last4 ?? '0000',
    expires: card ? `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}` : null,
  }
}

/**
 * What a webhook is about: the key of an attempt. Nothing more is believed of it: what it tells is looked up, so that
 * one that comes late, twice or out of order does no harm.
 * @returns nothing when the signature is not Stripe's
 */
export async function stripeEvent(
  body: string,
  signature: string,
  { secret, key }: { secret: string; key: string },
): Promise<{ id: string; page?: string; attempt?: string } | undefined> {
  try {
    const Stripe = await library()
    const stripe = await clientFor(key)
    const event = await stripe.webhooks.constructEventAsync(
      body,
      signature,
      secret,
      undefined,
      Stripe.createSubtleCryptoProvider(),
    )
    const about = event.data.object as { object?: string; id?: string; metadata?: Record<string, string> | null }
    return {
      id: event.id,
      page: about.object === 'checkout.session' ? about.id : undefined,
      attempt: about.metadata?.key,
    }
  } catch {
    return
  }
}
