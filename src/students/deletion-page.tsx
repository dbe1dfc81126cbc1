import { OfficeLayout } from '../../views/layouts/office'
import { StudentDeletionPage } from '../../views/students/deletion'
import { demand } from '../auth/permissions'
import { Refusal } from '../database'
import { type OfficeContext, sentenceOf } from '../doors'
import { idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { deleteStudent, deletionOf } from './deletion'

type Again = { typed?: string; errors?: Record<string, string>; status?: 409 | 422 }

/** Delete a student: what goes and what stays, before anything does (OP5). */
export async function deletionPage(c: OfficeContext, { typed, errors, status = 409 }: Again = {}) {
  demand(c.get('person'), 'Students', 2)
  const account = c.get('account')
  const { homes, ...student } = await deletionOf(account, idIn(c.req.param('id')))
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Delete Student" current="students" more>
      <StudentDeletionPage
        slug={account.slug}
        formKey={crypto.randomUUID()}
        student={student}
        typed={typed}
        errors={errors}
      />
    </OfficeLayout>,
    errors ? status : 200,
  )
}

export async function remove(c: OfficeContext) {
  demand(c.get('person'), 'Students', 2)
  const account = c.get('account')
  const student = await deletionOf(account, idIn(c.req.param('id')))
  const typed = String(c.get('form').name ?? '').slice(0, 200)
  const location = paths.office(account.slug).students({ done: student.kept ? 'anonymised' : 'deleted' })
  try {
    await deleteStudent(account, student, typed, { location })
  } catch (refusal) {
    const sentence = sentenceOf(refusal)
    const wrong = refusal instanceof Refusal && refusal.code === 'wrong-name'
    return deletionPage(c, {
      typed,
      errors: { [wrong ? 'name' : 'form']: sentence },
      status: wrong ? 422 : 409,
    })
  }
  return leadTo(c, location)
}
