import * as z from 'zod'
import { ContinuePage } from '../../views/auth/log-in'
import { CodePage, ForgottenPage } from '../../views/auth/second-step'
import type { Account } from '../accounts/account'
import { type Answer, Refusal } from '../database'
import { type ThresholdContext, thresholdDoor } from '../doors'
import { email, parse, typedIn } from '../forms'
import { agentOf, drawn, leadTo, show } from '../http'
import { t } from '../language'
import { hideCosts } from '../middleware'
import type { Query } from '../paths'
import { because } from '../refusals'
import { keptIn } from './kept'
import { logInByPasskey, readAnswer } from './passkeys'
import { askAgain, giveCode, type Half, halfway } from './second-step'
import type { Door } from './sessions'

interface Entrance {
  door: Door
  /** Where the portal begins and what else leads into it. */
  at(slug: string): {
    home: string
    login(query?: Query): string
    logInCode: string
    forgotten(query?: Query): string
  }
  /** The page somebody was going to, as a form or an address tells it: only inside the portal. */
  inside(slug: string, next: unknown): string | undefined
  /** Where a log-in leads. */
  onward(slug: string, next: unknown): string
  /** Mails a link to a new password to whoever has the address; the answer is the same whosever it is. */
  forget(account: Account, email: string, answer: Answer): Promise<void>
}

type Said = { error?: string; told?: string }

const given = z.object({ challenge: z.string().max(100), response: z.string().max(10_000) })
const forgotten = z.object({ email: email() })

/** The other ways into a portal: the code of the second step, a passkey, a link to a new password (CP2, BY17). */
export function waysIn({ door, at, inside, onward, forget }: Entrance) {
  const routes = thresholdDoor()

  const codePage = drawn((c: ThresholdContext, { asksFor }: Half, more: Said = {}) => {
    const { slug, business } = c.get('account')
    const form = c.get('form')
    const page = {
      business,
      action: at(slug).logInCode,
      formKey: crypto.randomUUID(),
      next: inside(slug, form.next ?? c.req.query('next')),
      kept: keptIn(at(slug).home, form),
      forAddress: asksFor === 'address',
    }
    return show(c, <CodePage {...page} error={more.error} told={more.told && t(more.told)} />, more.error ? 422 : 200)
  })

  routes.get('/login/code', async c => {
    const half = await halfway(c.get('account'), door, c.req.header('Cookie'))
    return half ? codePage(c, half) : leadTo(c, at(c.get('account').slug).login({ next: c.req.query('next') }))
  })

  routes.post('/login/code', async c => {
    const account = c.get('account')
    const { login, home } = at(account.slug)
    const form = c.get('form')
    const half = await halfway(account, door, c.req.header('Cookie'))
    if (!half) return leadTo(c, login())
    // The answer to a code is never kept: it says who was let in.
    const once = { ...account, form: undefined }
    try {
      if (form.again) {
        await askAgain(once, half)
        return codePage(c, half, { told: 'Another code is on its way.' })
      }
      await giveCode(once, half, String(form.code ?? '').replace(/\D/g, ''))
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return codePage(c, half, { error: because(refusal.code) })
    }
    const kept = keptIn(home, form)
    if (kept)
      return show(
        c,
        <ContinuePage business={account.business} path={kept.path} fields={[...new URLSearchParams(kept.body)]} />,
      )
    return leadTo(c, onward(account.slug, form.next))
  })

  routes.post('/login/passkey', async c => {
    const account = c.get('account')
    const { data } = parse(given, c.get('form'))
    const next = c.get('form').next
    const asked = data && { challenge: data.challenge, response: readAnswer(data.response), agent: agentOf(c) }
    const cookie = asked && (await logInByPasskey({ ...account, form: undefined }, door, asked).catch(refused))
    if (!cookie) return leadTo(c, at(account.slug).login({ refused: 'passkey', next: inside(account.slug, next) }))
    c.header('Set-Cookie', cookie, { append: true })
    return leadTo(c, onward(account.slug, next))
  })

  const forgottenPage = (c: ThresholdContext, more: { email?: string; error?: string; sent?: boolean } = {}) => {
    const { slug, business } = c.get('account')
    const page = { business, action: at(slug).forgotten(), formKey: crypto.randomUUID() }
    return show(c, <ForgottenPage {...page} {...more} />, more.error ? 422 : 200)
  }

  routes.get('/forgotten-password', c => forgottenPage(c, { sent: c.req.query('sent') === '1' }))

  routes.post('/forgotten-password', async c => {
    const account = c.get('account')
    const { data, bad } = parse(forgotten, c.get('form'))
    if (bad) return forgottenPage(c, { email: typedIn(c.get('form')).email, error: bad.errors.email })
    const location = at(account.slug).forgotten({ sent: 1 })
    await forget(account, data.email, { location })
    hideCosts(c)
    return leadTo(c, location)
  })

  return routes
}

function refused(refusal: unknown): undefined {
  if (!(refusal instanceof Refusal)) throw refusal
}
