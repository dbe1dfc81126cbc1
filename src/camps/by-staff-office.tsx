import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { CampEnrollPage } from '../../views/camps/by-staff'
import { OfficeLayout } from '../../views/layouts/office'
import type { Account } from '../accounts/account'
import { demand } from '../auth/permissions'
import { sayAges } from '../classes/classes'
import { sayDate } from '../clock'
import { newest } from '../database'
import { type OfficeContext, officeDoor, sentenceOf } from '../doors'
import { chosenIn } from '../enrollments/choose-page'
import { sayReason } from '../enrollments/eligibility'
import { type Consent, consentForm } from '../enrollments/staff-forms'
import { studentStep } from '../enrollments/student-step'
import { type Form, numbersIn, parse, typedIn } from '../forms'
import { idIn, leadTo, NotFound, show } from '../http'
import { answered } from '../middleware'
import { money } from '../money'
import * as paths from '../paths'
import { because } from '../refusals'
import { enrollments } from '../schema/enrollments'
import { settingsAt } from '../settings'
import { type CampPlan, enrollInCamp, planCamp, sayFull } from './by-staff'
import { type CampRow, type Choice, isAhead, sayDates, sayDays } from './camps'
import { choiceIn } from './forms'
import { answerBoxes, boxOf, givenIn, type Question } from './questions'

/** Days of a camp that staff give. */
export const campsByStaff = officeDoor()

campsByStaff.get('/camps/:id/enroll', c => {
  const person = c.get('person')
  demand(person, 'Camps')
  demand(person, 'Enrollments', 2)
  const id = idIn(c.req.param('id'))
  const at = paths.office(c.get('account').slug)
  if (!chosenIn(c).student)
    return studentStep(c, chosen => at.campEnroll(id, chosen), { title: () => 'Enroll in a camp' })
  return enrollPage(c, choiceIn(c.req.queries()))
})

campsByStaff.post('/camps/:id/enroll', async c => {
  const person = c.get('person')
  demand(person, 'Camps')
  demand(person, 'Enrollments', 2)
  const account = c.get('account')
  const at = paths.office(account.slug)
  const form = c.get('form')
  const whom = whomIn(c, form)
  const choice = choiceIn(form)
  const { camp } = await planCamp(account, person, whom, choice)
  const boxes = parse(z.object(answerBoxes(camp.questions, [whom.studentId])), form)
  const { data: consent, bad } = parse(consentForm, form)
  if (!consent || boxes.bad)
    return enrollPage(c, choice, { typed: form, errors: { ...bad?.errors, ...boxes.bad?.errors }, status: 422 })
  const given = givenIn(camp.questions, whom.studentId, boxes.data)
  const location = sql<string>`${`${at.enrollments()}/`} || ${newest(enrollments)} || '?done=enrolled'`
  try {
    await enrollInCamp(account, person, whom, choice, given, consent, { location })
  } catch (refusal) {
    return enrollPage(c, choice, { typed: form, consent, error: sentenceOf(refusal), status: 409 })
  }
  return (await answered(c)) ?? leadTo(c, at.camp(whom.campId))
})

/** Whom it is about: in the address of a page, in the fields of its form. */
function whomIn(c: OfficeContext, form: Form = {}) {
  const { student, family } = chosenIn(c)
  const [studentId = student, familyId = family] = [numbersIn(form.student)[0], numbersIn(form.family)[0]]
  if (!studentId) throw new NotFound()
  return { campId: idIn(c.req.param('id')), studentId, familyId }
}

interface Again {
  typed?: Form
  consent?: Consent
  error?: string
  errors?: Record<string, string>
  status?: 409 | 422
}

async function enrollPage(c: OfficeContext, choice: Choice, again: Again = {}) {
  const account = c.get('account')
  const whom = whomIn(c, again.typed)
  const plan = await planCamp(account, c.get('person'), whom, choice)
  const { camp, who, days, full } = plan
  const at = paths.office(account.slug)
  const units = unitsOf(account, camp, days)
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Enroll in a camp" current="camps" more>
      <CampEnrollPage
        slug={account.slug}
        action={at.campEnroll(camp.id)}
        formKey={crypto.randomUUID()}
        campId={camp.id}
        camp={camp.name}
        who={`${who.child.firstName} ${who.child.lastName}`}
        kept={{ student: whom.studentId, family: whom.familyId }}
        facts={[
          {
            label: 'Student',
            value: `${who.child.firstName} ${who.child.lastName}`,
            href: at.student(who.child.id),
          },
          { label: 'Family', value: who.family.name, href: at.family(who.family.id) },
          { label: camp.singular, value: camp.name, href: at.camp(camp.id) },
          { label: 'Dates', value: sayDates(camp) },
          { label: 'Ages', value: sayAges(camp) },
          ...(days.length ? [{ label: 'Days', value: sayDays(days) }] : []),
        ]}
        units={camp.attend === 'whole' ? [] : units}
        chosen={
          camp.attend === 'whole' && days.length
            ? [{ name: 'block', value: '0', label: '', about: '', chosen: true }]
            : units.filter(({ chosen }) => chosen)
        }
        never={plan.never && because(plan.never)}
        doubts={plan.doubts.map(reason => ({ code: reason.code, sentence: sayReason(reason, camp.timeZone) }))}
        full={
          full.length
            ? { sentence: `These days are full. ${sayFull(full)}. Enrolling overbooks them.`, seen: plan.seen }
            : undefined
        }
        questions={questionsOf(camp.questions, whom.studentId, again.typed)}
        money={moneyOf(plan)}
        cents={plan.price.cents}
        posts={again.consent?.post ?? settingsAt(account, camp.locationId)['fin.post_charges_on_approve']}
        mail={again.consent?.mail ?? true}
        note={again.consent?.notes ?? typedIn(again.typed ?? {}).note ?? ''}
        error={again.error}
        errors={again.errors}
      />
    </OfficeLayout>,
    again.status ?? 200,
  )
}

/** What can be ticked: days, or blocks with all of theirs. */
function unitsOf(account: Pick<Account, 'now'>, camp: CampRow, days: readonly string[]) {
  if (camp.attend === 'days')
    return camp.days.map(day => ({
      name: 'day' as const,
      value: day.date,
      label: sayDate(day.date, { weekday: true }),
      about: `${day.taken} of ${day.places} taken`,
      chosen: days.includes(day.date),
      disabled: !isAhead(account, camp, day),
    }))
  return [...Map.groupBy(camp.days, ({ blockId }) => blockId)].map(([id, own]) => ({
    name: 'block' as const,
    value: String(id),
    label: own[0]?.block ?? '',
    about: `${sayDays(own.map(({ date }) => date))}, ${Math.max(...own.map(({ taken }) => taken))} of ${Math.min(...own.map(({ places }) => places))} taken`,
    chosen: own.every(({ date }) => days.includes(date)),
    disabled: !own.every(day => isAhead(account, camp, day)),
  }))
}

const moneyOf = ({ price, days }: CampPlan) =>
  days.length
    ? [
        {
          label: sayDays(days),
          amount: money(price.cents),
          why: price.lines.flatMap(({ steps }) => steps ?? []),
        },
      ]
    : []

/** What the camp asks, each answer with what it costs: that comes to the price. */
function questionsOf(questions: Question[], studentId: number, typed: Form = {}) {
  const cost = (cents: number) => (cents ? ` (plus ${money(cents)})` : '')
  return questions.map(question => {
    const name = boxOf(question, studentId)
    const { kind, choices, feeCents } = question
    return {
      name,
      label: question.label,
      required: question.required === 1,
      value: typedIn(typed)[name] ?? '',
      options:
        kind === 'text'
          ? undefined
          : kind === 'yes_no'
            ? [
                { value: 'yes', label: `Yes${cost(feeCents)}` },
                { value: 'no', label: 'No' },
              ]
            : choices.map(({ label, cents }) => ({ value: label, label: `${label}${cost(cents)}` })),
    }
  })
}
