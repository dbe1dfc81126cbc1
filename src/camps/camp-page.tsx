import { CampPage, type CampPageProps } from '../../views/camps/camp'
import type { Errors } from '../../views/ui/form'
import { sayAges } from '../classes/classes'
import { sayDate } from '../clock'
import { Refusal, read } from '../database'
import type { PublicContext } from '../doors'
import { householdQuery, sayReason } from '../enrollments/eligibility'
import { drawn, found, NotFound, show } from '../http'
import { t } from '../language'
import { money, price } from '../money'
import * as paths from '../paths'
import { policyInTheWay } from '../policies/states'
import { because } from '../refusals'
import { keptFromEnrolling, wayOut } from '../students/profile'
import { type CampRow, campById, isAhead, sayDates, sayHours } from './camps'
import { campReasons } from './fit'
import { boxOf, type Question } from './questions'

interface Typed {
  students?: number[]
  days?: string[]
  blocks?: number[]
  note?: string
  /** It was the waitlist that was asked for. */
  waits?: boolean
  /** What was answered, by the name of its box. */
  answers?: Record<string, string>
  errors?: Errors
  status?: 409 | 422
}

/** One camp as somebody sees it, with the form that asks for its days, what was typed and what was wrong with it. */
export const campPage = drawn(async (c: PublicContext, campId: number, typed: Typed = {}) => {
  const account = c.get('account')
  if (!account.settings['portal.show_camps']) throw new Refusal('switched-off')
  const [rows, [household]] = await read(account, [
    campById(account, campId),
    householdQuery(account, c.get('guardian')?.family.id ?? 0),
  ])
  const camp = found(rows)
  if (!camp.showPortal || camp.state !== 'active') throw new NotFound()
  const guardian = c.get('guardian')
  const ahead = camp.days.filter(day => isAhead(account, camp, day))
  const first = ahead[0]?.date ?? camp.endDate ?? ''
  const [closed] = guardian ? [] : campReasons(account, camp, camp.timeZone, first)
  const students = (guardian?.students ?? []).map(child => {
    const name = `${child.firstName} ${child.lastName}`
    const kept = (...reasons: string[]) => ({ id: child.id, name, reasons })
    if (guardian?.access !== 'full') return kept(t(because('limited-access')))
    const here = paths.portal(account.slug).camp(camp.id)
    const no = keptFromEnrolling(account, child)
    if (no) return { ...kept(t(because(no))), wayHref: wayOut(account.slug, child.id, no, here) }
    const misfits = campReasons(account, camp, camp.timeZone, first, child, household)
    if (misfits.length) return kept(...misfits.map(reason => sayReason(reason, camp.timeZone)))
    const policy = policyInTheWay(account.slug, c.get('policies'), child.id, here)
    return { ...kept(...(policy ? [t(policy.sentence)] : [])), wayHref: policy?.href }
  })
  const fitting = students.filter(({ reasons }) => !reasons.length)
  const chosen = typed.students ?? []
  return show(
    c,
    <CampPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      camp={{
        id: camp.id,
        name: camp.name,
        type: camp.plural,
        when: sayDates(camp, t('to')),
        description: camp.description ?? undefined,
        facts: factsOf(camp),
        attend: camp.attend,
        waits: camp.allowWaitlist === 1,
      }}
      act={camp.autoApprove ? 'Enroll' : 'Request'}
      blocks={blocksOf(account, camp, typed)}
      students={students.map(one => ({
        ...one,
        questions: questionsOf(camp.questions, one.id, typed.answers),
        chosen: chosen.includes(one.id) || (!chosen.length && fitting.length === 1 && fitting[0]?.id === one.id),
      }))}
      questions={camp.questions.map(each => ({ label: each.label, about: sayOptions(each) }))}
      closed={closed && sayReason(closed, camp.timeZone)}
      suspended={guardian && guardian.family.state !== 'open' ? because('family-suspended') : undefined}
      due={dueOf(camp)}
      note={typed.note ?? ''}
      waits={typed.waits ?? false}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
})

const optionsOf = ({ kind, choices, feeCents }: Question) => {
  const said = (word: string, cents: number) =>
    cents ? t('{answer} (+{fee})', { answer: word, fee: price(cents) }) : word
  if (kind === 'text') return
  if (kind === 'choice') return choices.map(({ label, cents }) => ({ value: label, label: said(label, cents) }))
  return [
    { value: 'yes', label: said(t('Yes'), feeCents) },
    { value: 'no', label: t('No') },
  ]
}

/** "Yes (+$10), No": what can be answered, and what that costs. */
const sayOptions = (question: Question) =>
  optionsOf(question)
    ?.map(({ label }) => label)
    .join(', ')

/** What is asked of one child, with what was typed. */
const questionsOf = (questions: Question[], studentId: number, typed: Record<string, string> = {}) =>
  questions.map(question => {
    const name = boxOf(question, studentId)
    return {
      name,
      label: question.label,
      options: optionsOf(question),
      required: question.required === 1,
      value: typed[name],
    }
  })

/** The days of a camp by block, those that cannot be chosen among them: over, or full. */
function blocksOf(account: PublicContext['var']['account'], camp: CampRow, typed: Typed): CampPageProps['blocks'] {
  return [...Map.groupBy(camp.days, ({ blockId }) => blockId)].map(([id, days]) => {
    const states = days.map(day => ({
      date: day.date,
      label: sayDate(day.date, { weekday: true }),
      hours: sayHours(day, t('to')),
      over: !isAhead(account, camp, day),
      full: day.taken >= day.places,
      left: camp.showOpenings ? Math.max(0, day.places - day.taken) : undefined,
      chosen: typed.days?.includes(day.date) ?? false,
    }))
    const [first] = days
    return {
      id,
      name: first?.block ?? '',
      hours: first ? sayHours(first, t('to')) : '',
      days: states,
      over: states.some(({ over }) => over),
      full: states.some(({ full }) => full),
      chosen: typed.blocks?.includes(id) ?? false,
    }
  })
}

function factsOf(camp: CampRow) {
  const ages = sayAges(camp)
  const units = (blocks: number) => {
    if (camp.attend === 'whole') return t('The whole camp')
    if (camp.attend === 'days') return blocks === 1 ? t('One day') : t('{count} days', { count: blocks })
    return blocks === 1 ? t('One block') : t('{count} blocks', { count: blocks })
  }
  return [
    { label: t('Ages'), value: ages === 'all ages' ? t('All ages') : ages.replace(/^./, first => first.toUpperCase()) },
    ...(camp.gender === 'any' ? [] : [{ label: t('For'), value: camp.gender === 'female' ? t('Girls') : t('Boys') }]),
    { label: t('Where'), value: camp.locationName },
    { label: t('Program'), value: camp.programName },
    ...camp.cells
      .toSorted((a, b) => a.nth - b.nth || a.blocks - b.blocks)
      .map(({ blocks, nth, cents }) => ({
        label: nth === 1 ? units(blocks) : t('{what}, child {nth}', { what: units(blocks), nth }),
        value: price(cents),
      })),
  ]
}

/** What is paid at sign-up, where that is not all of it. */
function dueOf(camp: CampRow): string | undefined {
  if (camp.dueAtSignup === 'full') return
  if (camp.dueAtSignup === 'none' || camp.depositKind === 'none') return t('Nothing is due at sign-up.')
  if (camp.depositKind === 'percent')
    return t('A deposit of {percent} % is due at sign-up, the rest on the first day.', { percent: camp.deposit })
  return t('A deposit of {amount} is due at sign-up, the rest on the first day.', { amount: money(camp.deposit) })
}
