import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { ageMisfit } from '../classes/classes'
import { today } from '../clock'
import { must, type Statement } from '../database'
import { type Child, type Household, ofHousehold, type Reason, registration } from '../enrollments/eligibility'
import { policiesAccepted } from '../policies/gate'
import type { CampRow } from './camps'

type Asked = Pick<
  CampRow,
  | 'state'
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
  account: Pick<Account, 'now' | 'settings'>,
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
    ...(child ? ofHousehold(account, household) : []),
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

/** True when each of the days has a place, counted day by day and for a block's own maximum too. Holds that ran out count for nothing. */
export function daysAreFree(
  account: Pick<Account, 'now'>,
  { campId, days, ownItem }: Omit<DaysWish, 'familyId' | 'studentId'>,
) {
  const taken = sql`(select count(*) from seats s where s.class_id = m.class_id and s.to_date >= m.on_date and s.from_date <= m.on_date and (s.expires_at is null or s.expires_at > ${account.now}) and s.cart_item_id is not ${ownItem ?? -1})`
  return sql`(select state = 'active' from classes where id = ${campId}) and not exists (select 1 from ${each(days)} cross join meetings m join camp_blocks b on b.id = m.camp_block_id join classes k on k.id = m.class_id where m.class_id = ${campId} and m.on_date = d.value and ${taken} >= min(k.max_students, coalesce(b.max_students, k.max_students)))`
}

/** Guards that a child may have these days: policies, the days are there, not had yet, and free (BY1). */
export function mustFit(account: Account, wish: DaysWish & { takesSeat: boolean }): Statement[] {
  const { campId, familyId, studentId, days, takesSeat } = wish
  return [
    must(account, policiesAccepted(familyId, studentId), 'policy-open'),
    must(
      account,
      sql`(select count(*) from ${each(days)} cross join meetings m where m.class_id = ${campId} and m.on_date = d.value and m.state = 'planned' and m.camp_block_id is not null and m.starts_at > ${account.now}) = ${days.length}`,
      'camp-day-gone',
    ),
    must(
      account,
      sql`not exists (select 1 from enrollments e join enrollment_days x on x.enrollment_id = e.id where e.student_id = ${studentId} and e.class_id = ${campId} and e.state <> 'cancelled' and x.on_date in (select value from ${each(days)}))`,
      'already-enrolled',
    ),
    ...(takesSeat ? [must(account, daysAreFree(account, wish), 'camp-full')] : []),
  ]
}
