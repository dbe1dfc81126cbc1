import { asc, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Staffer } from '../auth/permissions'
import type { ClassRow } from '../classes/classes'
import { addDays, sayDate, today } from '../clock'
import { type Answer, commit, must, Refusal, read, type Statement } from '../database'
import { NotFound } from '../http'
import { notify } from '../messages/notices'
import { money } from '../money'
import { dropReasons } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { namesIn } from './about'
import { endEnrollment, stillRuns, subjects } from './drops'
import { isOneDay } from './enroll'
import type { EnrollmentRow } from './enrollments'
import { askedQuery, enrollmentQueries, theirs } from './record'
import { chargedQuery, creditUnused, type Unused, unusedAfter } from './unused'

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
