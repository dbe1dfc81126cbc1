import * as z from 'zod'
import { demand } from '../auth/permissions'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { email, parse, typedIn } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { endOf, ends, invite, revokeLink } from './invite'
import { personOf } from './people'
import { personPage } from './record-page'

/** How somebody on the staff comes in: mailed links, and what others may end for whoever lost a device (BY17). */
export const staffLogInOffice = officeDoor()

const asked = z.object({ address: email() })

const reachedBy = async (c: OfficeContext) => {
  demand(c.get('person'), 'Staff', 2)
  return personOf(c.get('account'), c.get('person'), idIn(c.req.param('id')))
}

staffLogInOffice.post('/staff/:id/invitation', async c => {
  const person = await reachedBy(c)
  const account = c.get('account')
  const { data, bad } = parse(asked, c.get('form'))
  const { address = '' } = typedIn(c.get('form'))
  if (bad) return personPage(c, { address, error: bad.errors.address }, 422)
  const location = paths.office(account.slug).person(person.id, { done: 'invitation' })
  try {
    await invite(account, c.get('person'), person, data.address, { location })
  } catch (refusal) {
    return personPage(c, { address, error: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

staffLogInOffice.post('/staff/:id/revocation', async c => {
  const person = await reachedBy(c)
  const account = c.get('account')
  const location = paths.office(account.slug).person(person.id, { done: 'revocation' })
  await revokeLink(account, c.get('person'), person, { location })
  return leadTo(c, location)
})

for (const which of Object.keys(ends) as (keyof typeof ends)[])
  staffLogInOffice.post(`/staff/:id/${which}`, async c => {
    const person = await reachedBy(c)
    const account = c.get('account')
    const location = paths.office(account.slug).person(person.id, { done: which })
    await endOf(account, c.get('person'), person, which, { location })
    return leadTo(c, location)
  })
