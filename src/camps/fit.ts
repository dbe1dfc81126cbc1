import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { ageMisfit } from '../classes/classes'
import { today } from '../clock'
import { must, type Statement } from '../database'
import { type Child, type Household, ofHousehold, type Reason, registration } from '../enrollments/eligibility'
import { policiesAccepted } from '../policies/gate'
import type { Rules } from '../settings'
import type { CampRow } from './camps'

type Asked = Pick<
  CampRow,
  | 'state'
  | 'locationId'
  | 'allowRegistration'
  | 'registrationFrom'
  | 'registrationTo'
  | 'priorityFrom'
  | 'priorityTo'
  | 'endDate'
  | 'minAge'
  | 'maxAge'
  | 'gender'
>

/**
 * Everything that keeps a child from a camp, each with its name (A24.2, CP1); full days are the page's to show, and the
 * policies the portal's to ask. Age is judged on the first day that is asked for.
 * @param zone the camp's location's
 * @param child nobody before the log-in: then only the camp can say why not
 */
export function campReasons(
  account: Rules & Pick<Account, 'now'>,
  camp: Asked,
  zone: string,
  from: string,
  child?: Pick<Child, 'birthDate' | 'gender'>,
  household?: Household,
): Reason[] {
  const over = !camp.endDate || camp.endDate < today(account.now, zone)
  const age = child && ageMisfit(child.birthDate, from, camp)
  const other = child && camp.gender !== 'any' && child.gender !== 'unstated' && child.gender !== camp.gender
  return [
    ...(camp.state !== 'active' || !camp.allowRegistration ? [{ code: 'camp-closed' }] : []),
    ...(over ? [{ code: 'camp-over' }] : registration(account, camp, household)),
    ...(child ? ofHousehold(account, household, { ...camp, openTo: 'all', openToUntil: null }) : []),
    ...(age ? [{ code: age, on: from }] : []),
    ...(other ? [{ code: 'wrong-gender' }] : []),
  ]
}

/** What days of a camp are asked for. */
export interface DaysWish {
  campId: number
  familyId: number
  studentId: number
  days: readonly string[]
  /** A hold of the same cart, which is about to become the enrollment. */
  ownItem?: number
}

/** Days as rows `value` of a query. */
const each = (days: readonly string[]) => sql`json_each(${JSON.stringify(days)}) d`

/** True when one of the days has no place left, by the camp's maximum or by its block's. Holds that ran out count for nothing. */
function oneIsFull(account: Pick<Account, 'now'>, campId: number, days: SQL, ownItem?: number) {
  const taken = sql`(select count(*) from seats s where s.class_id = m.class_id and s.to_date >= m.on_date and s.from_date <= m.on_date and (s.expires_at is null or s.expires_at > ${account.now}) and s.cart_item_id is not ${ownItem ?? -1})`
  return sql`exists (select 1 from ${days} cross join meetings m join camp_blocks b on b.id = m.camp_block_id join classes k on k.id = m.class_id where m.class_id = ${campId} and m.on_date = d.value and ${taken} >= min(k.max_students, coalesce(b.max_students, k.max_students)))`
}

/** True when each of the days has a place, counted day by day. */
export const daysAreFree = (
  account: Pick<Account, 'now'>,
  { campId, days, ownItem }: Omit<DaysWish, 'familyId' | 'studentId'>,
) =>
  sql`(select state = 'active' from classes where id = ${campId}) and not ${oneIsFull(account, campId, each(days), ownItem)}`

/** True when none of what is asked for could be had: each of some groups of days has one that is full. */
export const noneIsFree = (account: Pick<Account, 'now'>, campId: number, groups: string[][]) =>
  sql`not exists (select 1 from json_each(${JSON.stringify(groups)}) g where not ${oneIsFull(account, campId, sql`json_each(g.value) d`)})`

/** True of a child that has one of these days already, or waits for one. */
export const hasOneOf = ({ campId, studentId, days }: Omit<DaysWish, 'familyId'>, what: 'place' | 'wait') =>
  sql`exists (select 1 from enrollments e join enrollment_days x on x.enrollment_id = e.id where e.student_id = ${studentId} and e.class_id = ${campId} and e.state <> 'cancelled' and (e.type = 'wait') = ${what === 'wait' ? 1 : 0} and x.on_date in (select value from ${each(days)}))`

/** Guards that the days are there and to come, and not had by the child yet. */
export const mustBeOpenTo = (account: Account, wish: Omit<DaysWish, 'familyId'>): Statement[] => [
  must(
    account,
    sql`(select count(*) from ${each(wish.days)} cross join meetings m where m.class_id = ${wish.campId} and m.on_date = d.value and m.state = 'planned' and m.camp_block_id is not null and m.starts_at > ${account.now}) = ${wish.days.length}`,
    'camp-day-gone',
  ),
  must(account, sql`not ${hasOneOf(wish, 'place')}`, 'already-enrolled'),
]

/** Guards that a child may have these days: policies, the days are there, not had yet, and free (BY1). */
export const mustFit = (account: Account, wish: DaysWish & { takesSeat: boolean }): Statement[] => [
  must(account, policiesAccepted(wish.familyId, wish.studentId), 'policy-open'),
  ...mustBeOpenTo(account, wish),
  ...(wish.takesSeat ? [must(account, daysAreFree(account, wish), 'camp-full')] : []),
]
