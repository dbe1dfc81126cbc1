import * as z from 'zod'
import { DeletionPage } from '../../views/portal/security'
import { StudentForm } from '../../views/portal/student-form'
import { businessZone } from '../accounts/account'
import { mustBePrimary } from '../auth/guardian'
import { today } from '../clock'
import { Refusal } from '../database'
import { type CustomerContext, customerDoor, sentenceOf } from '../doors'
import { line, note, parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { boxOf } from '../students/custom-fields'
import { askForDeletion, withdrawDeletion } from './deletion'
import { type Asks, asksOf, shownAsks, studentForm, studentFrom } from './student-form'
import { addStudent, editStudent, profileOf } from './students'

/** A family's children and its request to be deleted. */
export const familiesDoor = customerDoor()

const zone = (c: CustomerContext) => businessZone(c.get('account'))
const onward = (c: CustomerContext, next: unknown) => paths.onwardIn(c.get('account').slug, next)

familiesDoor.get('/account/students/new', c => {
  const lastName = c.get('guardian').students[0]?.lastName ?? c.get('guardian').family.name
  return studentPage(c, { last: lastName }, { next: onward(c, c.req.query('next')) })
})

familiesDoor.post('/account/students', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const next = onward(c, form.next)
  const asks = await asksOf(account)
  const { data, bad } = parse(studentForm(today(account.now, zone(c)), asks), form)
  if (bad) return studentPage(c, bad.typed, { asks, errors: bad.errors, next, status: 422 })
  const at = paths.portal(account.slug)
  // The new child's policies follow its profile (PO5).
  const location = at.nextPolicy({ next: next ?? at.account({ done: 'student-added' }) })
  try {
    await addStudent(account, c.get('guardian'), studentFrom(data, asks), { location })
  } catch (refusal) {
    return studentPage(c, typedIn(form), { asks, errors: { form: sentenceOf(refusal) }, next, status: 409 })
  }
  return leadTo(c, location)
})

familiesDoor.get('/account/students/:id', async c => {
  const { student, asks } = await profileOf(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))
  const { id, firstName, lastName, birthDate, gender, gradeId, medical } = student
  const values = {
    first: firstName,
    last: lastName,
    birthday: birthDate ?? '',
    gender,
    grade: String(gradeId ?? ''),
    medical: medical ?? '',
    ...Object.fromEntries(asks.fields.map(field => [boxOf(field), field.value ?? ''])),
  }
  const next = onward(c, c.req.query('next'))
  return studentPage(c, values, { asks, student: { id, name: `${firstName} ${lastName}` }, next })
})

familiesDoor.post('/account/students/:id', async c => {
  const account = c.get('account')
  const { student: was, asks } = await profileOf(account, c.get('guardian'), idIn(c.req.param('id')))
  const student = { id: was.id, name: `${was.firstName} ${was.lastName}` }
  const next = onward(c, c.get('form').next)
  const { data, bad } = parse(studentForm(today(account.now, zone(c)), asks), c.get('form'))
  if (bad) return studentPage(c, bad.typed, { asks, errors: bad.errors, student, next, status: 422 })
  const location = next ?? paths.portal(account.slug).account({ done: 'student-saved' })
  try {
    await editStudent(account, c.get('guardian'), was.id, studentFrom(data, asks), { location })
  } catch (refusal) {
    const errors = { form: sentenceOf(refusal) }
    return studentPage(c, typedIn(c.get('form')), { asks, errors, student, next, status: 409 })
  }
  return leadTo(c, location)
})

familiesDoor.get('/account/deletion', c => {
  mustBePrimary(c.get('guardian'))
  return show(c, <DeletionPage shell={c.get('shell')} formKey={crypto.randomUUID()} note="" />)
})

familiesDoor.post('/account/deletion', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const { data, bad } = parse(z.object({ password: line('Password', 1000), note: note('Note', 1000) }), form)
  const again = (errors: Record<string, string>, status: 409 | 422) =>
    show(
      c,
      <DeletionPage
        shell={c.get('shell')}
        formKey={crypto.randomUUID()}
        note={typedIn(form).note ?? ''}
        errors={errors}
      />,
      status,
    )
  if (bad) return again(bad.errors, 422)
  const location = paths.portal(account.slug).account({ done: 'deletion-asked' })
  try {
    // As typed: a password may begin with a blank.
    const password = String(form.password ?? '')
    await askForDeletion(account, c.get('guardian'), { password, notes: data.note }, { location })
  } catch (refusal) {
    const sentence = sentenceOf(refusal)
    const wrong = refusal instanceof Refusal && refusal.code === 'no-password'
    return again(wrong ? { password: sentence } : { form: sentence }, wrong ? 422 : 409)
  }
  return leadTo(c, location)
})

familiesDoor.post('/account/deletion/withdrawal', async c => {
  const location = paths.portal(c.get('account').slug).account({ done: 'deletion-withdrawn' })
  await withdrawDeletion(c.get('account'), c.get('guardian'), { location })
  return leadTo(c, location)
})

async function studentPage(
  c: CustomerContext,
  values: Partial<Record<string, string>>,
  more: {
    asks?: Asks
    errors?: Record<string, string>
    student?: { id: number; name: string }
    next?: string
    status?: 409 | 422
  },
) {
  return show(
    c,
    <StudentForm
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      student={more.student}
      values={values}
      asks={shownAsks(more.asks ?? (await asksOf(c.get('account'))))}
      errors={more.errors}
      next={more.next}
    />,
    more.status ?? 200,
  )
}
