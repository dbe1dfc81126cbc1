import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import type { ClassRow } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import { addDays, today } from '../clock'
import { type Answer, commit, must, Refusal, read } from '../database'
import { periodOf } from '../ledger/periods'
import { money } from '../money'
import { enrollments } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { subjects } from './drops'
import { isOneDay, noSuchEnrollment } from './enroll'
import type { EnrollmentRow } from './enrollments'
import { type Dropped, dropQuery, enrollmentQueries, theirs } from './record'
import { chargeAgain } from './unused'

/** What undoing a drop would bring back; whether the place is free is asked when it is done (BY14). */
export interface UndoPlan {
  drop: Dropped
  /** The last day that comes back; nothing where there was none. */
  until: string | null
  /** The first day that the student has again. */
  from: string
  /** The billing period of its last day is over. */
  over: boolean
}

/** What stood before: the end of the class for a drop of old, of which nothing was kept. */
const restored = ({ type, startDate }: EnrollmentRow, row: ClassRow, drop: Dropped) =>
  isOneDay(type) ? startDate : type === 'wait' ? null : (drop.previousDropDate ?? row.endDate)

/** Whether an enrollment stands as its drop left it. */
const asDropped = ({ type, state, dropDate }: EnrollmentRow, drop: Dropped) =>
  isOneDay(type) || type === 'wait' ? state === 'cancelled' : state === 'approved' && dropDate === drop.onDate

function undoing(account: Account, enrollment: EnrollmentRow, row: ClassRow, drop: Dropped) {
  const day = today(account.now, row.timeZone)
  const { id, studentId, classId, type } = enrollment
  const until = restored(enrollment, row, drop)
  const from = isOneDay(type) ? enrollment.startDate : type === 'wait' ? day : addDays(drop.onDate, 1)
  const over = isOneDay(type)
    ? enrollment.startDate < day
    : type === 'wait'
      ? false
      : day > periodOf(row, drop.onDate).to || (until !== null && until < day)
  const others = sql`not exists (select 1 from ${enrollments} o where o.from_enrollment_id = ${id} and o.state <> 'cancelled')`
  return {
    until,
    from,
    over,
    unmoved: others,
    // The enrollment itself ends before the days that come back, so it is not in its own way.
    unique: noSuchEnrollment(studentId, classId, type, from, until),
    // Days that have passed need no place any more.
    places: { classId, from: from > day ? from : day, to: until, timeZone: row.timeZone },
  }
}

/** What undoing the drop of an enrollment would bring back; nothing where it was not dropped, or was changed since. */
export function undoOf(
  account: Account,
  enrollment: EnrollmentRow,
  row: ClassRow,
  drop: Dropped | undefined,
): UndoPlan | undefined {
  if (!drop || row.kind === 'camp' || !asDropped(enrollment, drop)) return
  const { until, from, over } = undoing(account, enrollment, row, drop)
  return { drop, until, from, over }
}

/** The same of days of a camp: until the first of them comes. @param has the days that it has now */
export function daysUndo(
  account: Account,
  { state, dropDate }: EnrollmentRow,
  { timeZone }: Pick<ClassRow, 'timeZone'>,
  drop: Dropped | undefined,
  has: readonly string[],
): (UndoPlan & { days: string[] }) | undefined {
  const days = [...(drop?.days ?? [])].sort()
  const [first] = days
  const stands = has.length ? state === 'approved' : state === 'cancelled'
  if (!drop || !first || !stands || days.some(day => has.includes(day))) return
  return { drop, days, until: dropDate, from: first, over: first < today(account.now, timeZone) }
}

/**
 * Staff take a drop back, whoever made it: within the billing period of its last day, and while the place is free.
 * What it gave back is charged again.
 * @throws NotFound; Refusal 'undo-over', 'class-full', 'already-enrolled', 'already-waiting', 'changed-meanwhile'
 */
export async function undoDrop(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  answer: Answer,
): Promise<void> {
  const [mine, rows, [drop]] = await read(account, [...enrollmentQueries(account, id), dropQuery(account, id)])
  const { enrollment, row } = theirs(person, [mine, rows])
  if (!drop || row.kind === 'camp' || !asDropped(enrollment, drop)) throw new Refusal('already-handled')
  const { until, from, over, unmoved, unique, places } = undoing(account, enrollment, row, drop)
  if (over) throw new Refusal('undo-over')
  const { db, now } = account
  const waits = enrollment.type === 'wait'
  const on = today(now, row.timeZone)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${dropRequests} where ${dropRequests.id} = ${drop.id} and ${dropRequests.undoneAt} is null)`,
        'already-handled',
      ),
      must(account, unmoved, 'changed-meanwhile'),
      must(account, unique, waits ? 'already-waiting' : 'already-enrolled'),
      ...(waits ? [] : [mustHaveSeat(account, places)]),
      db.update(dropRequests).set({ undoneAt: now }).where(eq(dropRequests.id, drop.id)),
      db
        .update(enrollments)
        .set({
          state: 'approved',
          dropDate: until,
          dropReasonId: null,
          autoDropped: 0,
          updatedAt: now,
        })
        .where(eq(enrollments.id, id)),
      ...chargeAgain(account, enrollment, row, {
        cents: drop.creditCents,
        lastDay: drop.onDate,
        from,
        until,
        on,
      }),
      ...audit(
        account,
        'undo drop',
        `took back the drop of ${enrollment.studentName} from ${row.name}${until ? `, until ${until}` : ''}${drop.creditCents ? `, charged ${money(drop.creditCents)} again` : ''}`,
        subjects(enrollment),
        { before: { dropDate: enrollment.dropDate, state: enrollment.state }, after: { dropDate: until } },
      ),
    ],
    answer,
  )
}
