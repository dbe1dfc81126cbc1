import { EditPage } from '../../views/enrollments/edit'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { sayClass } from '../classes/classes'
import { sayCrowd } from '../classes/crowd'
import { sayDate } from '../clock'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { parse, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { type EditPlan, editByStaff, editOf, planEdit } from './edit-by-staff'
import { isOneDay } from './enroll'
import { schedulesOf, sessionsOf } from './enroll-page'
import { consentForm, editForm, editQuery, type StaffEdit } from './staff-forms'

/** A change of an enrollment: the form says what it does first, then it is done. */
export const editOffice = officeDoor()

editOffice.get('/enrollments/:id/edit', c => {
  demand(c.get('person'), 'Enrollments', 2)
  const typed = c.req.query()
  if (typed.start === undefined) return editPage(c)
  const { data, bad } = parse(editForm, typed)
  return bad ? editPage(c, undefined, { typed, errors: bad.errors, status: 422 }) : editPage(c, data)
})

editOffice.post('/enrollments/:id', async c => {
  const person = c.get('person')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(editForm, form)
  if (bad) return editPage(c, undefined, { typed: typedIn(form), errors: bad.errors, status: 422 })
  const { data: consent } = parse(consentForm, form)
  const location = paths.office(account.slug).enrollment(id, { done: 'saved' })
  try {
    await editByStaff(account, person, id, data, consent?.overbook ?? null, { location })
  } catch (refusal) {
    return editPage(c, data, { error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

interface Again {
  typed?: Record<string, string>
  error?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

async function editPage(c: OfficeContext, edit?: StaffEdit, again: Again = {}) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const plan = await planEdit(account, c.get('person'), id, edit)
  const { enrollment, row, crowd } = plan
  const at = paths.office(account.slug)
  const full = edit && crowd && !crowd.free ? crowd : undefined
  const shown = editQuery(edit ? plan.edit : editOf(enrollment))
  const values = Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, value === true ? '1' : value ? String(value) : '']),
  )
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Edit ${enrollment.studentName}`} current="enrollments">
      <EditPage
        slug={account.slug}
        lookAction={at.enrollmentForm(id)}
        action={at.enrollment(id)}
        formKey={crypto.randomUUID()}
        recordHref={at.enrollment(id)}
        who={enrollment.studentName}
        what={sayClass(row)}
        oneDay={isOneDay(enrollment.type)}
        reasons={plan.reasons}
        sessions={sessionsOf(plan.sessions)}
        schedules={schedulesOf(plan)}
        values={{ ...values, prorates: values.override ? values.prorates : '1', ...again.typed }}
        look={
          edit && {
            kept: editQuery(edit),
            never: plan.never && because(plan.never),
            money: moneyOf(plan),
            full: full && {
              sentence: `${row.name} is full${full.on ? ` on ${sayDate(full.on)}` : ''}: ${sayCrowd(full)}. The days in addition make it one more.`,
              seen: full.seen,
            },
          }
        }
        error={again.error}
        errors={again.errors}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** What this month or session costs, as it is and as it would be, and what is charged already. */
function moneyOf({ before, after, charged }: EditPlan) {
  const sum = charged.reduce((cents, one) => cents + one.cents, 0)
  const line = (label: string, price: EditPlan['before']) => ({
    label: price ? `${label}, up to ${sayDate(price.until)}` : label,
    amount: money(price?.cents ?? 0),
    why: price?.lines.flatMap(({ steps }) => steps ?? []) ?? [],
  })
  return [
    ...(before || after ? [line('This period as it is', before), line('This period after the change', after)] : []),
    ...(before || after
      ? [{ label: 'Difference', amount: money((after?.cents ?? 0) - (before?.cents ?? 0)), why: [] }]
      : []),
    { label: 'Charged so far', amount: money(sum), why: [] },
  ]
}
