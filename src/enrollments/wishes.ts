import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, classById, nextMeeting } from '../classes/classes'
import { slotsOn } from '../classes/timetable'
import { choicesOf, pricedBy, tuitionsQuery } from '../classes/tuitions'
import { addDays, instant, today } from '../clock'
import { Refusal, read } from '../database'
import { found, NotFound } from '../http'
import { settingsAt } from '../settings'
import { keptFromEnrolling } from '../students/profile'
import { type Child, type Household, householdQuery, reasons, soonest } from './eligibility'

export type { Child } from './eligibility'

export type WishType = 'active' | 'trial' | 'single_day' | 'wait'

/** What a family asks for. */
export interface Wish {
  studentId: number
  classId: number
  type: WishType
  /** The day from which; it moves to the next meeting. */
  startDate: string
  notes: string | null
  /** Of several ways to pay the class, this one. */
  scheduleId?: number | null
}

/** Codes of the reasons why a child does not fit a class; see reasons(). */
export const misfits = (account: Account, row: ClassRow, child: Child, startDate: string, household?: Household) =>
  reasons(account, row, child, startDate, household).map(({ code }) => code)

/** The same for several children of a family. */
export type Wishes = Omit<Wish, 'studentId'> & { studentIds: number[] }

/** Where classes are not shown, nothing further is asked for in them by families (A26). @throws Refusal 'switched-off' */
export function mustShowClasses({ settings }: Pick<Account, 'settings'>) {
  if (!settings['portal.show_classes']) throw new Refusal('switched-off')
}

/** In which ways a class can be asked for, by the settings and the class (A4). */
export function typesOf(
  account: Account,
  row: Pick<ClassRow, 'locationId' | 'singleDayOnly' | 'singleDayCents'>,
): WishType[] {
  const settings = settingsAt(account, row.locationId)
  const oneDay = settings['classreg.allow_single_day'] && (row.singleDayOnly === 1 || row.singleDayCents !== null)
  return [
    ...(row.singleDayOnly ? [] : (['active'] as const)),
    ...(settings['classreg.allow_trial'] && !row.singleDayOnly ? (['trial'] as const) : []),
    ...(oneDay ? (['single_day'] as const) : []),
    ...(settings['classreg.allow_waitlist'] ? (['wait'] as const) : []),
  ]
}

/** A wish that may be granted: the class priced as it was chosen, the child, and the first day. */
export interface Granted {
  row: ClassRow
  child: Pick<Child, 'id' | 'firstName' | 'lastName'>
  startDate: string
}

/**
 * The family's child, when whoever asks may enroll it: the limited view of a secondary guardian only looks (A24), and a
 * child of two households may be one's alone (BY7).
 * @throws NotFound; Refusal 'limited-access', 'may-not-enroll', 'profile-incomplete', 'family-suspended'
 */
export function enrollable(account: Account, guardian: Guardian, studentId: number): Child {
  const child = guardian.students.find(({ id }) => id === studentId)
  if (!child) throw new NotFound()
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  const kept = keptFromEnrolling(account, child)
  if (kept) throw new Refusal(kept)
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  return child
}

/** Reads the class and finds the family's child. @throws NotFound; Refusal with the first true reason */
export const grantable = async (account: Account, guardian: Guardian, { studentId, ...wish }: Wish): Promise<Granted> =>
  found(await allGrantable(account, guardian, { ...wish, studentIds: [studentId] }))

/** The same for several children, each of them once. @throws NotFound; Refusal with the first true reason of any */
export async function allGrantable(account: Account, guardian: Guardian, wish: Wishes): Promise<Granted[]> {
  mustShowClasses(account)
  const children = [...new Set(wish.studentIds)].map(id => enrollable(account, guardian, id))
  const [[row], [household], tuitions] = await read(account, [
    classById(account, wish.classId),
    householdQuery(account, guardian.family.id),
    tuitionsQuery(account, [wish.classId], true),
  ])
  if (!row?.showPortal) throw new NotFound()
  if (!typesOf(account, row).includes(wish.type)) throw new Refusal('switched-off')
  // A price that is not offered, because it is gone or comes with a code alone, is nobody's to choose.
  if (wish.scheduleId && !choicesOf(tuitions, row.id).some(one => one.billingScheduleId === wish.scheduleId))
    throw new Refusal('changed-meanwhile')
  const chosen = wish.type !== 'active' || settingsAt(account, row.locationId)['classreg.choose_start']
  if (chosen && !wish.startDate) throw new Refusal('start-date-missing')
  const startDate = chosen ? wish.startDate : soonest(account, row)
  return children.map(child => {
    const [reason] = misfits(account, row, child, startDate, household)
    if (reason) throw new Refusal(reason)
    return {
      row: pricedBy(row, tuitions, wish.scheduleId),
      child,
      startDate: firstDay(account, row, wish.type, startDate),
    }
  })
}

/**
 * The first day of an enrollment: the next meeting on or after the day that was chosen, or that day itself where the
 * business lets it. A lesson that has begun, or is about to, is over for whoever asks now.
 * @throws Refusal 'date-past' for a single lesson that is over
 */
export function firstDay(account: Account, row: ClassRow, type: WishType, startDate: string): string {
  const settings = settingsAt(account, row.locationId)
  const { now } = account
  const first = nextMeeting(row, startDate) ?? startDate
  const slot = slotsOn(row, first)[0]
  const cutoff = settings['classreg.same_day_cutoff_min'] * 60_000
  const begun = slot && instant(first, slot.start, row.timeZone) - cutoff <= now
  if (begun) {
    if (type === 'trial' || type === 'single_day') throw new Refusal('date-past')
    return nextMeeting(row, addDays(first, 1)) ?? first
  }
  const asChosen = type === 'active' && !settings['classreg.force_start_to_meeting']
  return asChosen && startDate >= today(now, row.timeZone) ? startDate : first
}
