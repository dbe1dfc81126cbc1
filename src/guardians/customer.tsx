import * as z from 'zod'
import { AddGuardian } from '../../views/guardians/add'
import { mustBePrimary } from '../auth/guardian'
import { phone } from '../contacts/forms'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { email, line, optional, optionalLine, parse, tick } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { grant, invite, mailPasswordLink, revoke } from './access'
import { addGuardian } from './add'

/** Add Guardian, and what the primary does about a secondary's access (MA13, MA14). */
export const guardiansDoor = customerDoor()

const guardianForm = z.object({
  first: line('First name', 60),
  last: line('Last name', 60),
  relationship: optionalLine('Relationship', 60),
  email: optional(email('Email')),
  phone: optional(phone),
})

const done = (c: CustomerContext, what: string) => paths.portal(c.get('account').slug).account({ done: what })

guardiansDoor.get('/account/guardians/new', c => {
  mustBePrimary(c.get('guardian'))
  return page(c, { last: c.get('guardian').students[0]?.lastName })
})

guardiansDoor.post('/account/guardians', async c => {
  const { data, bad } = parse(guardianForm, c.get('form'))
  if (bad) return page(c, bad.typed, bad.errors, 422)
  const { first, last, ...rest } = data
  const location = done(c, 'guardian-added')
  try {
    const who = { firstName: first, lastName: last, ...rest }
    await addGuardian(c.get('account'), c.get('guardian'), who, { location })
  } catch (refusal) {
    return page(c, { ...data } as Record<string, string>, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

function page(
  c: CustomerContext,
  values: Partial<Record<string, string>>,
  errors?: Record<string, string>,
  status: 200 | 409 | 422 = 200,
) {
  const formKey = crypto.randomUUID()
  return show(c, <AddGuardian shell={c.get('shell')} formKey={formKey} values={values} errors={errors} />, status)
}

guardiansDoor.post('/account/guardians/:id/invitation', async c => {
  const location = done(c, 'invited')
  await invite(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

guardiansDoor.post('/account/guardians/:id/revocation', async c => {
  const location = done(c, 'revoked')
  await revoke(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

guardiansDoor.post('/account/guardians/:id/password-reset', async c => {
  const location = done(c, 'password-link')
  await mailPasswordLink(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

guardiansDoor.post('/account/guardians/:id/access', async c => {
  const location = done(c, 'access-changed')
  const { data } = parse(z.object({ pay: tick, full: tick }), c.get('form'))
  const grants = { pay: data?.pay ?? false, full: data?.full ?? false }
  await grant(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), grants, { location })
  return leadTo(c, location)
})
