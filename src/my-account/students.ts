import type { Request, StudentPart } from '../../views/portal/students'
import { type Account, businessZone, todayAt } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { sayDays } from '../camps/camps'
import { nextMeeting, saySchedule } from '../classes/classes'
import { slotsOn } from '../classes/timetable'
import { ageOn, sayDate, sayTime, today } from '../clock'
import { type FamilyEnrollment, sayStanding } from '../enrollments/family'
import { type absencesOf, type dropsOf, sayState, type transfersOf } from '../enrollments/requests'
import { t } from '../language'
import { makesUpAnywhere } from '../makeups/book'
import * as paths from '../paths'
import { type PolicyState, policyInTheWay } from '../policies/states'
import { isOnAnywhere, settingsAt } from '../settings'

type Rows<Q extends (...args: never[]) => PromiseLike<unknown>> = Awaited<ReturnType<Q>>
interface Found {
  enrollments: FamilyEnrollment[]
  drops: Rows<typeof dropsOf>
  transfers: Rows<typeof transfersOf>
  absences: Rows<typeof absencesOf>
  policies: PolicyState[]
}

/** Each child of Your Student(s), with what is switched on (MA1, MA2). */
export function studentParts(account: Account, guardian: Guardian, found: Found): StudentPart[] {
  const day = todayAt(account)
  return guardian.students.map(({ id, firstName, birthDate }) => {
    const own = found.enrollments.filter(({ studentId }) => studentId === id)
    const running = own.filter(({ dropDate }) => !dropDate || dropDate >= day)
    const at = paths.portal(account.slug)
    const absences = found.absences.filter(each => each.studentId === id && each.state !== 'denied').length
    return {
      id,
      name: firstName,
      age: birthDate ? ageOn(birthDate, day) : undefined,
      next: nextOf(running, day),
      rejectedHref: rejected(account, found.policies, id),
      current: running.filter(({ type }) => type !== 'wait').map(each => course(account, guardian, each, day)),
      waitlist: running.filter(({ type }) => type === 'wait').map(each => course(account, guardian, each, day)),
      past: own
        .filter(each => !running.includes(each) && each.state === 'approved')
        .reverse()
        .map(({ className, slots, startDate, dropDate }) => ({
          name: className,
          about: `${saySchedule(slots)}, ${dropDate && dropDate !== startDate ? t('{first} to {last}', { first: sayDate(startDate, { year: true }), last: sayDate(dropDate, { year: true }) }) : sayDate(startDate, { year: true })}`,
        })),
      classesHref: account.settings['portal.show_classes'] ? at.classes({ child: id }) : undefined,
      requests: requestsOf(account, guardian, found, id),
      tiles: [
        ...(isOnAnywhere(account, 'absence.allow') && guardian.access === 'full'
          ? [
              {
                label: 'Future Absences',
                note: absences ? t('{count} planned', { count: absences }) : undefined,
                href: at.absences(id),
                icon: 'absent',
              },
            ]
          : []),
        { label: 'Evaluations', href: at.evaluations(id), icon: 'skills' },
        ...(account.settings['attendance.show']
          ? [{ label: 'Attendance', href: at.attendance(id), icon: 'check' }]
          : []),
        ...(makesUpAnywhere(account) ? [{ label: 'Makeups', href: at.makeups(id), icon: 'repeat' }] : []),
        ...(account.settings['portal.show_qr'] ? [{ label: 'QR Codes', href: at.qrCodes(id), icon: 'qr' }] : []),
        ...(account.settings['pass.show'] ? [{ label: 'Passes', href: at.passes(id), icon: 'pass' }] : []),
        { label: 'Edit Student', href: at.student(id), icon: 'pencil' },
      ],
    }
  })
}

function course(account: Account, guardian: Guardian, enrollment: FamilyEnrollment, day: string) {
  const { id, className, slots, teachers, locationName, type, state, startDate, dropDate, position } = enrollment
  const settings = settingsAt(account, enrollment.locationId)
  const settled = state === 'approved' && type !== 'wait'
  const full = guardian.access === 'full'
  const asked = enrollment.dropAsked === 1 || enrollment.transferAsked === 1
  return {
    id,
    name: className,
    about: [
      enrollment.campDays ? sayDays(enrollment.campDays, t('to')) : saySchedule(slots),
      teachers && t('with {name}', { name: teachers }),
      locationName,
      !enrollment.campDays && startDate > day && t('from {date}', { date: sayDate(startDate) }),
      !enrollment.campDays && type === 'active' && dropDate && t('until {date}', { date: sayDate(dropDate) }),
      position && t('number {position} on the waitlist', { position }),
    ]
      .filter(Boolean)
      .join(', '),
    state: sayStanding(enrollment, day),
    camp: enrollment.campDays !== null,
    may: {
      // A camp is not moved by its family; its days are given back one by one.
      transfer:
        full &&
        settings['portal.show_classes'] &&
        settings['transfer.allow'] &&
        settled &&
        !asked &&
        !enrollment.campDays,
      drop: full && settings['drop.allow'] && settled && !asked,
      absence: full && settings['absence.allow'] && settled && !enrollment.campDays,
      cancelWaitlist: full && settings['classreg.allow_cancel_waitlist'] && type === 'wait' && state === 'approved',
    },
  }
}

/** "Next: Mon, Nov 23, 4:15 pm" */
function nextOf(running: FamilyEnrollment[], day: string): string | undefined {
  const [first] = running
    .filter(({ type, state }) => type !== 'wait' && state === 'approved')
    .flatMap(({ slots, classStart, classEnd, closures, startDate, dropDate }) => {
      const dates = { slots, startDate: classStart, endDate: classEnd, closures }
      const on = nextMeeting(dates, startDate > day ? startDate : day)
      const slot = on && slotsOn({ slots }, on)[0]
      return on && slot && (!dropDate || on <= dropDate) ? [{ on, start: slot.start }] : []
    })
    .sort((a, b) => `${a.on}${a.start}`.localeCompare(`${b.on}${b.start}`))
  return first && t('Next: {date}, {time}', { date: sayDate(first.on, { weekday: true }), time: sayTime(first.start) })
}

/** The rejected required policy of a child, with the way back to the classes (PO6). */
function rejected(account: Account, policies: PolicyState[], studentId: number): string | undefined {
  const has = policies.some(each => each.studentId === studentId && each.required && each.answer === 'rejected')
  const at = paths.portal(account.slug)
  const next = account.settings['portal.show_classes'] ? at.classes({ child: studentId }) : at.account()
  return has ? policyInTheWay(account.slug, policies, studentId, next)?.href : undefined
}

function requestsOf(
  account: Account,
  { access }: Guardian,
  { enrollments, drops, transfers }: Found,
  id: number,
): Request[] {
  const zone = businessZone(account)
  const line = (
    kind: Request['kind'],
    what: string,
    each: {
      id: number
      onDate: string
      days?: string[] | null
      createdAt: number
      state: 'requested' | 'approved' | 'denied' | 'withdrawn'
    },
  ): Request & { at: number } => ({
    kind,
    id: each.id,
    what,
    when: t('for {date}, asked on {day}', {
      date: each.days ? sayDays(each.days, t('to')) : sayDate(each.onDate, { weekday: true }),
      day: sayDate(today(each.createdAt, zone)),
    }),
    state: sayState(each.state),
    withdrawKey: each.state === 'requested' && access === 'full' ? crypto.randomUUID() : undefined,
    at: each.createdAt,
  })
  const asked = enrollments.filter(({ studentId, state }) => studentId === id && state === 'requested')
  return [
    ...asked.map(each =>
      line(
        'enrollments',
        each.type === 'wait'
          ? t('Waitlist of {name}', { name: each.className })
          : t('Enroll in {name}', { name: each.className }),
        {
          ...each,
          onDate: each.startDate,
          state: 'requested',
        },
      ),
    ),
    ...drops
      .filter(({ studentId }) => studentId === id)
      .map(each => line('drops', t('Drop {name}', { name: each.className }), each)),
    ...transfers
      .filter(({ studentId }) => studentId === id)
      .map(each => line('transfers', t('Transfer to {name}', { name: each.className }), each)),
  ].sort((a, b) => b.at - a.at)
}
