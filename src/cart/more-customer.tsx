import * as z from 'zod'
import type { Errors } from '../../views/ui/form'
import { campPage } from '../camps/camp-page'
import { campById } from '../camps/camps'
import { typedWish, wishIn } from '../camps/wish-form'
import { Refusal, read } from '../database'
import { customerDoor, type PublicContext, sentenceOf } from '../doors'
import { id, optional, parse } from '../forms'
import { found, idIn, leadTo } from '../http'
import { passesPage } from '../passes/shelf-page'
import * as paths from '../paths'
import { addCampDays } from './camp-days'
import { addPass } from './passes'

/** What goes into the cart beside classes: days of a camp, punch passes. The cart's own door keeps out who only looks. */
export const moreForCartDoor = customerDoor()

moreForCartDoor.post('/cart/camps/:id', async c => {
  const campId = idIn(c.req.param('id'))
  const form = c.get('form')
  const account = c.get('account')
  const guardian = c.get('guardian')
  const [rows] = await read(account, [campById(account, campId)])
  const { data, bad } = wishIn(found(rows), guardian.students, form)
  const again = (errors: Errors, status: 409 | 422) =>
    campPage(c as unknown as PublicContext, campId, { ...typedWish(form), errors, status })
  if (bad) return again(bad.errors, 422)
  const location = paths.portal(account.slug).cart
  try {
    await addCampDays(account, guardian, data, { location })
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'nothing-chosen')
      return again({ day: 'Choose days of this camp.' }, 422)
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

const passForm = z.object({ student: optional(id('a student')) })

moreForCartDoor.post('/cart/passes/:id', async c => {
  const productId = idIn(c.req.param('id'))
  const { data, bad } = parse(passForm, c.get('form'))
  const again = (error: string, status: 409 | 422) =>
    passesPage(c as unknown as PublicContext, { productId, error, status })
  if (bad) return again(bad.errors.student ?? 'Choose a student.', 422)
  const location = paths.portal(c.get('account').slug).cart
  try {
    await addPass(c.get('account'), c.get('guardian'), { productId, studentId: data.student }, { location })
  } catch (refusal) {
    return again(sentenceOf(refusal), refusal instanceof Refusal && refusal.code === 'pass-for-whom' ? 422 : 409)
  }
  return leadTo(c, location)
})
