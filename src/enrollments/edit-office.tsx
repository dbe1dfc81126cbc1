import { EditPage } from '../../views/enrollments/edit'
import { overrides } from '../../views/enrollments/enroll'
import { OfficeLayout } from '../../views/layouts/office'
import { demand } from '../auth/permissions'
import { sayClass } from '../classes/classes'
import { sayCrowd } from '../classes/crowd'
import { sayDate, today } from '../clock'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { parse, saidOtherwise, typedIn } from '../forms'
import { idIn, leadTo, show } from '../http'
import type { Price } from '../ledger/pricing'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { type EditPlan, editByStaff, editOf, planEdit, standing } from './edit-by-staff'
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
  return bad
    ? editPage(c, undefined, { typed, errors: bad.errors, status: 422 })
    : editPage(c, data, { seen: typed.was })
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
    const { overbook = null, post = false, cents = 0 } = consent ?? {}
    await editByStaff(account, person, id, data, { overbook, post, cents, was: typedIn(form).was ?? '' }, { location })
  } catch (refusal) {
    return editPage(c, data, { typed: typedIn(form), error: sentenceOf(refusal), status: 409 })
  }
  return leadTo(c, location)
})

interface Again {
  /** How the enrollment stood when the form was made. */
  seen?: string
  typed?: Record<string, string>
  error?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

async function editPage(c: OfficeContext, edit?: StaffEdit, again: Again = {}) {
  const account = c.get('account')
  const id = idIn(c.req.param('id'))
  const plan = await planEdit(account, c.get('person'), id, edit)
  const { enrollment, row, crowd, correction } = plan
  const at = paths.office(account.slug)
  const full = edit && crowd && !crowd.free ? crowd : undefined
  const shown = editQuery(edit ? plan.edit : editOf(enrollment))
  const values = fieldsOf(shown)
  const was = standing(enrollment)
  // Somebody saved in between: what it says now stands beside what was typed, and the next sending counts for both.
  const seen = again.seen ?? again.typed?.was ?? was
  const now = seen === was ? undefined : saidNow(plan, again.typed ?? values)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title={`Edit ${enrollment.studentName}`} current="enrollments" more>
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
        was={was}
        now={now}
        look={
          edit && {
            kept: editQuery(edit),
            never: plan.never && because(plan.never),
            money: moneyOf(plan, today(account.now, row.timeZone)),
            cents: correction.cents,
            charged: correction.off.length + correction.more.length > 0,
            posts: again.typed ? again.typed.post !== undefined : true,
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

const fieldsOf = (query: ReturnType<typeof editQuery>) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, value === true ? '1' : value ? String(value) : '']),
  )

/** What the database says by now of what was typed otherwise, in words. */
function saidNow({ enrollment, reasons, sessions, tuitions }: EditPlan, typed: Record<string, string>) {
  const stands = fieldsOf(editQuery(editOf(enrollment)))
  const named = (value: string | undefined, known: { value: number; label: string }[]) =>
    known.find(one => String(one.value) === value)?.label ?? ''
  return saidOtherwise(typed, stands, {
    ...stands,
    reason: named(stands.reason, reasons),
    session: named(
      stands.session,
      sessions.map(({ id, name }) => ({ value: id, label: name })),
    ),
    schedule: named(
      stands.schedule,
      tuitions.map(({ billingScheduleId, name }) => ({ value: billingScheduleId, label: name })),
    ),
    override: overrides.find(({ value }) => value === (stands.override ?? ''))?.label ?? '',
  })
}

/** What each month or session costs, as it is and as it would be, the difference, and what is charged already. */
function moneyOf({ correction, charged }: EditPlan, day: string) {
  const sum = charged.reduce((cents, one) => cents + one.cents, 0)
  const line = (label: string, price?: Price) => ({
    label,
    amount: money(price?.cents ?? 0),
    why: price?.lines.flatMap(({ steps }) => steps ?? []) ?? [],
  })
  const { compared } = correction
  return [
    ...compared.flatMap(({ period: { from, to }, before, after }) => {
      const current = compared.length === 1 || (from <= day && to >= day)
      const name = current ? 'This period' : `${sayDate(from)} to ${sayDate(to)}`
      return [
        line(`${name} as it is`, before),
        line(`${name} after the change${after ? `, up to ${sayDate(after.until)}` : ''}`, after),
      ]
    }),
    ...(compared.length ? [{ label: 'Difference', amount: money(differenceOf(compared)), why: [] }] : []),
    { label: 'Charged so far', amount: money(sum), why: [] },
  ]
}

const differenceOf = (compared: EditPlan['correction']['compared']) =>
  compared.reduce((cents, { before, after }) => cents + (after?.cents ?? 0) - (before?.cents ?? 0), 0)
