import * as z from 'zod'
import { NewPasswordPage } from '../../views/guardians/links'
import { StaffLinkDone, StaffLinkOver } from '../../views/staff/links'
import { newPassword } from '../auth/password-rules'
import { hashPassword } from '../auth/passwords'
import { sentenceOf, type ThresholdContext, thresholdDoor } from '../doors'
import { parse } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { acceptInvitation, setStaffPassword } from './accept'
import { type Link, liveLink, type Purpose } from './links'

/** What a link opens that was mailed to somebody on the staff: it needs no log-in, because the mail is the proof. */
export const staffLinksDoor = thresholdDoor()

const acts = {
  invitation: { path: '/invitations/:token', act: acceptInvitation },
  password: { path: '/new-password/:token', act: setStaffPassword },
} as const

const asked = z.object({ password: newPassword })

for (const purpose of Object.keys(acts) as Purpose[]) {
  const { path, act } = acts[purpose]

  staffLinksDoor.get(path, async c => {
    const { slug, business } = c.get('account')
    const done = c.req.query('done')
    if (done) {
      const at = done === 'staff' ? paths.staff(slug) : paths.office(slug)
      return show(c, <StaffLinkDone business={business} logInHref={at.login()} />)
    }
    const link = await liveLink(c.get('account'), purpose, c.req.param('token') ?? '')
    return link ? page(c, purpose, link) : over(c)
  })

  staffLinksDoor.post(path, async c => {
    const account = c.get('account')
    const token = c.req.param('token') ?? ''
    const link = await liveLink(account, purpose, token)
    if (!link) return over(c, 409)
    const { data, bad } = parse(asked, c.get('form'))
    if (bad) return page(c, purpose, link, bad.errors, 422)
    const location = addressOf(account.slug, purpose, token, link.portal)
    try {
      await act(account, link, await hashPassword(data.password), { location })
    } catch (refusal) {
      return page(c, purpose, link, { form: sentenceOf(refusal) }, 409)
    }
    return leadTo(c, location)
  })
}

function addressOf(slug: string, purpose: Purpose, token: string, done?: Link['portal']) {
  const at = paths.office(slug)
  return purpose === 'invitation' ? at.invitation(token, { done }) : at.newPassword(token, { done })
}

const over = (c: ThresholdContext, status: 200 | 409 = 200) =>
  show(c, <StaffLinkOver business={c.get('account').business} />, status)

function page(
  c: ThresholdContext,
  purpose: Purpose,
  link: Link,
  errors?: Record<string, string>,
  status: 200 | 409 | 422 = 200,
) {
  const { slug, business } = c.get('account')
  return show(
    c,
    <NewPasswordPage
      business={business}
      action={addressOf(slug, purpose, c.req.param('token') ?? '')}
      formKey={crypto.randomUUID()}
      address={link.address}
      name={link.name}
      first={link.loginId === null}
      errors={errors}
    />,
    status,
  )
}
