import * as z from 'zod'
import { Done, InvitationPage, LinkOver, NewPasswordPage } from '../../views/guardians/links'
import { newPassword } from '../auth/password-rules'
import { hashPassword } from '../auth/passwords'
import { type PublicContext, publicDoor, sentenceOf } from '../doors'
import { parse } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { acceptAsKnown, acceptAsNew, setPassword } from './accept'
import { type Link, liveLink } from './links'

/** What a mailed link opens: it needs no log-in, because the mail is the proof. */
export const linksDoor = publicDoor()

const ticked = (message: string) => z.string(message).min(1, message)
const consent = z.object({
  adult: ticked('Only who is 18 or older can have a log-in.'),
  terms: ticked('The terms have to be accepted.'),
})

linksDoor.get('/invitations/:token', async c => {
  if (c.req.query('done')) return show(c, <Done business={c.get('account').business} logInHref={logIn(c)} joined />)
  const link = await linkIn(c, 'invitation')
  return link ? invitation(c, link) : over(c)
})

linksDoor.post('/invitations/:token', async c => {
  const account = c.get('account')
  const link = await linkIn(c, 'invitation')
  if (!link) return over(c, 409)
  const form = c.get('form')
  const asked = parse(link.opens ? consent : consent.extend({ password: newPassword }), form)
  if (asked.bad) return invitation(c, link, asked.bad.errors, 422)
  const guardian = c.get('guardian')
  if (link.opens && guardian?.loginId !== link.loginId) return invitation(c, link, {}, 422)
  const location = paths.portal(account.slug).invitation(c.req.param('token'), { done: 1 })
  try {
    if (guardian && link.opens) await acceptAsKnown(account, guardian, link, { location })
    else {
      const passwordHash = await hashPassword(String(form.password))
      await acceptAsNew(account, link, { passwordHash, language: c.get('language') ?? 'en' }, { location })
    }
  } catch (refusal) {
    return invitation(c, link, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

linksDoor.get('/new-password/:token', async c => {
  if (c.req.query('done')) return show(c, <Done business={c.get('account').business} logInHref={logIn(c)} />)
  const link = await linkIn(c, 'password')
  return link ? password(c, link) : over(c)
})

linksDoor.post('/new-password/:token', async c => {
  const account = c.get('account')
  const link = await linkIn(c, 'password')
  if (!link) return over(c, 409)
  const { data, bad } = parse(z.object({ password: newPassword }), c.get('form'))
  if (bad) return password(c, link, bad.errors, 422)
  const location = paths.portal(account.slug).newPassword(c.req.param('token'), { done: 1 })
  try {
    await setPassword(account, link, await hashPassword(data.password), { location })
  } catch (refusal) {
    return password(c, link, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

const logIn = (c: PublicContext) => {
  const at = paths.portal(c.get('account').slug)
  return at.login({ next: at.account() })
}

const linkIn = (c: PublicContext, purpose: 'invitation' | 'password') =>
  liveLink(c.get('account'), purpose, c.req.param('token') ?? '')

const over = (c: PublicContext, status: 200 | 409 = 200) =>
  show(c, <LinkOver business={c.get('account').business} />, status)

function invitation(c: PublicContext, link: Link, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) {
  const { slug, business } = c.get('account')
  const mine = c.get('guardian')?.loginId === link.loginId
  const here = paths.portal(slug).invitation(c.req.param('token') ?? '')
  return show(
    c,
    <InvitationPage
      business={business}
      action={here}
      formKey={crypto.randomUUID()}
      link={link}
      way={!link.opens ? 'new' : mine ? 'join' : 'log-in'}
      logInHref={paths.portal(slug).login({ next: here })}
      typed={{ adult: c.get('form').adult !== undefined, terms: c.get('form').terms !== undefined }}
      errors={errors}
    />,
    status,
  )
}

function password(c: PublicContext, link: Link, errors?: Record<string, string>, status: 200 | 409 | 422 = 200) {
  const { slug, business } = c.get('account')
  const action = paths.portal(slug).newPassword(c.req.param('token') ?? '')
  const formKey = crypto.randomUUID()
  return show(
    c,
    <NewPasswordPage business={business} action={action} formKey={formKey} address={link.address} errors={errors} />,
    status,
  )
}
