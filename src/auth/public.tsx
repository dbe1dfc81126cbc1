import * as z from 'zod'
import { ContinuePage } from '../../views/auth/log-in'
import { CodePage, ForgottenPage } from '../../views/auth/second-step'
import { Refusal } from '../database'
import { type PublicContext, publicDoor } from '../doors'
import { email, parse, typedIn } from '../forms'
import { mailForgotten } from '../guardians/forgotten'
import { agentOf, drawn, leadTo, show } from '../http'
import { t } from '../language'
import { hideCosts } from '../middleware'
import * as paths from '../paths'
import { because } from '../refusals'
import { keptIn } from './kept'
import { logInByPasskey, readAnswer } from './passkeys'
import { askAgain, giveCode, type Half, halfway } from './second-step'

/** The other ways in: the code of the second step, a passkey, a link to a new password (CP2, BY17). */
export const waysInDoor = publicDoor()

const onward = (c: PublicContext, next: unknown) => {
  const { slug } = c.get('account')
  return paths.portal(slug).nextPolicy({ next: paths.onwardIn(slug, next) })
}

type Said = { error?: string; told?: string }

const codePage = drawn((c: PublicContext, { asksFor }: Half, more: Said = {}) => {
  const { slug, business } = c.get('account')
  const at = paths.portal(slug)
  const form = c.get('form')
  const next = paths.onwardIn(slug, form.next ?? c.req.query('next'))
  const page = {
    business,
    action: at.logInCode,
    formKey: crypto.randomUUID(),
    next,
    kept: keptIn(at.home, form),
    forAddress: asksFor === 'address',
  }
  return show(c, <CodePage {...page} error={more.error} told={more.told && t(more.told)} />, more.error ? 422 : 200)
})

waysInDoor.get('/login/code', async c => {
  const half = await halfway(c.get('account'), c.req.header('Cookie'))
  return half ? codePage(c, half) : leadTo(c, paths.portal(c.get('account').slug).login({ next: c.req.query('next') }))
})

waysInDoor.post('/login/code', async c => {
  const account = c.get('account')
  const at = paths.portal(account.slug)
  const form = c.get('form')
  const half = await halfway(account, c.req.header('Cookie'))
  if (!half) return leadTo(c, at.login())
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
  const kept = keptIn(at.home, form)
  if (kept)
    return show(
      c,
      <ContinuePage business={account.business} path={kept.path} fields={[...new URLSearchParams(kept.body)]} />,
    )
  return leadTo(c, onward(c, form.next))
})

const given = z.object({ challenge: z.string().max(100), response: z.string().max(10_000) })

waysInDoor.post('/login/passkey', async c => {
  const account = c.get('account')
  const { data } = parse(given, c.get('form'))
  const at = paths.portal(account.slug)
  const asked = data && { challenge: data.challenge, response: readAnswer(data.response), agent: agentOf(c) }
  const cookie = asked && (await logInByPasskey({ ...account, form: undefined }, asked).catch(refused))
  if (!cookie)
    return leadTo(c, at.login({ refused: 'passkey', next: paths.onwardIn(account.slug, c.get('form').next) }))
  c.header('Set-Cookie', cookie, { append: true })
  return leadTo(c, onward(c, c.get('form').next))
})

function refused(refusal: unknown): undefined {
  if (!(refusal instanceof Refusal)) throw refusal
}

const forgotten = z.object({ email: email() })

const forgottenPage = (c: PublicContext, more: { email?: string; error?: string; sent?: boolean } = {}) => {
  const { slug, business } = c.get('account')
  const page = { business, action: paths.portal(slug).forgotten(), formKey: crypto.randomUUID() }
  return show(c, <ForgottenPage {...page} {...more} />, more.error ? 422 : 200)
}

waysInDoor.get('/forgotten-password', c => forgottenPage(c, { sent: c.req.query('sent') === '1' }))

waysInDoor.post('/forgotten-password', async c => {
  const account = c.get('account')
  const { data, bad } = parse(forgotten, c.get('form'))
  if (bad) return forgottenPage(c, { email: typedIn(c.get('form')).email, error: bad.errors.email })
  const location = paths.portal(account.slug).forgotten({ sent: 1 })
  await mailForgotten(account, data.email, { location })
  hideCosts(c)
  return leadTo(c, location)
})
