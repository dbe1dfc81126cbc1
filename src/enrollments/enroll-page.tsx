import type { EnrollDetailsProps, EnrollSummaryProps } from '../../views/enrollments/enroll'
import { EnrollDetailsPage, EnrollSummaryPage } from '../../views/enrollments/enroll'
import { OfficeLayout } from '../../views/layouts/office'
import { type Account, todayAt } from '../accounts/account'
import { whyDue } from '../anniversaries/fees'
import { nextMeeting, sayAges, sayClass } from '../classes/classes'
import { sayCrowd } from '../classes/crowd'
import { tuitionPer } from '../classes/finder'
import { choicesOf, noOverride } from '../classes/tuitions'
import { sayDate, today } from '../clock'
import type { OfficeContext } from '../doors'
import { show } from '../http'
import { money, price } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { settingsAt } from '../settings'
import { chosenIn } from './choose-page'
import { sayReason } from './eligibility'
import { isOneDay } from './enroll'
import { sayType } from './enrollments'
import { type Plan, planOf } from './plan'
import { type Consent, type StaffWish, wishQuery } from './staff-forms'

const types = ['active', 'trial', 'makeup', 'single_day', 'wait'] as const

/** The ways to pay a class, when there are several. */
export const schedulesOf = (plan: Pick<Plan, 'tuitions' | 'row'>) =>
  choicesOf(plan.tuitions, plan.row.id).map(one => ({
    value: one.billingScheduleId,
    label: `${one.name}, ${price(one.cents)} ${tuitionPer({ ...plan.row, tuitionUnit: one.unit, cycle: one.cycle })}`,
  }))

export const sessionsOf = (sessions: Plan['sessions']) =>
  sessions.map(({ id, name, from, to }) => ({ value: id, label: `${name}, ${sayDate(from)} to ${sayDate(to)}` }))

/** How it is done: type, dates, session, price. What was typed stays, with what was wrong beside it. */
export async function detailsStep(
  c: OfficeContext,
  { student, class: classId }: { student: number; class: number },
  again: { errors?: Record<string, string>; status?: 422 } = {},
) {
  const account = c.get('account')
  const asked = c.req.query()
  const { family, wait, start } = chosenIn(c)
  const typed = types.find(one => one === asked.type)
  const plan = await planOf(account, c.get('person'), {
    studentId: student,
    familyId: family,
    classId,
    type: typed ?? 'active',
    startDate: start ?? todayAt(account),
    dropDate: null,
    termId: null,
    scheduleId: null,
    override: noOverride,
    waitId: wait ?? null,
    lastDay: null,
    tokenId: null,
    code: null,
  })
  const { row, who } = plan
  const day = today(account.now, row.timeZone)
  const first = start ?? nextMeeting(row, day) ?? day
  const at = paths.office(account.slug)
  const props: EnrollDetailsProps = {
    slug: account.slug,
    action: at.enroll(),
    who: `${who.child.firstName} ${who.child.lastName}`,
    whoHref: at.student(student),
    what: sayClass(row),
    whatHref: at.class(classId),
    otherHref: at.enroll({ student, family, date: start }),
    kept: { student, class: classId, wait, step: 'summary', family: who.households.length > 1 ? undefined : family },
    facts: [
      { label: 'Location', value: row.locationName },
      { label: 'Ages', value: sayAges(row) },
      ...(plan.crowd ? [{ label: `Places on ${sayDate(plan.crowd.on)}`, value: `${sayCrowd(plan.crowd)}.` }] : []),
      ...(plan.wait ? [{ label: 'Waitlist', value: 'The place on the waitlist becomes this enrollment.' }] : []),
    ],
    doubts: plan.doubts.map(reason => sayReason(reason, row.timeZone)),
    never: plan.never === 'family-suspended' || plan.never === 'class-inactive' ? because(plan.never) : undefined,
    types: types.map(value => ({ value, label: sayType(value) })),
    households: who.households.length > 1 ? who.households.map(({ id, name }) => ({ value: id, label: name })) : [],
    sessions: sessionsOf(plan.sessions),
    schedules: schedulesOf(plan),
    tokens: plan.tokens.map(token => ({
      value: token.id,
      label: token.missedOn ? `For ${token.missedClass} on ${sayDate(token.missedOn)}` : `Issued by ${token.issuedBy}`,
    })),
    leaves: plan.leaves && { name: plan.leaves.row.name, lastDay: plan.leaves.lastDay },
    values: {
      ...asked,
      type: typed ?? (row.singleDayOnly ? 'single_day' : 'active'),
      start: asked.start || first,
      family: String(family ?? who.family.id),
      session: asked.session ?? String(plan.sessions.find(({ to }) => to >= first)?.id ?? ''),
      schedule: asked.schedule ?? String(row.billingScheduleId ?? ''),
      last: asked.last ?? plan.leaves?.lastDay ?? '',
      // A box that nobody unticked yet is ticked.
      prorates: asked.prorates ?? (asked.override ? '' : '1'),
    },
    errors: again.errors,
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enroll" current="enrollments" more>
      <EnrollDetailsPage {...props} />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** What will happen, before it does: who, what, when, the money with its reasons, and what has to be agreed to. */
export async function summaryStep(
  c: OfficeContext,
  wish: StaffWish,
  again: { consent?: Consent; error?: string; status?: 409 | 422; errors?: Record<string, string>; note?: string } = {},
) {
  const account = c.get('account')
  const plan = await planOf(account, c.get('person'), wish)
  const { row, who, crowd, dropDate, price: asked, dues, leaves } = plan
  const at = paths.office(account.slug)
  const kept = wishQuery(wish)
  const full = crowd && !crowd.free ? crowd : undefined
  const props: EnrollSummaryProps = {
    slug: account.slug,
    action: at.enrollments(),
    formKey: crypto.randomUUID(),
    changeHref: at.enroll(kept),
    waitHref:
      full && wish.type === 'active' && !plan.wait ? at.enroll({ ...kept, type: 'wait', step: 'summary' }) : undefined,
    kept,
    who: `${who.child.firstName} ${who.child.lastName}`,
    facts: [
      { label: 'Student', value: `${who.child.firstName} ${who.child.lastName}`, href: at.student(who.child.id) },
      { label: 'Family', value: who.family.name, href: at.family(who.family.id) },
      { label: 'Class', value: sayClass(row), href: at.class(row.id) },
      { label: 'Type', value: sayType(wish.type) },
      { label: isOneDay(wish.type) ? 'Day' : 'Start', value: sayDate(wish.startDate, { weekday: true, year: true }) },
      ...(isOneDay(wish.type) || wish.type === 'wait'
        ? []
        : [{ label: 'Drop', value: dropDate ? sayDate(dropDate, { weekday: true, year: true }) : 'Until dropped' }]),
      ...(leaves
        ? [
            {
              label: `Last day in ${leaves.row.name}`,
              value: sayDate(leaves.lastDay, { weekday: true, year: true }),
              href: at.enrollment(leaves.enrollment.id),
            },
          ]
        : []),
      ...(plan.wait ? [{ label: 'Waitlist', value: 'The place on the waitlist becomes this enrollment.' }] : []),
    ],
    never: plan.never && because(plan.never),
    doubts: plan.doubts.map(reason => ({ code: reason.code, sentence: sayReason(reason, row.timeZone) })),
    clashes: plan.clashes,
    full: full && {
      sentence: `${row.name} is full${full.on > wish.startDate ? ` on ${sayDate(full.on)}` : ''}: ${sayCrowd(full)}. Enrolling makes it ${full.taken + full.requested + full.held + full.offered + 1} of ${full.places}.`,
      seen: full.seen,
    },
    money: moneyOf(account, plan, asked, dues),
    cents: plan.cents,
    posts: again.consent?.post ?? settingsAt(account, row.locationId)['fin.post_charges_on_approve'],
    mail: again.consent?.mail ?? true,
    note: again.consent?.notes ?? again.note ?? '',
    error: again.error,
    errors: again.errors,
  }
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enroll" current="enrollments" more>
      <EnrollSummaryPage {...props} />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** The money line by line, each with why it is so much. */
function moneyOf(account: Account, { row, wish, leaves }: Plan, asked: Plan['price'], dues: Plan['dues']) {
  const day = today(account.now, row.timeZone)
  return [
    ...(asked
      ? [
          {
            label: `Tuition up to ${sayDate(asked.until)}`,
            amount: money(asked.cents),
            why: asked.lines.flatMap(({ steps }) => steps ?? []),
          },
        ]
      : []),
    ...dues.map(due => ({
      label: due.who ? `${due.name}, ${due.who}` : due.name,
      amount: money(due.cents),
      why: whyDue(due, wish.startDate, day),
    })),
    ...(leaves?.unused.cents
      ? [{ label: `Credit for ${leaves.row.name}`, amount: money(-leaves.unused.cents), why: leaves.unused.steps }]
      : []),
  ]
}
