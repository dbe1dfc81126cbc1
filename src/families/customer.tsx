import * as z from 'zod'
import { DeletionPage } from '../../views/portal/security'
import { StudentForm } from '../../views/portal/student-form'
import { mustBePrimary } from '../auth/guardian'
import { today } from '../clock'
import { Refusal } from '../database'
import { type CustomerContext, childOf, customerDoor, sentenceOf } from '../doors'
import { line, note, parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { askForDeletion, withdrawDeletion } from './deletion'
import { genders, studentForm } from './student-form'
import { addStudent, editStudent, studentOf } from './students'

/** A family's children and its request to be deleted. */
export const familiesDoor = customerDoor()

const zone = (c: CustomerContext) => c.get('account').locations[0]?.timeZone ?? 'UTC'
const onward = (c: CustomerContext, next: unknown) => paths.onwardIn(c.get('account').slug, next)

familiesDoor.get('/account/students/new', c => {
  const lastName = c.get('guardian').students[0]?.lastName ?? c.get('guardian').family.name
  return studentPage(c, { last: lastName }, { next: onward(c, c.req.query('next')) })
})

familiesDoor.post('/account/students', async c => {
  const account = c.get('account')
  const form = c.get('form')
  const next = onward(c, form.next)
  const { data, bad } = parse(studentForm(today(account.now, zone(c))), form)
  if (bad) return studentPage(c, bad.typed, { errors: bad.errors, next, status: 422 })
  const at = paths.portal(account.slug)
  // The new child's policies follow its profile (PO5).
  const location = at.nextPolicy({ next: next ?? at.account({ done: 'student-added' }) })
  const { first, last, birthday, gender, medical } = data
  try {
    const student = { firstName: first, lastName: last, birthDate: birthday, gender, medical }
    await addStudent(account, c.get('guardian'), student, { location })
  } catch (refusal) {
    return studentPage(c, typedIn(form), { errors: { form: sentenceOf(refusal) }, next, status: 409 })
  }
  return leadTo(c, location)
})

familiesDoor.get('/account/students/:id', async c => {
  const student = await studentOf(c.get('account'), c.get('guardian'), idIn(c.req.param('id')))
  const { id, firstName, lastName, birthDate, gender, medical, maySeeMedical } = student
  const values = { first: firstName, last: lastName, birthday: birthDate ?? '', gender, medical: medical ?? '' }
  return studentPage(c, values, { student: { id, name: `${firstName} ${lastName}` }, hideMedical: !maySeeMedical })
})

familiesDoor.post('/account/students/:id', async c => {
  const account = c.get('account')
  const mine = childOf(c)
  const { id } = mine
  const student = { id, name: `${mine.firstName} ${mine.lastName}` }
  const { data, bad } = parse(studentForm(today(account.now, zone(c))), c.get('form'))
  const hideMedical = c.get('form').medical === undefined
  if (bad) return studentPage(c, bad.typed, { errors: bad.errors, student, hideMedical, status: 422 })
  const location = paths.portal(account.slug).account({ done: 'student-saved' })
  const { first, last, birthday, gender, medical } = data
  const change = { firstName: first, lastName: last, birthDate: birthday, gender, medical }
  try {
    await editStudent(account, c.get('guardian'), id, change, { location })
  } catch (refusal) {
    const errors = { form: sentenceOf(refusal) }
    return studentPage(c, typedIn(c.get('form')), { errors, student, hideMedical, status: 409 })
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

function studentPage(
  c: CustomerContext,
  values: Partial<Record<string, string>>,
  more: {
    errors?: Record<string, string>
    student?: { id: number; name: string }
    next?: string
    hideMedical?: boolean
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
      shown={{ gender: true, medical: !more.hideMedical }}
      required={{}}
      custom={[]}
      genders={genders}
      errors={more.errors}
      next={more.next}
    />,
    more.status ?? 200,
  )
}
