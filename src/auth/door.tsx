import { Hono } from 'hono'
import * as z from 'zod'
import { ContinuePage, LogInPage } from '../../views/auth/log-in'
import { CodePage } from '../../views/auth/second-step'
import type { Account } from '../accounts/account'
import { accountFrom, businessQueries } from '../accounts/open'
import { Refusal, read } from '../database'
import type { Env } from '../env'
import { type BadForm, email, type Form, parse, tick, typedIn } from '../forms'
import { agentOf, leadTo, show } from '../http'
import { hideCosts } from '../middleware'
import { knock, readForm } from '../portals/entry'
import { because } from '../refusals'
import { inside, keptIn } from './kept'
import { logIn } from './log-in'
import { assertion } from './passkeys'
import type { Door } from './sessions'

const credentials = z.object({
  email: email(),
  password: z.string().min(1, 'Password is missing.').max(1000, 'That is too long for a password.'),
  stay: tick,
})

interface Entrance {
  door: Door
  title: string
  /** Where the portal begins, by account. */
  home(slug: string): string
  signUp?(slug: string): string
  forgotten?(slug: string): string
  /** Where a passkey opens. */
  passkey?(slug: string): string
  /** Where a log-in leads, when that is not the page itself: policies may have to be answered first (PO2). */
  onward?(slug: string, next: string | undefined): string
}

/** The log-in page of one portal and what it does, mounted at /login before the portal's guard. */
export function logInDoor({ door, title, home, signUp, onward, forgotten, passkey }: Entrance) {
  const passkeyFor = (slug: string, account: Account) => {
    const action = passkey?.(slug)
    return action ? { action, formKey: crypto.randomUUID(), ...assertion(account) } : undefined
  }
  const routes = new Hono<{ Bindings: Env }>()

  routes.get('/login', async c => {
    const knocked = knock(c)
    const { slug, database } = knocked
    const found = await read(database, businessQueries(database))
    const account = accountFrom(knocked, { name: '', loginId: null, madeIn: 'system', ip: null }, found as never)
    const next = inside(home(slug), c.req.query('next'))
    return show(
      c,
      <LogInPage
        business={account.business}
        title={title}
        action={c.req.path}
        next={next}
        refusal={c.req.query('refused') === 'passkey' ? because('passkey-unknown') : undefined}
        signUpHref={signUp?.(slug)}
        forgottenHref={forgotten?.(slug)}
        passkey={passkeyFor(slug, account)}
      />,
    )
  })

  routes.post('/login', async c => {
    const knocked = knock(c)
    const { slug, database, ip } = knocked
    const form = await readForm(c)
    const found = await read(database, businessQueries(database))
    const madeIn = door === 'staff' ? 'office' : 'customer_portal'
    const account = accountFrom(knocked, { name: 'somebody', loginId: null, madeIn, ip }, found as never)
    const next = inside(home(slug), form.next)
    const kept = keptIn(home(slug), form)
    const again = (status: 401 | 422 | 429, refusal?: string, bad?: BadForm) =>
      show(
        c,
        <LogInPage
          business={account.business}
          title={title}
          action={c.req.path}
          next={next}
          kept={kept}
          email={typedIn(form).email}
          refusal={refusal}
          errors={bad?.errors}
          signUpHref={signUp?.(slug)}
          forgottenHref={forgotten?.(slug)}
          passkey={passkeyFor(slug, account)}
        />,
        status,
      )

    const { data, bad } = parse(credentials, form)
    if (bad) return again(422, undefined, bad)
    try {
      const { cookie, asksFor } = await logIn(account, door, { ...data, agent: agentOf(c) })
      c.header('Set-Cookie', cookie, { append: true })
      if (asksFor) {
        const formKey = crypto.randomUUID()
        const page = {
          business: account.business,
          action: `${c.req.path}/code`,
          formKey,
          next,
          kept,
          forAddress: asksFor === 'address',
        }
        return show(c, <CodePage {...page} />)
      }
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      hideCosts(c)
      return again(refusal.code === 'wait' ? 429 : 401, because(refusal.code))
    }
    if (kept)
      return show(
        c,
        <ContinuePage business={account.business} path={kept.path} fields={[...new URLSearchParams(kept.body)]} />,
      )
    return leadTo(c, onward?.(slug, next) ?? next ?? home(slug))
  })

  return routes
}

/** The log-in page over a form whose session had ended: what was typed waits behind it, but no password. */
export function keepForLogIn(business: string, title: string, action: string, path: string, form: Form) {
  const body = new URLSearchParams(
    Object.entries(form)
      .filter(([name]) => !name.toLowerCase().includes('password'))
      .flatMap(([name, value]) => [value].flat().map(text => [name, text])),
  )
  return <LogInPage business={business} title={title} action={action} kept={{ path, body: String(body) }} />
}
