import { eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { ageMisfit, type ClassRow, nextMeeting } from '../classes/classes'
import { addDays, sayDate, sayMoment, today } from '../clock'
import { t } from '../language'
import { because } from '../refusals'
import { families } from '../schema/families'
import { type Rules, settingsAt } from '../settings'
import type { FamilyEnrollment } from './family'

export type Child = Guardian['students'][number]

/** What enrolling depends on beside the child: all of it about the household. */
export interface Household {
  /** It has a keyword that gives priority. */
  priority: number
  /** Somebody of it was ever enrolled. */
  ever: number
  /** A charge is open past its due date. */
  overdue: number
}

/** Reads what enrolling depends on of a family. */
export function householdQuery(account: Account, familyId: number | SQL<number>) {
  const day = todayAt(account)
  return account.db
    .select({
      priority:
        sql<number>`exists (select 1 from keyword_links l join keywords k on k.id = l.keyword_id where l.subject = 'family' and l.subject_id = families.id and k.gives_priority = 1 and k.retired_at is null)`.as(
          'has_priority',
        ),
      ever: sql<number>`exists (select 1 from enrollments e where e.family_id = families.id and e.state = 'approved')`.as(
        'was_enrolled',
      ),
      overdue:
        sql<number>`exists (select 1 from charges d where d.family_id = families.id and d.open_cents > 0 and d.due_on < ${day})`.as(
          'is_overdue',
        ),
    })
    .from(families)
    .where(eq(families.id, familyId))
}

/** Why a child cannot be enrolled in a class: a code of the closed list, with the day or moment it is about. */
export interface Reason {
  code: string
  on?: string
  at?: number
}

/** The first day from which a family may ask for a place: today and the notice we want, or the first day of the class. */
export function soonest(account: Account, row: Pick<ClassRow, 'startDate' | 'timeZone' | 'locationId'>): string {
  const notice = settingsAt(account, row.locationId)['classreg.start_min_days']
  const day = addDays(today(account.now, row.timeZone), notice)
  return row.startDate && row.startDate > day ? row.startDate : day
}

/**
 * Everything that keeps a child from a class, each with its name (A24.2); a full class is no reason, and the policies
 * are the portal's to ask. Age is judged on the first day (A4).
 * @param household what the family brings; without it only the class and the child are looked at, as for a transfer
 */
export function reasons(
  account: Account,
  row: ClassRow,
  child: Child,
  startDate: string,
  household?: Household,
): Reason[] {
  const rules = settingsAt(account, row.locationId)
  const day = today(account.now, row.timeZone)
  const first = nextMeeting(row, startDate)
  const age = ageMisfit(child.birthDate, first ?? startDate, row)
  return [
    ...(row.state !== 'active' || !row.allowRegistration ? [{ code: 'class-closed' }] : []),
    ...registration(account, row, household),
    ...ofHousehold(account, household, row),
    ...(startDate < day ? [{ code: 'date-past' }] : []),
    ...(startDate >= day && startDate < addDays(day, rules['classreg.start_min_days'])
      ? [{ code: 'date-too-soon' }]
      : []),
    ...(startDate > addDays(day, rules['classreg.start_max_days']) ? [{ code: 'date-too-far' }] : []),
    ...(first ? [] : [{ code: 'not-in-season' }]),
    ...(age ? [{ code: age, on: first ?? startDate }] : []),
    ...(row.gender !== 'any' && child.gender !== 'unstated' && child.gender !== row.gender
      ? [{ code: 'wrong-gender' }]
      : []),
  ]
}

/** Before registration opens the priority window lets in those with the keyword, where there is one (A4). */
export function registration(
  { now }: Pick<Account, 'now'>,
  row: Pick<ClassRow, 'registrationFrom' | 'registrationTo' | 'priorityFrom' | 'priorityTo'>,
  household?: Household,
): Reason[] {
  const { registrationFrom: from, registrationTo: to, priorityFrom, priorityTo } = row
  if (to !== null && now > to) return [{ code: 'registration-over' }]
  const opensFor = priorityFrom !== null && now >= priorityFrom && (priorityTo === null || now <= priorityTo)
  if (opensFor && (from === null || now < from)) {
    if (household?.priority) return []
    return [{ code: 'priority-only', at: from ?? priorityTo ?? undefined }]
  }
  return from !== null && now < from ? [{ code: 'registration-not-open', at: from }] : []
}

/** What the class, its program or the business asks of families, the first that asks anything (CP7). */
export function ofHousehold(
  account: Rules & Pick<Account, 'now'>,
  household: Household | undefined,
  { locationId, openTo, openToUntil }: Pick<ClassRow, 'locationId' | 'openTo' | 'openToUntil'>,
): Reason[] {
  if (!household) return []
  const { now } = account
  const rules = settingsAt(account, locationId)
  const limited = openTo !== 'all'
  const open = limited && openToUntil !== null && now >= openToUntil
  const who = open ? 'all' : limited ? openTo : rules['classreg.families']
  return [
    ...(who === 'new' && household.ever ? [{ code: 'new-families-only' }] : []),
    ...(who === 'returning' && !household.ever ? [{ code: 'returning-only' }] : []),
    ...(rules['classreg.block_overdue'] && household.overdue ? [{ code: 'balance-due' }] : []),
  ]
}

/** A reason as families read it, with its day or moment. */
export function sayReason({ code, on, at }: Reason, zone: string): string {
  if (code === 'too-young' && on) return t('Too young on {date}.', { date: sayDate(on, { year: true }) })
  if (code === 'too-old' && on) return t('Too old on {date}.', { date: sayDate(on, { year: true }) })
  if (code === 'registration-not-open' && at)
    return t('Registration opens on {moment}.', { moment: sayMoment(at, zone) })
  if (code === 'priority-only' && at)
    return t('Until {moment} only families with priority can enroll.', { moment: sayMoment(at, zone) })
  return t(because(code))
}

/** Which of a child's classes meet at the same time as this one: no reason to refuse, but worth a word (A24.2). */
export function clashes(row: Pick<ClassRow, 'id' | 'slots'>, studentId: number, own: FamilyEnrollment[], from: string) {
  return own.filter(
    one =>
      one.studentId === studentId &&
      one.classId !== row.id &&
      one.type === 'active' &&
      (one.dropDate ?? '9999-12-31') >= from &&
      one.slots.some(mine =>
        row.slots.some(slot => slot.weekday === mine.weekday && slot.start < mine.end && mine.start < slot.end),
      ),
  )
}
