import { ClassPage } from '../../views/portal/class'
import type { Errors } from '../../views/ui/form'
import { type Account, todayAt } from '../accounts/account'
import { type ClassRow, classById, nextMeeting, openings, sayAges, saySchedule } from '../classes/classes'
import { actFor, tuitionPer } from '../classes/finder'
import { choicesOf, pricedBy, type Tuition, tuitionsQuery } from '../classes/tuitions'
import { addDays, sayDate, today } from '../clock'
import { read } from '../database'
import type { PublicContext } from '../doors'
import { drawn, found, leadTo, NotFound, show } from '../http'
import { t } from '../language'
import { firstTuition } from '../ledger/pricing'
import { money, price } from '../money'
import * as paths from '../paths'
import { policyInTheWay } from '../policies/states'
import { because } from '../refusals'
import { settingsAt } from '../settings'
import { keptFromEnrolling, wayOut } from '../students/profile'
import { type Child, clashes, type Household, householdQuery, reasons, sayReason, soonest } from './eligibility'
import { type FamilyEnrollment, familyEnrollments, notOver, sayStanding } from './family'
import { mustShowClasses, typesOf, type WishType } from './wishes'

interface Typed {
  students?: number[]
  kind?: string
  date?: string
  note?: string
  schedule?: number
  errors?: Errors
  status?: 409 | 422
}

/** One class as somebody sees it, with the form that asks for a place, what was typed and what was wrong with it. */
export const classPage = drawn(async (c: PublicContext, classId: number, typed: Typed = {}) => {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const familyId = guardian?.family.id ?? 0
  const [rows, own, [household], tuitions] = await read(account, [
    classById(account, classId),
    familyEnrollments(account, familyId, notOver(todayAt(account))),
    householdQuery(account, familyId),
    tuitionsQuery(account, [classId], true),
  ])
  const row = found(rows)
  if (!row.showPortal || row.state !== 'active') throw new NotFound()
  if (row.kind === 'camp') return leadTo(c, paths.portal(account.slug).camp(row.id))
  mustShowClasses(account)
  return pageOf(c, row, { own, household, tuitions }, typed)
})

interface Around {
  own: FamilyEnrollment[]
  household?: Household
  tuitions: Tuition[]
}

async function pageOf(c: PublicContext, row: ClassRow, around: Around, typed: Typed) {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const from = soonest(account, row)
  const start = nextMeeting(row, from) ?? from
  const act = actFor(account, row)
  const students = (guardian?.students ?? []).map(child => studentOf(c, row, child, start, around))
  const fitting = students.filter(({ reasons }) => !reasons.length)
  const chosen = typed.students ?? []
  const kinds = kindsOf(account, row, act)
  const kind = kinds.find(({ value }) => value === typed.kind)?.value ?? kinds[0]?.value
  const choices = act === 'Join waitlist' ? [] : choicesOf(around.tuitions, row.id)
  const rules = settingsAt(account, row.locationId)
  const mayChoose = rules['classreg.choose_start'] || kinds.some(({ value }) => value !== 'active')
  // Before anybody is known only the class itself can say why not.
  const closed = guardian ? undefined : whyClosed(account, row)
  const priced = pricedBy(row, around.tuitions, typed.schedule)
  return show(
    c,
    <ClassPage
      shell={c.get('shell')}
      formKey={crypto.randomUUID()}
      course={{
        id: row.id,
        name: row.name,
        when: saySchedule(row.slots),
        description: row.description ?? undefined,
        facts: factsOf(row),
        places: row.places,
        openings: openings(row),
        waiting: row.waiting,
        showOpenings: row.showOpenings === 1,
      }}
      students={students.map(one => ({
        ...one,
        chosen: chosen.includes(one.id) || (!chosen.length && fitting.length === 1 && fitting[0]?.id === one.id),
      }))}
      act={kinds.length ? act : undefined}
      closed={closed}
      kinds={kinds}
      kind={kind}
      schedules={
        choices.length > 1
          ? choices.map(one => ({
              value: one.billingScheduleId,
              label: `${one.name}, ${price(one.cents)} ${t(tuitionPer({ ...row, tuitionUnit: one.unit, cycle: one.cycle }))}`,
            }))
          : undefined
      }
      schedule={typed.schedule}
      startDate={
        mayChoose
          ? {
              value: typed.date || start,
              min: from,
              max: addDays(today(account.now, row.timeZone), rules['classreg.start_max_days']),
            }
          : undefined
      }
      note={typed.note ?? ''}
      money={fitting.length && act !== 'Join waitlist' ? await firstPrice(account, priced, start) : undefined}
      suspended={guardian && guardian.family.state !== 'open' ? because('family-suspended') : undefined}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
}

/** A child on the page of a class: whether it can be put in, and everything that keeps it from that (CP3). */
function studentOf(c: PublicContext, row: ClassRow, child: Child, start: string, { own, household }: Around) {
  const account = c.get('account')
  const day = today(account.now, row.timeZone)
  const name = `${child.firstName} ${child.lastName}`
  const mine = own.find(each => each.classId === row.id && each.studentId === child.id)
  const warnings = clashes(row, child.id, own, start).map(one =>
    t('At the same time as {class}.', { class: one.className }),
  )
  const kept = (...reasons: string[]) => ({ id: child.id, name, reasons, warnings })
  if (mine) return kept(t('{state} in this class already', { state: t(sayStanding(mine, day).word) }))
  if (c.get('guardian')?.access !== 'full') return kept(because('limited-access'))
  const here = paths.portal(account.slug).class(row.id, { child: child.id })
  const no = keptFromEnrolling(account, child)
  if (no) return { ...kept(because(no)), wayHref: wayOut(account.slug, child.id, no, here) }
  // With a date that was typed the form stays: the message beside it says what does not fit.
  const misfits = reasons(account, row, child, start, household)
  if (misfits.length) return kept(...misfits.map(reason => sayReason(reason, row.timeZone)))
  const policy = policyInTheWay(account.slug, c.get('policies'), child.id, here)
  return { ...kept(...(policy ? [policy.sentence] : [])), wayHref: policy?.href }
}

/** Why nobody can ask for the class now, with the moment from which; what only a family can tell is not asked here. */
function whyClosed(account: Account, row: ClassRow): string | undefined {
  const nobody = { id: 0, firstName: '', lastName: '', birthDate: null, gender: 'unstated', mayEnroll: true }
  const windows = ['registration-not-open', 'registration-over']
  const reason = reasons(account, row, nobody, soonest(account, row)).find(({ code }) => windows.includes(code))
  return reason && sayReason(reason, row.timeZone)
}

function factsOf(row: ClassRow) {
  const ages = sayAges(row)
  return [
    { label: t('Ages'), value: ages === 'all ages' ? t('All ages') : ages.replace(/^./, first => first.toUpperCase()) },
    ...(row.gender === 'any' ? [] : [{ label: t('For'), value: row.gender === 'female' ? t('Girls') : t('Boys') }]),
    { label: t('Where'), value: row.locationName },
    { label: t('Program'), value: row.programName },
    ...(row.teachers ? [{ label: t('With'), value: row.teachers }] : []),
    ...(row.startDate ? [{ label: t('From'), value: sayDate(row.startDate, { year: true }) }] : []),
    ...(row.endDate ? [{ label: t('To'), value: sayDate(row.endDate, { year: true }) }] : []),
    ...(row.tuitionCents === null
      ? []
      : [{ label: t('Tuition'), value: `${price(row.tuitionCents)} ${t(tuitionPer(row))}` }]),
  ]
}

const kindWords: Record<WishType, string> = {
  active: 'Every week',
  trial: 'One trial lesson',
  single_day: 'One day',
  wait: 'Waitlist',
}

function kindsOf(account: Account, row: ClassRow, act: ReturnType<typeof actFor>) {
  return typesOf(account, row)
    .filter(type => (type === 'wait') === (act === 'Join waitlist'))
    .map(value => ({ value, label: t(kindWords[value]) }))
}

/** What the first month would cost; a discount depends on the family and is only named. */
async function firstPrice(account: Account, row: ClassRow, from: string): Promise<string | undefined> {
  if (row.tuitionCents === null) return
  const plain = { ...row, discounts: 0 }
  const { cents, until } = await firstTuition(account, plain, { studentId: 0, familyId: 0, from, to: row.endDate })
  const said = { from: sayDate(from), until: sayDate(until), amount: money(cents) }
  return row.discounts && row.discountScheduleId
    ? t('From {from} to {until} it is {amount}, less the discount of your family.', said)
    : t('From {from} to {until} it is {amount}.', said)
}
