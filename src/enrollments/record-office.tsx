import * as z from 'zod'
import { demand } from '../auth/permissions'
import { officeDoor, sentenceOf } from '../doors'
import { note, parse, typedIn } from '../forms'
import { idIn, leadTo } from '../http'
import * as paths from '../paths'
import { deleteEnrollment, noteByStaff } from './keep-by-staff'
import { enrollmentAt } from './record'
import { recordPage } from './record-page'

/** One enrollment in the Office: everything about it, its notes, and its deletion. */
export const enrollmentOffice = officeDoor()

enrollmentOffice.get('/enrollments/:id', c => recordPage(c))

const noteForm = z.object({ note: note('Notes', 1000) })

enrollmentOffice.post('/enrollments/:id/notes', async c => {
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const one = await enrollmentAt(account, person, id)
  const { data, bad } = parse(noteForm, c.get('form'))
  if (bad) return recordPage(c, { note: typedIn(c.get('form')).note, errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).enrollment(id, { done: 'saved' })
  await noteByStaff(account, one, data.note, { location })
  return leadTo(c, location)
})

enrollmentOffice.post('/enrollments/:id/deletion', async c => {
  const person = c.get('person')
  demand(person, 'Delete Enrollments', 2)
  const account = c.get('account')
  const one = await enrollmentAt(account, person, idIn(c.req.param('id')))
  const location = paths.office(account.slug).enrollments({ done: 'deleted' })
  try {
    await deleteEnrollment(account, one, { location })
  } catch (refusal) {
    return recordPage(c, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})
