import { and, eq } from 'drizzle-orm'
import { AbsenceByDatePage, AbsenceByEnrollmentPage, AbsencesPage } from '../../views/portal/requests'
import type { Errors } from '../../views/ui/form'
import { todayAt } from '../accounts/account'
import { nextMeeting, saySchedule } from '../classes/classes'
import { sayDate } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, childOf, customerDoor, fullAccess, sentenceOf } from '../doors'
import { type Form, parse, typedIn } from '../forms'
import { drawn, idIn, leadTo, show } from '../http'
import { t } from '../language'
import * as paths from '../paths'
import { enrollments } from '../schema/enrollments'
import { isOnAnywhere, settingsAt } from '../settings'
import { tellAbsence, withdrawAbsences } from './absences'
import { type FamilyEnrollment, familyEnrollments, notOver } from './family'
import { absenceByDateForm, absenceByEnrollmentForm } from './forms'
import { absencesOf, sayState } from './requests'

/** Future Absences: by date, by enrollment, the list of those that are told, and withdrawing them (MA7). */
export const absencesDoor = customerDoor()

for (const path of ['/account/absences/*', '/account/students/:id/absences', '/account/students/:id/absences/*'])
  absencesDoor.use(path, fullAccess)

const dayOf = (c: CustomerContext) => todayAt(c.get('account'))

/** The family's child of the address, where the business takes absences at all. */
function absentChild(c: CustomerContext) {
  if (!isOnAnywhere(c.get('account'), 'absence.allow')) throw new Refusal('switched-off')
  return childOf(c)
}

absencesDoor.get('/account/students/:id/absences', async c => {
  const account = c.get('account')
  const child = absentChild(c)
  const [rows] = await read(account, [absencesOf(account, c.get('guardian').family.id, dayOf(c))])
  const own = rows.filter(({ studentId }) => studentId === child.id)
  const groups = Map.groupBy(own, ({ requestId }) => requestId ?? 0)
  return show(
    c,
    <AbsencesPage
      shell={c.get('shell')}
      student={{ id: child.id, name: child.firstName }}
      groups={[...groups].map(([requestId, lines]) => ({
        requestId,
        withdrawKey:
          requestId && lines.some(({ state }) => state === 'pending' || state === 'approved')
            ? crypto.randomUUID()
            : undefined,
        lines: lines.map(({ className, onDate, state }) => ({
          what: className,
          when: sayDate(onDate, { weekday: true }),
          state: sayState(state),
        })),
      }))}
      done={c.req.query('done') ? t('Done. It stands in the list.') : undefined}
    />,
  )
})

absencesDoor.get('/account/students/:id/absences/by-date', c => byDate(c, {}))

absencesDoor.post('/account/students/:id/absences/by-date', async c => {
  const child = absentChild(c)
  const form = c.get('form')
  const { data, bad } = parse(absenceByDateForm, form)
  if (bad) return byDate(c, bad.typed, bad.errors, 422)
  const location = `${paths.portal(c.get('account').slug).absences(child.id)}?done=1`
  const { from, to, start, end, note } = data
  try {
    const wish = { way: 'by_date' as const, from, to, fromTime: start, toTime: end, notes: note }
    await tellAbsence(c.get('account'), c.get('guardian'), child.id, wish, { location })
  } catch (refusal) {
    return byDate(c, typedIn(form), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

absencesDoor.get('/account/students/:id/absences/by-enrollment', c =>
  byEnrollment(c, { enrollment: c.req.query('enrollment') ?? [] }),
)

absencesDoor.post('/account/students/:id/absences/by-enrollment', async c => {
  const child = absentChild(c)
  const form = c.get('form')
  const { data, bad } = parse(absenceByEnrollmentForm, form)
  if (bad) return byEnrollment(c, form, bad.errors, 422)
  const location = `${paths.portal(c.get('account').slug).absences(child.id)}?done=1`
  const { date, enrollment, note } = data
  try {
    const wish = { way: 'by_enrollment' as const, from: date, to: date, enrollmentIds: enrollment, notes: note }
    await tellAbsence(c.get('account'), c.get('guardian'), child.id, wish, { location })
  } catch (refusal) {
    return byEnrollment(c, form, { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

absencesDoor.post('/account/absences/:id/withdrawal', async c => {
  const location = paths.portal(c.get('account').slug).account({ done: 'withdrawn' })
  await withdrawAbsences(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

/** What is asked of whoever tells it: of several locations the one that asks most. */
function terms(c: CustomerContext, rows: FamilyEnrollment[]): string {
  const rules = rows.map(({ locationId }) => settingsAt(c.get('account'), locationId))
  const hours = Math.max(0, ...rules.map(rule => rule['absence.min_hours']))
  return rules.every(rule => rule['absence.auto'])
    ? t('Tell us at least {hours} hours before the class. Later ones wait for somebody to look at them.', { hours })
    : t('Somebody looks at it and writes to you.')
}

type Typed = Partial<Record<string, string>>

/** What a child comes to where absences are taken: the places that the forms are about. */
async function comesTo(c: CustomerContext, studentId: number): Promise<FamilyEnrollment[]> {
  const account = c.get('account')
  const [rows] = await read(account, [
    familyEnrollments(
      account,
      c.get('guardian').family.id,
      and(eq(enrollments.studentId, studentId), notOver(dayOf(c))),
    ),
  ])
  return rows.filter(
    ({ type, state, locationId }) =>
      type !== 'wait' && state === 'approved' && settingsAt(account, locationId)['absence.allow'],
  )
}

const byDate = drawn(async (c: CustomerContext, typed: Typed, errors?: Errors, status?: 409 | 422) => {
  const child = absentChild(c)
  const day = dayOf(c)
  const rows = await comesTo(c, child.id)
  return show(
    c,
    <AbsenceByDatePage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      about={child.firstName}
      student={child.id}
      from={typed.from ?? day}
      to={typed.to ?? day}
      min={day}
      startTime={typed.start}
      endTime={typed.end}
      note={typed.note ?? ''}
      terms={terms(c, rows)}
      errors={errors}
    />,
    status ?? 200,
  )
})

const byEnrollment = drawn(async (c: CustomerContext, form: Form, errors?: Errors, status?: 409 | 422) => {
  const child = absentChild(c)
  const day = dayOf(c)
  const meeting = await comesTo(c, child.id)
  const chosen = [form.enrollment ?? []].flat().map(Number)
  const first = meeting.find(({ id }) => chosen.includes(id)) ?? meeting[0]
  const next =
    first &&
    nextMeeting(
      { slots: first.slots, startDate: first.classStart, endDate: first.classEnd, closures: first.closures },
      first.startDate > day ? first.startDate : day,
    )
  const { date, note } = typedIn(form)
  return show(
    c,
    <AbsenceByEnrollmentPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      about={child.firstName}
      student={child.id}
      enrollments={meeting.map(({ id, className, slots, locationName }) => ({
        id,
        name: className,
        about: `${saySchedule(slots)}, ${locationName}`,
      }))}
      chosen={chosen.length ? chosen : first ? [first.id] : []}
      date={{ value: date ?? next ?? day, min: day }}
      note={note ?? ''}
      terms={terms(c, meeting)}
      errors={errors}
    />,
    status ?? 200,
  )
})
