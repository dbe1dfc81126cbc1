import { and, eq, inArray } from 'drizzle-orm'
import { OfficeLayout } from '../../views/layouts/office'
import { genders } from '../../views/portal/student-fields'
import { StudentFormPage } from '../../views/students/form'
import { businessZone } from '../accounts/account'
import { demand } from '../auth/permissions'
import { today } from '../clock'
import { read } from '../database'
import { type OfficeContext, sentenceOf } from '../doors'
import { asksFromStaff, staffQueries } from '../families/staff-asks'
import { type Asks, shownAsks, studentForm, studentFrom } from '../families/student-form'
import { parse, saidOtherwise, typedIn } from '../forms'
import { found, idIn, leadTo, show } from '../http'
import * as paths from '../paths'
import { families } from '../schema/families'
import { addByStaff, editByStaff, profileForStaff } from './by-staff'
import { boxOf, sayAnswer } from './custom-fields'

type Again = { typed?: Record<string, string>; errors?: Record<string, string>; status?: 409 | 422 }

const dayHere = (c: OfficeContext) => today(c.get('account').now, businessZone(c.get('account')))

/** Edit Student, as staff do it. */
export async function editPage(c: OfficeContext, again: Again = {}) {
  demand(c.get('person'), 'Students', 2)
  const account = c.get('account')
  const { student, asks } = await profileForStaff(account, idIn(c.req.param('id')))
  const { id, firstName, lastName, birthDate, gender, gradeId, medical } = student
  const at = paths.office(account.slug)
  const stands = {
    first: firstName,
    last: lastName,
    birthday: birthDate ?? '',
    gender,
    grade: String(gradeId ?? ''),
    medical: medical ?? '',
    ...Object.fromEntries(asks.fields.map(field => [boxOf(field), field.value ?? ''])),
  }
  const { typed } = again
  // Somebody saved in between: what it says now stands beside what was typed, and the next sending counts for both.
  const differs = typed && typed.seen !== String(student.updatedAt)
  return formPage(c, asks, again, {
    title: 'Edit Student',
    trail: [
      { label: 'Students', href: at.students() },
      { label: `${firstName} ${lastName}`, href: at.student(id) },
    ],
    action: at.studentForm(id),
    seen: String(student.updatedAt),
    values: typed ?? stands,
    now: differs ? saidNow(asks, stands, typed) : undefined,
  })
}

/** What the database says by now of the fields that were typed otherwise, in words. */
function saidNow(asks: Asks, stands: Record<string, string>, typed: Record<string, string>) {
  const said: Record<string, string> = {
    ...stands,
    gender: genders.find(({ value }) => value === stands.gender)?.label ?? '',
    grade: asks.grades.find(({ value }) => String(value) === stands.grade)?.label ?? '',
    ...Object.fromEntries(asks.fields.map(field => [boxOf(field), sayAnswer(field)])),
  }
  return saidOtherwise(typed, stands, said)
}

export async function edit(c: OfficeContext) {
  demand(c.get('person'), 'Students', 2)
  const account = c.get('account')
  const form = c.get('form')
  const { student, asks } = await profileForStaff(account, idIn(c.req.param('id')))
  const { data, bad } = parse(studentForm(dayHere(c), asks), form)
  if (bad) return editPage(c, { typed: bad.typed, errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).student(student.id, { done: 'saved' })
  try {
    await editByStaff(account, student, Number(form.seen) || 0, studentFrom(data, asks), { location })
  } catch (refusal) {
    return editPage(c, { typed: typedIn(form), errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

/** The family that a student is to be added to, and what is asked. @throws NotFound */
async function asked(c: OfficeContext) {
  const account = c.get('account')
  const [rows, grades, fields] = await read(account, [
    account.db
      .select({ id: families.id, name: families.name })
      .from(families)
      .where(and(eq(families.id, idIn(c.req.param('id'))), inArray(families.state, ['open', 'suspended']))),
    ...staffQueries(account, 0),
  ])
  return { family: found(rows), asks: asksFromStaff(grades, fields) }
}

/** Add Student, to a family that is there. */
export async function addPage(c: OfficeContext, again: Again = {}) {
  demand(c.get('person'), 'Families', 2)
  const { family, asks } = await asked(c)
  const at = paths.office(c.get('account').slug)
  return formPage(c, asks, again, {
    title: 'Add Student',
    trail: [
      { label: 'Families', href: at.families() },
      { label: family.name, href: at.family(family.id) },
    ],
    action: at.familyStudents(family.id),
    values: again.typed ?? { last: family.name },
  })
}

export async function add(c: OfficeContext) {
  demand(c.get('person'), 'Families', 2)
  const account = c.get('account')
  const { family, asks } = await asked(c)
  const { data, bad } = parse(studentForm(dayHere(c), asks), c.get('form'))
  if (bad) return addPage(c, { typed: bad.typed, errors: bad.errors, status: 422 })
  const location = paths.office(account.slug).family(family.id)
  try {
    await addByStaff(account, family.id, studentFrom(data, asks), { location })
  } catch (refusal) {
    return addPage(c, { typed: typedIn(c.get('form')), errors: { form: sentenceOf(refusal) }, status: 409 })
  }
  return leadTo(c, location)
}

function formPage(
  c: OfficeContext,
  asks: Asks,
  { errors, status = 422 }: Again,
  page: {
    title: string
    trail: { label: string; href: string }[]
    action: string
    seen?: string
    values: Partial<Record<string, string>>
    now?: Record<string, string>
  },
) {
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={page.title} current="students" more>
      <StudentFormPage {...page} formKey={crypto.randomUUID()} asks={shownAsks(asks)} errors={errors} />
    </OfficeLayout>,
    errors ? status : 200,
  )
}
