import { ClassPage } from '../../views/portal/class'
import type { Errors } from '../../views/ui/form'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { type ClassRow, classById, nextMeeting, openings, sayAges, saySchedule } from '../classes/classes'
import { actFor, tuitionPer } from '../classes/finder'
import { addDays, sayDate, today } from '../clock'
import { read } from '../database'
import type { PublicContext } from '../doors'
import { found, NotFound, show } from '../http'
import { firstTuition } from '../ledger/pricing'
import { money, price } from '../money'
import * as paths from '../paths'
import { policyInTheWay } from '../policies/states'
import { because } from '../refusals'
import { familyEnrollments, notOver, sayStanding } from './family'
import { misfits } from './wishes'

interface Typed {
  student?: number
  kind?: string
  date?: string
  note?: string
  errors?: Errors
  status?: 409 | 422
}

/** One class as somebody sees it, with the form that asks for a place, what was typed and what was wrong with it. */
export async function classPage(c: PublicContext, classId: number, typed: Typed = {}) {
  const account = c.get('account')
  const guardian = c.get('guardian')
  const firstZone = businessZone(account)
  const [rows, own] = await read(account, [
    classById(account, classId),
    familyEnrollments(account, guardian?.family.id ?? 0, notOver(today(account.now, firstZone))),
  ])
  const row = found(rows)
  if (!row.showPortal || row.state !== 'active') throw new NotFound()
  const day = today(account.now, row.timeZone)
  const start = nextMeeting(row, row.startDate && row.startDate > day ? row.startDate : day) ?? day
  const date = typed.date || start
  const at = paths.portal(account.slug)
  const students = (guardian?.students ?? []).map(child => {
    const name = `${child.firstName} ${child.lastName}`
    const mine = own.find(each => each.classId === classId && each.studentId === child.id)
    if (mine) return { id: child.id, name, reason: `${sayStanding(mine, day).word} in this class already` }
    if (guardian?.access !== 'full') return { id: child.id, name, reason: because('limited-access') }
    if (!child.mayEnroll) return { id: child.id, name, reason: because('may-not-enroll') }
    // With a date that was typed the form stays: the message beside it says what does not fit.
    const [misfit] = misfits(account, row, child, start)
    if (misfit) return { id: child.id, name, reason: because(misfit) }
    const policy = policyInTheWay(account.slug, c.get('policies'), child.id, at.class(classId, { child: child.id }))
    return { id: child.id, name, reason: policy?.sentence, policyHref: policy?.href }
  })
  const act = actFor(account, row)
  const fitting = students.filter(({ reason }) => !reason)
  const student = fitting.find(({ id }) => id === typed.student)?.id ?? fitting[0]?.id
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
      students={students}
      student={student}
      act={act}
      kinds={kindsOf(account, act)}
      kind={typed.kind}
      startDate={{ value: date, min: day, max: addDays(day, account.settings['classreg.start_max_days']) }}
      note={typed.note ?? ''}
      money={student && act !== 'Join waitlist' ? await firstPrice(account, row, start) : undefined}
      suspended={guardian && guardian.family.state !== 'open' ? because('family-suspended') : undefined}
      errors={typed.errors}
    />,
    typed.status ?? 200,
  )
}

function factsOf(row: ClassRow) {
  const ages = sayAges(row)
  return [
    { label: 'Ages', value: ages === 'all ages' ? 'All ages' : ages.replace(/^./, first => first.toUpperCase()) },
    ...(row.gender === 'any' ? [] : [{ label: 'For', value: row.gender === 'female' ? 'Girls' : 'Boys' }]),
    { label: 'Where', value: row.locationName },
    { label: 'Program', value: row.programName },
    ...(row.teachers ? [{ label: 'With', value: row.teachers }] : []),
    ...(row.startDate ? [{ label: 'From', value: sayDate(row.startDate, { year: true }) }] : []),
    ...(row.endDate ? [{ label: 'To', value: sayDate(row.endDate, { year: true }) }] : []),
    ...(row.tuitionCents === null
      ? []
      : [{ label: 'Tuition', value: `${price(row.tuitionCents)} ${tuitionPer(row.tuitionUnit)}` }]),
  ]
}

function kindsOf(account: Account, act: ReturnType<typeof actFor>) {
  if (act === 'Join waitlist') return [{ value: 'wait', label: 'Waitlist' }]
  return [
    { value: 'active', label: 'Every week' },
    ...(account.settings['classreg.allow_trial'] ? [{ value: 'trial', label: 'One trial lesson' }] : []),
  ]
}

/** What the first month would cost; a discount depends on the family and is only named. */
async function firstPrice(account: Account, row: ClassRow, from: string): Promise<string | undefined> {
  if (row.tuitionCents === null) return
  const plain = { ...row, discounts: 0 }
  const { cents, until } = await firstTuition(account, plain, { studentId: 0, familyId: 0, from, to: row.endDate })
  const off = row.discounts && row.discountScheduleId ? ', less the discount of your family' : ''
  return `From ${sayDate(from)} to ${sayDate(until)} it is ${money(cents)}${off}.`
}
