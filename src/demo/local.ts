import { Hono } from 'hono'
import { openAccount } from '../accounts/open'
import type { Env } from '../env'
import { NotFound } from '../http'
import { fill } from './fill'

/** The door that fills an empty account with the demo business: only with the secret of a local start, so never in a deployment. */
export const demoDoor = new Hono<{ Bindings: Env }>()

demoDoor.post('/__demo/:account', async c => {
  const secret = c.env.DEMO_SECRET
  if (!secret || c.req.header('x-demo-secret') !== secret) throw new NotFound()
  const account = await openAccount(c.env, c.req.param('account'), {
    name: 'demo',
    loginId: null,
    madeIn: 'system',
    ip: null,
  })
  if (!account) throw new NotFound()
  return c.json({ left: await fill(account) })
})
