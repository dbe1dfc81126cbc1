import { Hono } from 'hono'
import { AskUnsubscribe, Subscribed, Unsubscribed } from '../../views/messages/unsubscribe'
import type { Account } from '../accounts/account'
import { accountFrom, businessQueries } from '../accounts/open'
import { read } from '../database'
import type { PublicEnv } from '../doors'
import { show } from '../http'
import { addressOf, consent, masked } from '../messages/consent'
import { knock } from './entry'
import { readersLanguage } from './reader'

/**
 * The way out of Email Blasts, behind a key that only the mail has. Opening it changes nothing, because mail scanners
 * open every link; posting `List-Unsubscribe=One-Click` does, from our own page or from a mail program that asks
 * without a cookie, an origin or a form of ours (RFC 8058). It needs no log-in and stays open when the portal is off.
 * A key that no mail has gets the same pages, so that nobody learns which have.
 */
export const unsubscribeDoor = new Hono<PublicEnv>()

unsubscribeDoor.use('/unsubscribe/*', (c, next) => {
  c.set('language', readersLanguage(c))
  return next()
})

unsubscribeDoor.get('/unsubscribe/:key', async c => {
  const { account, address } = await whose(c)
  return show(
    c,
    <AskUnsubscribe business={account.business} address={address && masked(address)} action={c.req.path} />,
  )
})

unsubscribeDoor.post('/unsubscribe/:key', async c => {
  const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>)
  const { account, address } = await whose(c)
  const shown = address && masked(address)
  const page = { business: account.business, address: shown, action: c.req.path }
  if (form['List-Unsubscribe'] === 'One-Click') {
    if (address) await consent(account, address, 'out')
    return show(c, <Unsubscribed {...page} />)
  }
  if (form.again === '1') {
    if (address) await consent(account, address, 'in')
    return show(c, <Subscribed {...page} />)
  }
  return show(c, <AskUnsubscribe {...page} />, 422)
})

async function whose(c: Parameters<typeof knock>[0]): Promise<{ account: Account; address?: string }> {
  const knocked = knock(c)
  const found = await read(knocked.database, businessQueries(knocked.database))
  const actor = { name: 'somebody', loginId: null, madeIn: 'customer_portal', ip: knocked.ip } as const
  const account = accountFrom(knocked, actor, found as never)
  const address = await addressOf(account, c.req.param('key') ?? '')
  return { account: address ? { ...account, actor: { ...actor, name: address } } : account, address }
}
