import * as z from 'zod'
import { FirstOwnerPage } from '../../views/opening/first-owner'
import { StaffLinkOver } from '../../views/staff/links'
import { newPassword } from '../auth/password-rules'
import { hashPassword } from '../auth/passwords'
import { Refusal } from '../database'
import { type ThresholdContext, thresholdDoor } from '../doors'
import { email, line, parse } from '../forms'
import { leadTo, show } from '../http'
import * as paths from '../paths'
import { becomeOwner, opensBusiness } from './first-owner'

/** What the link opens that a deployment prints: there is nobody yet who could log in. */
export const firstOwnerDoor = thresholdDoor()

const form = z.object({
  first: line('First name', 60),
  last: line('Last name', 60),
  email: email(),
  password: newPassword,
})

firstOwnerDoor.get('/first-owner/:token', async c =>
  (await opensBusiness(c.get('account'), tokenOf(c))) ? page(c) : over(c),
)

firstOwnerDoor.post('/first-owner/:token', async c => {
  const account = c.get('account')
  const token = tokenOf(c)
  if (!(await opensBusiness(account, token))) return over(c, 409)
  const { data, bad } = parse(form, c.get('form'))
  if (bad) return page(c, bad)
  const location = paths.office(account.slug).firstSteps()
  const person = {
    firstName: data.first,
    lastName: data.last,
    email: data.email,
    passwordHash: await hashPassword(data.password),
    agent: c.req.header('user-agent') ?? null,
  }
  try {
    c.header('Set-Cookie', await becomeOwner(account, token, person, { location }), { append: true })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'link-over') return over(c, 409)
    throw refusal
  }
  return leadTo(c, location)
})

const tokenOf = (c: ThresholdContext) => c.req.param('token') ?? ''

const over = (c: ThresholdContext, status: 200 | 409 = 200) =>
  show(c, <StaffLinkOver business={c.get('account').business} />, status)

function page(c: ThresholdContext, bad?: { typed: Record<string, string>; errors: Record<string, string> }) {
  const { slug, business } = c.get('account')
  return show(
    c,
    <FirstOwnerPage
      business={business}
      action={paths.office(slug).firstOwner(tokenOf(c))}
      formKey={crypto.randomUUID()}
      typed={bad?.typed ?? {}}
      errors={bad?.errors}
    />,
    bad ? 422 : 200,
  )
}
