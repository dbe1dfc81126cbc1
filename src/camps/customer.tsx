import type { Errors } from '../../views/ui/form'
import { Refusal, read } from '../database'
import { customerDoor, type PublicContext, sentenceOf } from '../doors'
import { found, idIn, leadTo } from '../http'
import * as paths from '../paths'
import { campPage } from './camp-page'
import { campById } from './camps'
import { joinCampWaitlist } from './waitlist'
import { typedWish, wishIn } from './wish-form'

/** A family's days of camps beside the cart: waiting for those that are full (CP3). */
export const campsOfFamilyDoor = customerDoor()

campsOfFamilyDoor.post('/camps/:id/waitlist', async c => {
  const campId = idIn(c.req.param('id'))
  const form = c.get('form')
  const account = c.get('account')
  const guardian = c.get('guardian')
  const [rows] = await read(account, [campById(account, campId)])
  const { data, bad } = wishIn(found(rows), guardian.students, form)
  const again = (errors: Errors, status: 409 | 422) =>
    campPage(c as unknown as PublicContext, campId, { ...typedWish(form), waits: true, errors, status })
  if (bad) return again(bad.errors, 422)
  const location = paths.portal(account.slug).account({ done: 'enrolled' })
  try {
    await joinCampWaitlist(account, guardian, data, { location })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'nothing-chosen')
      return again({ day: 'Choose days of this camp.' }, 422)
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})
