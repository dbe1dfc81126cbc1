import { Hono } from 'hono'
import { nowOf, openAccount } from '../accounts/open'
import type { Env } from '../env'
import { NotFound } from '../http'
import { takeEvent } from '../messages/events'
import { eventIn, signed } from '../messages/resend-events'
import { settleAttempt } from '../payments/settle'
import { stripeEvent } from '../payments/stripe-gateway'

const mails = { name: 'mail service', loginId: null, madeIn: 'system', ip: null } as const

const bank = { name: 'payment service', loginId: null, madeIn: 'system', ip: null } as const

/**
 * What services tell by themselves. Each proves by its signature who it is; a wrong one is told nothing, and a business
 * that has not set the service up has nothing at this address.
 */
export const hooks = new Hono<{ Bindings: Env }>()

hooks.post('/:account/resend', async c => {
  const secret = c.env.RESEND_WEBHOOK_SECRET
  if (!secret) throw new NotFound()
  const body = await c.req.text()
  if (!(await signed(c.req.raw.headers, body, secret, nowOf(c.env)))) return c.body(null, 401)
  const event = eventIn(c.req.header('svix-id') ?? '', body)
  if (!event) return c.body(null, 204)
  const account = await openAccount(c.env, c.req.param('account'), mails)
  if (!account) throw new NotFound()
  // Not yet: the service sends what was not taken again.
  return c.body(null, (await takeEvent(account, event)) ? 204 : 503)
})

hooks.post('/:account/stripe', async c => {
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret } = c.env
  if (!key || !secret) throw new NotFound()
  const event = await stripeEvent(await c.req.text(), c.req.header('Stripe-Signature') ?? '', { key, secret })
  if (!event) return c.body(null, 401)
  const account = await openAccount(c.env, c.req.param('account'), bank)
  if (!account) throw new NotFound()
  const which = event.page ? { page: event.page } : event.attempt ? { key: event.attempt } : undefined
  // What it says is not believed but looked up, so it may come twice, late or out of order.
  if (which)
    await settleAttempt(account, which).catch(error => {
      // Of a payment that is not ours: the same key may serve other programs.
      if (!(error instanceof NotFound)) throw error
    })
  return c.body(null, 204)
})
