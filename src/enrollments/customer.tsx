import { and, eq } from 'drizzle-orm'
import { DropPage, TransferPage, WaitlistCancellationPage } from '../../views/portal/requests'
import type { Errors } from '../../views/ui/form'
import { todayAt } from '../accounts/account'
import { sayDays } from '../camps/camps'
import { openings, publicClasses, saySchedule } from '../classes/classes'
import { addDays, today } from '../clock'
import { Refusal, read } from '../database'
import { type CustomerContext, customerDoor, fullAccess, type PublicContext, sentenceOf } from '../doors'
import { numbersIn, parse, typedIn } from '../forms'
import { drawn, found, idIn, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import * as paths from '../paths'
import { enrollments } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { classPage } from './class-page'
import { cancelWaitlist, dropReasonsQuery, requestDrop, withdrawDrop, withdrawEnrollment } from './drops'
import { joinWaitlist } from './enroll'
import { type FamilyEnrollment, familyEnrollments, notOver } from './family'
import { dropForm, transferForm, waitlistForm } from './forms'
import { isTooHigh, levelsQuery, requestTransfer, withdrawTransfer } from './transfers'
import { misfits, mustShowClasses } from './wishes'

/** A family's places: asking for one, leaving it, moving to another (MA2, CP6). */
export const enrollmentsDoor = customerDoor()

for (const kind of ['enrollments', 'drops', 'transfers']) enrollmentsDoor.use(`/account/${kind}/*`, fullAccess)

const done = (c: CustomerContext, what: string) => paths.portal(c.get('account').slug).account({ done: what })

/** The waitlist alone: it keeps no place and costs nothing, so it needs no cart. Everything else goes through that. */
enrollmentsDoor.post('/classes/:id/enrollments', async c => {
  const account = c.get('account')
  const classId = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(waitlistForm, form)
  const again = (errors: Errors, status: 409 | 422) => {
    const { date, note } = typedIn(form)
    const typed = { students: numbersIn(form.student), date, note, errors, status }
    return classPage(c as unknown as PublicContext, classId, typed)
  }
  if (bad) return again(bad.errors, 422)
  const startDate = data.date ?? todayAt(account)
  const wish = { studentIds: data.student, classId, startDate, notes: data.note }
  const location = done(c, 'enrolled')
  try {
    await joinWaitlist(account, c.get('guardian'), wish, { location })
  } catch (refusal) {
    return again({ form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

enrollmentsDoor.get('/account/enrollments/:id/drop', c => dropPage(c, idIn(c.req.param('id')), {}))

enrollmentsDoor.post('/account/enrollments/:id/drop', async c => {
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(dropForm, form)
  if (bad) return dropPage(c, id, bad.typed, bad.errors, 422)
  if (data.reason !== null) {
    // Reasons are retired, never deleted, so one that is there now can still be kept when the request is.
    const [reasons] = await read(c.get('account'), [dropReasonsQuery(c.get('account'))])
    if (!reasons.some(reason => reason.id === data.reason))
      return dropPage(c, id, { ...typedIn(form), reason: undefined }, { reason: 'Choose a reason from the list.' }, 422)
  }
  const location = done(c, 'dropped')
  try {
    const wish = { onDate: data.date, reasonId: data.reason, notes: data.note }
    await requestDrop(c.get('account'), c.get('guardian'), id, wish, { location })
  } catch (refusal) {
    return dropPage(c, id, typedIn(form), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

enrollmentsDoor.get('/account/enrollments/:id/transfer', c =>
  transferPage(c, idIn(c.req.param('id')), { class: c.req.query('class') }),
)

enrollmentsDoor.post('/account/enrollments/:id/transfer', async c => {
  const id = idIn(c.req.param('id'))
  const form = c.get('form')
  const { data, bad } = parse(transferForm, form)
  if (bad) return transferPage(c, id, bad.typed, bad.errors, 422)
  const location = done(c, 'transferred')
  try {
    const wish = { classId: data.class, onDate: data.date, notes: data.note }
    await requestTransfer(c.get('account'), c.get('guardian'), id, wish, { location })
  } catch (refusal) {
    return transferPage(c, id, typedIn(form), { form: sentenceOf(refusal) }, 409)
  }
  return leadTo(c, location)
})

enrollmentsDoor.get('/account/enrollments/:id/waitlist-cancellation', c => waitlistPage(c, idIn(c.req.param('id'))))

enrollmentsDoor.post('/account/enrollments/:id/waitlist-cancellation', async c => {
  const id = idIn(c.req.param('id'))
  const location = done(c, 'waitlist-cancelled')
  try {
    await cancelWaitlist(c.get('account'), c.get('guardian'), id, { location })
  } catch (refusal) {
    return waitlistPage(c, id, { form: sentenceOf(refusal) })
  }
  return leadTo(c, location)
})

enrollmentsDoor.post('/account/enrollments/:id/withdrawal', async c => {
  const location = done(c, 'withdrawn')
  await withdrawEnrollment(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

enrollmentsDoor.post('/account/drops/:id/withdrawal', async c => {
  const location = done(c, 'withdrawn')
  await withdrawDrop(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

enrollmentsDoor.post('/account/transfers/:id/withdrawal', async c => {
  const location = done(c, 'withdrawn')
  await withdrawTransfer(c.get('account'), c.get('guardian'), idIn(c.req.param('id')), { location })
  return leadTo(c, location)
})

/** One running enrollment of this family. */
const mine = (c: CustomerContext, id: number) => {
  const account = c.get('account')
  const day = todayAt(account)
  return familyEnrollments(account, c.get('guardian').family.id, and(eq(enrollments.id, id), notOver(day)))
}

function about(c: CustomerContext, { studentId, className, slots, campDays }: FamilyEnrollment): string {
  const name = c.get('guardian').students.find(({ id }) => id === studentId)?.firstName
  return [name, className, campDays ? sayDays(campDays, t('to')) : saySchedule(slots)].filter(Boolean).join(', ')
}

/** What is switched off is not there, by its address either (MA1). */
function mustBeOn(on: boolean) {
  if (!on) throw new Refusal('switched-off')
}

type Typed = Partial<Record<string, string>>

const dropPage = drawn(async (c: CustomerContext, id: number, typed: Typed, errors?: Errors, status?: 409 | 422) => {
  const account = c.get('account')
  const [rows, reasons] = await read(account, [mine(c, id), dropReasonsQuery(account)])
  const enrollment = found(rows)
  const rules = settingsAt(account, enrollment.locationId)
  mustBeOn(rules['drop.allow'])
  if (enrollment.type === 'wait') throw new NotFound()
  if (enrollment.campDays) return leadTo(c, paths.portal(account.slug).campDrop(id))
  const noticed = addDays(today(account.now, enrollment.timeZone), rules['drop.min_days'])
  // A place that begins later than that cannot end before it begins.
  const soonest = enrollment.startDate > noticed ? enrollment.startDate : noticed
  const automatic = rules['drop.auto']
  const oneDay = enrollment.type !== 'active'
  return show(
    c,
    <DropPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      about={about(c, enrollment)}
      enrollment={id}
      date={
        oneDay
          ? { value: enrollment.startDate, min: enrollment.startDate }
          : { value: typed.date ?? soonest, min: soonest }
      }
      reasons={(rules['drop.reasons'] ? reasons : []).map(({ id, name }) => ({ value: id, label: name }))}
      reason={typed.reason}
      note={typed.note ?? ''}
      automatic={automatic}
      terms={
        automatic
          ? 'The place is given up at once. We look at what was paid and get in touch.'
          : 'We look at it and write to you. Until then nothing changes, and you can withdraw it.'
      }
      errors={errors}
    />,
    status ?? 200,
  )
})

const transferPage = drawn(
  async (c: CustomerContext, id: number, typed: Typed, errors?: Errors, status?: 409 | 422) => {
    const account = c.get('account')
    const [rows, classes, ladder] = await read(account, [mine(c, id), publicClasses(account), levelsQuery(account)])
    const enrollment = found(rows)
    mustBeOn(settingsAt(account, enrollment.locationId)['transfer.allow'])
    mustShowClasses(account)
    const child = c.get('guardian').students.find(({ id }) => id === enrollment.studentId)
    if (!child) throw new NotFound()
    const day = today(account.now, enrollment.timeZone)
    const from = enrollment.startDate > day ? enrollment.startDate : addDays(day, 1)
    const fitting = classes.filter(
      row =>
        row.id !== enrollment.classId &&
        !isTooHigh(account, ladder, enrollment, row) &&
        misfits(account, row, child, row.startDate && row.startDate > from ? row.startDate : from).length === 0,
    )
    const there = fitting.map(({ locationId }) => settingsAt(account, locationId))
    const last = Math.max(...there.map(rules => rules['classreg.start_max_days']), 0)
    return show(
      c,
      <TransferPage
        shell={c.get('shell')}
        formKey={crypto.randomUUID()}
        about={about(c, enrollment)}
        enrollment={id}
        classes={fitting.map(row => ({
          value: row.id,
          label: `${row.name}, ${saySchedule(row.slots)}, ${row.locationName}${row.showOpenings || openings(row) === 0 ? ` (${openings(row) === 0 ? t('full') : t('{count} open', { count: openings(row) })})` : ''}`,
        }))}
        chosen={Number(typed.class) || undefined}
        date={{ value: typed.date ?? from, min: from, max: addDays(day, last) }}
        note={typed.note ?? ''}
        terms={
          there.length && there.every(rules => rules['transfer.auto'])
            ? 'The move happens at once. An enrollment can be transferred once.'
            : 'We look at it and write to you. Until then the place stays yours. An enrollment can be transferred once.'
        }
        errors={errors}
      />,
      status ?? 200,
    )
  },
)

const waitlistPage = drawn(async (c: CustomerContext, id: number, errors?: Errors) => {
  const account = c.get('account')
  const [rows] = await read(account, [mine(c, id)])
  const enrollment = found(rows)
  mustBeOn(settingsAt(account, enrollment.locationId)['classreg.allow_cancel_waitlist'])
  if (enrollment.type !== 'wait') throw new NotFound()
  return show(
    c,
    <WaitlistCancellationPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      about={about(c, enrollment)}
      enrollment={id}
      errors={errors}
    />,
    errors ? 409 : 200,
  )
})
