import * as z from 'zod'
import type { Errors } from '../../views/ui/form'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, type PublicContext, sentenceOf } from '../doors'
import { id, note, optional, parse, typedIn } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { shown } from './amounts'
import { bookingPage } from './booking-page'
import { bookAppointment } from './bookings'
import { hashIn, type Invitation, liveInvitation } from './invitation'

/** Booking a time, out of the list or by the link of an invitation (CP1, A9). */
export const bookDoor = customerDoor()

const bookForm = z.object({
  student: id('a student'),
  note: note('Note', 1000),
  price: shown,
  pass: optional(id('a punch pass')),
})

bookDoor.post('/appointments/:id/bookings', c => {
  const slotId = idIn(c.req.param('id'))
  return book(c, { slotId }, slotId)
})

bookDoor.post('/appointments/invitations/:token/bookings', async c => {
  const token = c.req.param('token')
  const [[invitation]] = await read(c.get('account'), [liveInvitation(c.get('account'), await hashIn(token))])
  if (!invitation) return bookingPage(c as unknown as PublicContext, { token }, { status: 409 })
  return book(c, { token }, invitation.slotId, invitation)
})

async function book(
  c: CustomerContext,
  which: { slotId: number } | { token: string },
  slotId: number,
  invitation?: Invitation,
) {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(bookForm, form)
  const again = (errors: Errors, status: 409 | 422) => {
    const typed = {
      student: Number(form.student) || undefined,
      pass: Number(form.pass) || undefined,
      note: typedIn(form).note,
      errors,
      status,
    }
    return bookingPage(c as unknown as PublicContext, which, typed)
  }
  if (bad) return again(bad.errors, 422)
  const guardian = c.get('guardian')
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  const done = account.settings['appointment.auto_approve'] ? 'booked' : 'requested'
  const location = paths.portal(account.slug).myAppointments({ done })
  const { student: studentId, note: notes, price: shownCents, pass: passId } = data
  const wish = { slotId, studentId, notes, shownCents, invitation, passId }
  try {
    await bookAppointment(account, guardian, wish, { location })
  } catch (refusal) {
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
}
