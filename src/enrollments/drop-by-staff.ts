import { asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import type { ClassRow } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import { addDays, sayDate, today } from '../clock'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { NotFound } from '../http'
import { periodOf } from '../ledger/periods'
import { notify } from '../messages/notices'
import { money } from '../money'
import { dropReasons, enrollments } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { namesIn } from './about'
import { endEnrollment, stillRuns, subjects } from './drops'
import { isOneDay, noSuchEnrollment } from './enroll'
import type { EnrollmentRow } from './enrollments'
import { askedQuery, type Dropped, dropQuery, enrollmentQueries, theirs } from './record'
import { chargeAgain, chargedQuery, creditUnused, type Unused, unusedAfter } from './unused'

/** All reasons that staff choose from; families see only some of them. */
export const staffReasons = ({ db }: Account) =>
  db
    .select({ value: dropReasons.id, label: dropReasons.name })
    .from(dropReasons)
    .where(isNull(dropReasons.retiredAt))
    .orderBy(asc(dropReasons.sort), asc(dropReasons.id))

/** What a drop by staff comes to. */
export interface DropPlan {
  enrollment: EnrollmentRow
  row: ClassRow
  lastDay: string
  /** Why it cannot be, as a code. */
  never?: string
  /** What was charged for days after the last one. */
  unused: Unused
  /** What the family asked about it and nobody decided: the entry of the window. */
  asked?: { id: number; kind: string }
  reasons: { value: number; label: string }[]
}

/** @param lastDay nothing for the day that is offered first: today, or the first day of what is still to come */
export async function planDrop(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  lastDay?: string,
): Promise<DropPlan> {
  const [mine, rows, charged, [asked], reasons] = await read(account, [
    ...enrollmentQueries(account, id),
    chargedQuery(account, id),
    askedQuery(account, id),
    staffReasons(account),
  ])
  const { enrollment, row } = theirs(person, [mine, rows])
  if (enrollment.state === 'requested') throw new NotFound()
  const day = today(account.now, row.timeZone)
  const { type, startDate } = enrollment
  const offered = startDate > day ? startDate : day
  const last = isOneDay(type) ? startDate : type === 'wait' ? day : (lastDay ?? offered)
  const all = isOneDay(type) ? addDays(startDate, -1) : last
  return {
    enrollment,
    row,
    lastDay: last,
    never: neverDropped(enrollment, last, day, asked),
    unused: unusedAfter(row, charged, all),
    asked,
    reasons,
  }
}

function neverDropped(
  { state, type, startDate, dropDate }: EnrollmentRow,
  lastDay: string,
  day: string,
  asked: DropPlan['asked'],
): string | undefined {
  if (state !== 'approved') return 'already-handled'
  if (asked?.kind === 'drop') return 'drop-open'
  if (asked?.kind === 'transfer') return 'transfer-open'
  if (type === 'wait') return
  if (dropDate && dropDate < day) return 'already-handled'
  if (lastDay < startDate) return 'transfer-dates'
  if (dropDate && lastDay > dropDate) return 'drop-beyond'
}

export interface StaffDrop {
  lastDay: string
  reasonId: number | null
  notes: string | null
  /** Gives back what was shown, in cents. */
  post: boolean
  cents: number
  mail: boolean
}

/**
 * Staff drop a student from a class, or take one off its waitlist: the enrollment ends with the last day, its place is
 * free from the next one on, and what was paid for later days is given back where that was chosen (BY6).
 * @throws NotFound; Refusal 'already-handled', 'drop-open', 'transfer-open', 'transfer-dates', 'drop-beyond',
 *   'price-changed'
 */
export async function dropByStaff(
  account: Account,
  person: Pick<Staffer, 'locationIds'>,
  id: number,
  wish: StaffDrop,
  answer: Answer,
): Promise<void> {
  const plan = await planDrop(account, person, id, wish.lastDay)
  const { enrollment, row, lastDay, unused } = plan
  if (plan.never) throw new Refusal(plan.never)
  if (wish.post && unused.cents !== wish.cents) throw new Refusal('price-changed')
  const { db, now } = account
  const credit = wish.post ? unused.cents : 0
  const waits = enrollment.type === 'wait'
  const on = today(now, row.timeZone)
  const why = `${row.name}: not used after ${sayDate(lastDay)}`
  await commit(
    account,
    [
      must(account, stillRuns(enrollment, lastDay), 'already-handled'),
      must(
        account,
        sql`not exists (select 1 from ${dropRequests} where ${dropRequests.enrollmentId} = ${id} and ${dropRequests.state} = 'requested')`,
        'drop-open',
      ),
      db.insert(dropRequests).values({
        enrollmentId: id,
        onDate: lastDay,
        dropReasonId: wish.reasonId,
        state: 'approved',
        notes: wish.notes,
        previousDropDate: enrollment.dropDate,
        creditCents: credit,
        createdAt: now,
        decidedAt: now,
      }),
      endEnrollment(account, enrollment, lastDay, { reasonId: wish.reasonId }),
      ...(credit
        ? creditUnused(account, unused, {
            familyId: enrollment.familyId,
            locationId: row.locationId,
            on,
            why,
          })
        : []),
      ...audit(
        account,
        'drop',
        waits
          ? `took ${enrollment.studentName} off the waitlist of ${row.name}`
          : `dropped ${enrollment.studentName} from ${row.name}, last day ${lastDay}${credit ? `, credited ${money(credit)}` : ''}`,
        subjects(enrollment),
        {
          before: { dropDate: enrollment.dropDate },
          after: { dropDate: lastDay, notes: wish.notes, credited: credit },
        },
      ),
      ...(wish.mail ? tell(account, plan, credit, why) : []),
    ],
    answer,
  )
}

function tell(account: Account, { enrollment, row, lastDay }: DropPlan, credit: number, why: string): Statement[] {
  const { familyId } = enrollment
  return [
    notify(account, {
      familyId,
      template: 'drop-approved',
      values: { ...namesIn(enrollment, row), last_day: () => sayDate(lastDay, { weekday: true }) },
    }),
    ...(credit
      ? [notify(account, { familyId, template: 'credit-added', values: { amount: money(credit), reason: why } })]
      : []),
  ]
}

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
