import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { closeAbout, log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, saySchedule } from '../classes/classes'
import { addDays, sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { dropReasons, enrollments } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { settingsAt } from '../settings'
import { namesIn } from './about'
import { isOneDay } from './enroll'
import { type EnrollmentRow, enrollmentWithClass, stillAsked } from './enrollments'

export interface DropWish {
  /** The last day in the class. */
  onDate: string
  reasonId: number | null
  notes: string | null
}

/** The reasons families may choose from. */
export function dropReasonsQuery(account: Account) {
  return account.db
    .select({ id: dropReasons.id, name: dropReasons.name })
    .from(dropReasons)
    .where(and(eq(dropReasons.showCustomers, 1), isNull(dropReasons.retiredAt)))
    .orderBy(asc(dropReasons.sort), asc(dropReasons.id))
}

/** The first day that notice allows as the last day. */
export function earliestDrop(account: Account, row: ClassRow): string {
  return addDays(today(account.now, row.timeZone), settingsAt(account, row.locationId)['drop.min_days'])
}

/** The statement that ends an enrollment: a one-day one is cancelled, because it cannot end before its only day. */
export function endEnrollment(
  { db, now }: Pick<Account, 'db' | 'now'>,
  { id, type }: Pick<EnrollmentRow, 'id' | 'type'>,
  lastDay: string,
  { automatic = false, reasonId = null }: { automatic?: boolean; reasonId?: number | null } = {},
): Statement {
  const ended =
    isOneDay(type) || type === 'wait'
      ? { state: 'cancelled' as const }
      : { dropDate: lastDay, autoDropped: automatic ? 1 : 0 }
  return db
    .update(enrollments)
    .set({ ...ended, dropReasonId: reasonId, updatedAt: now })
    .where(eq(enrollments.id, id))
}

/**
 * A family asks to leave a class, or leaves it at once where the business lets it (AUTODROP, OA12).
 * @throws Refusal notice-too-short, drop-open, switched-off, date-past, already-handled
 */
export async function requestDrop(
  account: Account,
  guardian: Guardian,
  enrollmentId: number,
  { onDate, notes, ...wish }: DropWish,
  answer: Answer,
): Promise<'approved' | 'requested'> {
  const { enrollment, row } = await enrollmentWithClass(account, enrollmentId, guardian.family.id)
  const rules = settingsAt(account, row.locationId)
  if (!rules['drop.allow']) throw new Refusal('switched-off')
  if (enrollment.type === 'wait') throw new NotFound()
  if (row.kind === 'camp') throw new Refusal('camp-by-staff')
  const oneDay = isOneDay(enrollment.type)
  const day = today(account.now, row.timeZone)
  const lastDay = oneDay ? enrollment.startDate : onDate
  if (lastDay < day) throw new Refusal('date-past')
  if (!oneDay && lastDay < earliestDrop(account, row)) throw new Refusal('notice-too-short')
  if (lastDay < enrollment.startDate) throw new Refusal('transfer-dates')
  const automatic = rules['drop.auto']
  const reasonId = rules['drop.reasons'] ? wish.reasonId : null
  const { db, now } = account
  await commit(
    account,
    [
      must(account, stillRuns(enrollment, day), 'already-handled'),
      // Another decision may have ended it earlier meanwhile: a drop shortens, it never gives a place back.
      must(account, stillRuns(enrollment, lastDay), 'drop-beyond'),
      must(
        account,
        sql`not exists (select 1 from ${dropRequests} where ${dropRequests.enrollmentId} = ${enrollment.id} and ${dropRequests.state} = 'requested')`,
        'drop-open',
      ),
      db.insert(dropRequests).values({
        enrollmentId: enrollment.id,
        onDate: lastDay,
        dropReasonId: reasonId,
        state: automatic ? 'approved' : 'requested',
        automatic: automatic ? 1 : 0,
        notes,
        previousDropDate: automatic ? enrollment.dropDate : null,
        createdAt: now,
        decidedAt: automatic ? now : null,
      }),
      ...(automatic ? [endEnrollment(account, enrollment, lastDay, { automatic, reasonId })] : []),
      log(account, {
        kind: 'drop',
        status: automatic ? 'approved' : 'pending',
        familyId: enrollment.familyId,
        studentId: enrollment.studentId,
        locationId: row.locationId,
        subject: 'drop_request',
        subjectId: newest(dropRequests),
        particulars: { ...toldOf(enrollment, row), onDate: lastDay },
        notes,
      }),
      ...audit(
        account,
        automatic ? 'drop' : 'request drop',
        `${automatic ? 'dropped' : 'asked to drop'} ${enrollment.studentName} from ${row.name}, last day ${lastDay}`,
        subjects(enrollment),
      ),
      notify(account, {
        familyId: enrollment.familyId,
        template: automatic ? 'drop-approved' : 'drop-requested',
        values: { ...namesIn(enrollment, row), last_day: () => sayDate(lastDay, { weekday: true }) },
      }),
    ],
    answer,
  )
  return automatic ? 'approved' : 'requested'
}

/** A family takes itself off a waitlist: a Drop that is approved by itself (OA3). */
export async function cancelWaitlist(
  account: Account,
  guardian: Guardian,
  enrollmentId: number,
  answer: Answer,
): Promise<void> {
  const { enrollment, row } = await enrollmentWithClass(account, enrollmentId, guardian.family.id)
  if (!settingsAt(account, row.locationId)['classreg.allow_cancel_waitlist']) throw new Refusal('switched-off')
  if (enrollment.type !== 'wait') throw new NotFound()
  const day = today(account.now, row.timeZone)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${enrollment.id} and ${enrollments.state} <> 'cancelled')`,
        'already-handled',
      ),
      closeAbout(account, 'enrollment', enrollment.id, 'withdrawn'),
      endEnrollment(account, enrollment, day, { automatic: true }),
      log(account, {
        kind: 'drop',
        status: 'approved',
        familyId: enrollment.familyId,
        studentId: enrollment.studentId,
        locationId: row.locationId,
        subject: 'enrollment',
        subjectId: enrollment.id,
        particulars: { ...toldOf(enrollment, row), onDate: day },
      }),
      ...audit(
        account,
        'cancel waitlist',
        `took ${enrollment.studentName} off the waitlist of ${row.name}`,
        subjects(enrollment),
      ),
    ],
    answer,
  )
}

/** A family takes its request back; its entry leaves the window. */
export async function withdrawDrop(
  account: Account,
  guardian: Guardian,
  dropRequestId: number,
  answer: Answer,
): Promise<void> {
  const own = sql`${dropRequests.enrollmentId} in (select ${enrollments.id} from ${enrollments} where ${enrollments.familyId} = ${guardian.family.id})`
  const [rows] = await read(account, [
    account.db
      .select({ id: dropRequests.id, onDate: dropRequests.onDate, enrollmentId: dropRequests.enrollmentId })
      .from(dropRequests)
      .where(and(eq(dropRequests.id, dropRequestId), own)),
  ])
  const request = found(rows)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${dropRequests} where ${dropRequests.id} = ${request.id} and ${dropRequests.state} = 'requested')`,
        'already-handled',
      ),
      account.db
        .update(dropRequests)
        .set({ state: 'withdrawn', decidedAt: account.now })
        .where(eq(dropRequests.id, request.id)),
      closeAbout(account, 'drop_request', request.id, 'withdrawn'),
      ...audit(account, 'withdraw drop', `took back the request to drop on ${request.onDate}`, [
        ['family', guardian.family.id],
        ['enrollment', request.enrollmentId],
      ]),
    ],
    answer,
  )
}

/** True while an enrollment runs on a day. */
export function stillRuns(enrollment: Pick<EnrollmentRow, 'id'>, day: string) {
  return sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${enrollment.id} and ${enrollments.state} = 'approved' and ${enrollments.throughDate} >= ${day})`
}

/** What the entry's sentence is made of. */
export function toldOf(enrollment: EnrollmentRow, row: ClassRow) {
  return {
    classId: row.id,
    className: row.name,
    // A camp has days instead of weekly times; those of a whole place stand from its first to its last.
    schedule: row.kind === 'camp' ? spanOf(enrollment) : saySchedule(row.slots),
    type: enrollment.type,
    enrollmentId: enrollment.id,
  }
}

const spanOf = ({ startDate, dropDate }: EnrollmentRow) =>
  dropDate && dropDate !== startDate ? `${sayDate(startDate)} to ${sayDate(dropDate)}` : sayDate(startDate)

/** Whose records show a line of the audit log about an enrollment. */
export function subjects(enrollment: EnrollmentRow): [string, number][] {
  return [
    ['family', enrollment.familyId],
    ['student', enrollment.studentId],
    ['class', enrollment.classId],
    ['enrollment', enrollment.id],
  ]
}

/** A family takes back what it asked for and nobody decided: the request, its place and its entry go. */
export async function withdrawEnrollment(
  account: Account,
  guardian: Guardian,
  enrollmentId: number,
  answer: Answer,
): Promise<void> {
  const { enrollment, row } = await enrollmentWithClass(account, enrollmentId, guardian.family.id)
  await commit(
    account,
    [
      stillAsked(account, enrollment.id),
      account.db
        .update(enrollments)
        .set({ state: 'cancelled', updatedAt: account.now })
        .where(eq(enrollments.id, enrollment.id)),
      closeAbout(account, 'enrollment', enrollment.id, 'withdrawn'),
      ...audit(
        account,
        'withdraw enrollment',
        `took back the request to enroll ${enrollment.studentName} in ${row.name}`,
        subjects(enrollment),
      ),
    ],
    answer,
  )
}
