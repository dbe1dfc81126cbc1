import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { closeAbout, log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, classById, nextMeeting, saySchedule } from '../classes/classes'
import { mustHaveSeat } from '../classes/seats'
import { addDays, sayDate, today } from '../clock'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found, NotFound } from '../http'
import { notify } from '../messages/notices'
import { policiesAccepted } from '../policies/gate'
import { enrollments } from '../schema/enrollments'
import { levels } from '../schema/programs'
import { transfers } from '../schema/requests'
import { type Rules, settingsAt } from '../settings'
import { namesOfMove } from './about'
import { type Beginning, isOneDay, startEnrollment } from './enroll'
import { type EnrollmentRow, enrollmentWithClass } from './enrollments'
import { misfits, mustShowClasses } from './wishes'

export interface TransferWish {
  classId: number
  /** The first day in the new class. */
  onDate: string
  notes: string | null
}

/** The dates of a transfer: from when, when the previous class ends, when the new one does (OA11). */
export interface TransferDates {
  on: string
  /** Last day in the previous class; nothing for one-day enrollments, which are cancelled, and for a place on a waitlist, which leaves it alone. */
  previousDrop: string | null
  /** The drop date that was there, copied and cut to the end of the target. */
  newDrop: string | null
}

/**
 * The dates that a transfer takes: the day before, or the earlier drop date that is there; a future drop date is copied
 * and cut to the target's end. What staff typed wins.
 * @throws Refusal 'transfer-dates' when an enrollment would end before it begins
 */
export function transferDates(
  source: EnrollmentRow,
  target: Pick<ClassRow, 'endDate'>,
  on: string,
  typed?: string,
): TransferDates {
  if (isOneDay(source.type)) return { on, previousDrop: null, newDrop: on }
  const before = addDays(on, -1)
  const previousDrop = typed ?? (source.dropDate && source.dropDate < before ? source.dropDate : before)
  const ends = [source.dropDate, target.endDate].filter(date => date !== null).sort()
  const newDrop = ends[0] ?? null
  if (previousDrop < source.startDate || (newDrop && newDrop < on)) throw new Refusal('transfer-dates')
  if (source.dropDate && previousDrop > source.dropDate) throw new Refusal('transfer-dates')
  return { on, previousDrop, newDrop }
}

/** How an enrollment is billed beside its class. */
export const billingOf = ({
  billingScheduleId,
  ...row
}: EnrollmentRow): Pick<Beginning, 'billingScheduleId' | 'override'> => ({
  billingScheduleId,
  override: {
    overrideKind: row.overrideKind,
    overrideCents: row.overrideCents,
    overrideUntil: row.overrideUntil,
    overrideProrates: row.overrideProrates,
  },
})

/** Moves a student: the old enrollment ends, the new one begins, or takes a place on the waitlist. */
export function moveStatements(
  account: Account,
  source: EnrollmentRow,
  target: ClassRow,
  { on, previousDrop, newDrop }: TransferDates,
  options: {
    toWaitlist?: boolean
    overbook?: boolean
    by: 'customer' | 'staff'
    notes: string | null
    /** How the new one is billed: as the old one, unless it is said otherwise. */
    billing?: Pick<Beginning, 'billingScheduleId' | 'override'>
  },
): Statement[] {
  const { toWaitlist, overbook, by, notes, billing = billingOf(source) } = options
  const unchanged = sql`exists (select 1 from ${enrollments} where ${enrollments.id} = ${source.id} and ${enrollments.state} = 'approved' and ${enrollments.startDate} = ${source.startDate} and ${enrollments.dropDate} is ${source.dropDate})`
  const type = toWaitlist ? ('wait' as const) : source.type
  const dropDate = toWaitlist ? null : newDrop
  const ended = isOneDay(source.type) ? { state: 'cancelled' as const } : { dropDate: previousDrop }
  return [
    must(account, unchanged, 'changed-meanwhile'),
    ...(toWaitlist || overbook
      ? []
      : [mustHaveSeat(account, { classId: target.id, from: on, to: newDrop, timeZone: target.timeZone })]),
    // ACTIVE to WAIT leaves the old enrollment alone until a place is taken (A5).
    ...(toWaitlist
      ? []
      : [
          account.db
            .update(enrollments)
            .set({ ...ended, updatedAt: account.now })
            .where(eq(enrollments.id, source.id)),
        ]),
    startEnrollment(account, {
      studentId: source.studentId,
      familyId: source.familyId,
      classId: target.id,
      type,
      state: 'approved',
      startDate: on,
      dropDate,
      takesSeat: !toWaitlist,
      by,
      notes,
      fromEnrollmentId: source.id,
      ...billing,
    }),
  ]
}

/** Guards that an enrollment was never transferred and nobody asks for it: one transfer each, ever (OA11). */
export const mustBeUnmoved = (account: Account, sourceId: number): Statement =>
  must(
    account,
    sql`not exists (select 1 from ${transfers} where ${transfers.sourceId} = ${sourceId} and ${transfers.state} in ('requested', 'approved'))`,
    'transfer-once',
  )

/** Notes a transfer: made, with its dates, or asked for. A made one's target is the enrollment that this batch began. */
export const noteTransfer = (
  account: Account,
  source: EnrollmentRow,
  target: ClassRow,
  { on, notes, dates, kept = true }: { on: string; notes: string | null; dates?: TransferDates; kept?: boolean },
): Statement =>
  account.db.insert(transfers).values({
    sourceId: source.id,
    targetId: dates ? (newest(enrollments) as unknown as number) : null,
    classId: target.id,
    type: source.type,
    onDate: on,
    previousDropDate: dates?.previousDrop,
    copiedDropDate: dates?.newDrop,
    keepOverrides: kept ? 1 : 0,
    state: dates ? 'approved' : 'requested',
    notes,
    createdAt: account.now,
    decidedAt: dates ? account.now : null,
  })

/** The order of the levels: it says which is higher. */
export const levelsQuery = ({ db }: Pick<Account, 'db'>) => db.select({ id: levels.id, sort: levels.sort }).from(levels)

type Standing = Pick<ClassRow, 'levelId' | 'locationId'>

/** Whether a move is one into a higher level that the location leaves to staff; without a level nothing is higher. */
export function isTooHigh(rules: Rules, ladder: { id: number; sort: number }[], from: Standing, to: Standing): boolean {
  if (settingsAt(rules, to.locationId)['transfer.next_level']) return false
  const rung = (levelId: number | null) => ladder.find(({ id }) => id === levelId)?.sort
  const [old, next] = [rung(from.levelId), rung(to.levelId)]
  return old !== undefined && next !== undefined && next > old
}

/**
 * A family asks for another class, or moves at once where the business lets it and a place is free.
 * @throws Refusal transfer-once, transfer-past, transfer-level, same-class, class-full (automatic only, then it becomes a request)
 */
export async function requestTransfer(
  account: Account,
  guardian: Guardian,
  enrollmentId: number,
  { classId, onDate, notes }: TransferWish,
  answer: Answer,
): Promise<'approved' | 'requested'> {
  mustShowClasses(account)
  const { enrollment, row: from } = await enrollmentWithClass(account, enrollmentId, guardian.family.id)
  if (!settingsAt(account, from.locationId)['transfer.allow']) throw new Refusal('switched-off')
  const [targets, ladder] = await read(account, [classById(account, classId), levelsQuery(account)])
  const target = found(targets)
  const child = guardian.students.find(({ id }) => id === enrollment.studentId)
  const day = today(account.now, from.timeZone)
  const on = nextMeeting(target, onDate)
  if (!child) throw new NotFound()
  if (!child.mayEnroll) throw new Refusal('may-not-enroll')
  if (from.kind === 'camp' || target.kind === 'camp') throw new Refusal('camp-by-staff')
  if (target.id === from.id) throw new Refusal('same-class')
  if (!target.showPortal) throw new Refusal('class-closed')
  if (enrollment.state !== 'approved' || enrollment.type === 'wait' || (enrollment.dropDate ?? day) < day)
    throw new Refusal('transfer-past')
  if (isTooHigh(account, ladder, from, target)) throw new Refusal('transfer-level')
  const [misfit] = misfits(account, target, child, onDate)
  if (misfit) throw new Refusal(misfit)
  if (!on) throw new Refusal('not-in-season')
  const act = (automatic: boolean) =>
    commit(account, transferring(account, enrollment, from, target, { on, notes, automatic }), answer)
  // Who takes the child in says whether it may come at once.
  if (!settingsAt(account, target.locationId)['transfer.auto']) {
    await act(false)
    return 'requested'
  }
  try {
    await act(true)
    return 'approved'
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !['class-full', 'transfer-dates'].includes(refusal.code)) throw refusal
    await act(false)
    return 'requested'
  }
}

function transferring(
  account: Account,
  source: EnrollmentRow,
  from: ClassRow,
  target: ClassRow,
  { on, notes, automatic }: { on: string; notes: string | null; automatic: boolean },
): Statement[] {
  const dates = automatic ? transferDates(source, target, on) : undefined
  const what = `${from.name} to ${target.name}`
  return [
    must(account, policiesAccepted(source.familyId, source.studentId), 'policy-open'),
    mustBeUnmoved(account, source.id),
    ...(dates ? moveStatements(account, source, target, dates, { by: 'customer', notes }) : []),
    noteTransfer(account, source, target, { on, notes, dates }),
    log(account, {
      kind: 'transfer',
      status: dates ? 'approved' : 'pending',
      familyId: source.familyId,
      studentId: source.studentId,
      locationId: target.locationId,
      subject: 'transfer',
      subjectId: newest(transfers),
      particulars: {
        fromName: from.name,
        fromSchedule: saySchedule(from.slots),
        classId: target.id,
        className: target.name,
        schedule: saySchedule(target.slots),
        onDate: on,
        type: source.type,
        sourceId: source.id,
      },
      notes,
    }),
    ...audit(
      account,
      dates ? 'transfer' : 'request transfer',
      `${dates ? 'moved' : 'asked to move'} ${source.studentName} from ${what} on ${on}`,
      [
        ['family', source.familyId],
        ['student', source.studentId],
        ['class', target.id],
        ['enrollment', source.id],
      ],
    ),
    notify(account, {
      familyId: source.familyId,
      template: dates ? 'transfer-approved' : 'transfer-requested',
      values: { ...namesOfMove(source, from, target), transfer_date: () => sayDate(on, { weekday: true }) },
    }),
  ]
}

/** A family takes its request back; the enrollment may be transferred again. */
export async function withdrawTransfer(
  account: Account,
  guardian: Guardian,
  transferId: number,
  answer: Answer,
): Promise<void> {
  const own = sql`${transfers.sourceId} in (select ${enrollments.id} from ${enrollments} where ${enrollments.familyId} = ${guardian.family.id})`
  const [rows] = await read(account, [
    account.db
      .select({ id: transfers.id, sourceId: transfers.sourceId })
      .from(transfers)
      .where(and(eq(transfers.id, transferId), own)),
  ])
  const request = found(rows)
  await commit(
    account,
    [
      must(
        account,
        sql`exists (select 1 from ${transfers} where ${transfers.id} = ${request.id} and ${transfers.state} = 'requested')`,
        'already-handled',
      ),
      account.db
        .update(transfers)
        .set({ state: 'withdrawn', decidedAt: account.now })
        .where(eq(transfers.id, request.id)),
      closeAbout(account, 'transfer', request.id, 'withdrawn'),
      ...audit(account, 'withdraw transfer', 'took back the request for a transfer', [
        ['family', guardian.family.id],
        ['enrollment', request.sourceId],
      ]),
    ],
    answer,
  )
}
