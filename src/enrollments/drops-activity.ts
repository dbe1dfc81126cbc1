import { and, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import type { Deed, EntryRow, Fact, Kind, Particulars } from '../activity/kind'
import { sayClass } from '../classes/classes'
import { sayDate, today } from '../clock'
import { must, Refusal, read } from '../database'
import { openCharges } from '../ledger/payments'
import { money } from '../money'
import * as paths from '../paths'
import { chargeLines, charges } from '../schema/charges'
import { dropReasons } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { namesIn } from './about'
import { endEnrollment } from './drops'
import { isOneDay } from './enroll'
import { enrollmentWithClass, sayType } from './enrollments'

interface Told {
  classId: number
  className: string
  schedule: string
  type: string
  enrollmentId: number
  onDate: string
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

async function requestOf(account: Account, entry: EntryRow) {
  const [requests] = await read(account, [
    account.db
      .select({
        id: dropRequests.id,
        enrollmentId: dropRequests.enrollmentId,
        onDate: dropRequests.onDate,
        state: dropRequests.state,
        reason: sql<string | null>`${dropReasons.name}`.as('reason'),
      })
      .from(dropRequests)
      .leftJoin(dropReasons, eq(dropReasons.id, dropRequests.dropReasonId))
      .where(eq(dropRequests.id, entry.subjectId ?? 0)),
  ])
  const [request] = requests
  if (!request) throw new Refusal('already-handled')
  return { request, ...(await enrollmentWithClass(account, request.enrollmentId)) }
}

async function decide(account: Account, entry: EntryRow, to: 'approved' | 'denied'): Promise<Deed> {
  const { request, enrollment, row } = await requestOf(account, entry)
  const approved = to === 'approved'
  return {
    statements: [
      must(
        account,
        sql`exists (select 1 from ${dropRequests} where ${dropRequests.id} = ${request.id} and ${dropRequests.state} = 'requested')`,
        'already-handled',
      ),
      ...(approved
        ? [
            must(
              account,
              sql`exists (select 1 from enrollments where id = ${enrollment.id} and state = 'approved' and start_date <= ${request.onDate} and through_date >= ${request.onDate})`,
              'drop-beyond',
            ),
          ]
        : []),
      account.db.update(dropRequests).set({ state: to, decidedAt: account.now }).where(eq(dropRequests.id, request.id)),
      ...(approved ? [endEnrollment(account, enrollment, request.onDate)] : []),
    ],
    summary: `${to} dropping ${enrollment.studentName} from ${row.name} on ${request.onDate}`,
    subjects: [
      ['family', enrollment.familyId],
      ['student', enrollment.studentId],
      ['class', row.id],
      ['enrollment', enrollment.id],
    ],
    change: {
      before: { dropDate: enrollment.dropDate, state: enrollment.state },
      after: approved ? { dropDate: request.onDate } : undefined,
    },
    notice: {
      template: approved ? 'drop-approved' : 'drop-denied',
      values: { ...namesIn(enrollment, row), last_day: sayDate(request.onDate, { weekday: true }) },
    },
  }
}

/** What was charged for days after the last one, and what is still open: the money somebody should look at (OA12). */
async function moneyOf(account: Account, enrollmentId: number, familyId: number, onDate: string): Promise<Fact[]> {
  const [lines, open] = await read(account, [
    account.db
      .select({
        title: charges.title,
        cents: sql<number>`sum(${chargeLines.cents})`.as('cents'),
        until: sql<string>`max(${chargeLines.forTo})`.as('until'),
      })
      .from(chargeLines)
      .innerJoin(charges, eq(charges.id, chargeLines.chargeId))
      .where(and(eq(chargeLines.enrollmentId, enrollmentId), sql`${chargeLines.forTo} > ${onDate}`))
      .groupBy(chargeLines.chargeId),
    openCharges(account, familyId, onDate),
  ])
  const owed = open.reduce((sum, { openCents }) => sum + openCents, 0)
  return [
    ...lines.map(({ title, cents, until }) => ({
      label: 'Charged beyond the last day',
      text: `${title}: ${money(cents)}, up to ${sayDate(until)}`,
    })),
    { label: 'Family owes', text: money(owed) },
  ]
}

async function details(account: Account, entry: EntryRow): Promise<Particulars> {
  const { enrollmentId, onDate } = told(entry)
  const { enrollment, row } = await enrollmentWithClass(account, enrollmentId)
  const at = paths.office(account.slug)
  const reason = entry.subject === 'drop_request' ? (await requestOf(account, entry)).request.reason : null
  const lines = await moneyOf(account, enrollmentId, enrollment.familyId, onDate)
  return {
    facts: [
      { label: 'Class', text: sayClass(row), href: at.class(row.id) },
      { label: 'Type', text: sayType(enrollment.type) },
      { label: 'Last day asked', text: sayDate(onDate, { weekday: true }) },
      {
        label: 'Drop date now',
        text:
          enrollment.state === 'cancelled'
            ? 'cancelled'
            : enrollment.dropDate
              ? sayDate(enrollment.dropDate, { weekday: true })
              : 'none',
      },
      ...(reason ? [{ label: 'Reason', text: reason }] : []),
      { label: 'Ledger', text: `${enrollment.familyName}, ledger`, href: at.familyLedger(enrollment.familyId) },
    ],
    money: lines,
    moneyNote: 'A drop moves no money by itself. Look at the ledger for refunds or adjustments.',
  }
}

/** Requests to leave a class, and AUTODROPs. */
export const dropKind: Kind = {
  icon: 'exit',
  permission: 'Enrollments',
  statuses: ['pending', 'approved'],
  dismiss: ['approved'],
  sentence(account, entry) {
    const { className, schedule, type, onDate } = told(entry)
    const automatic = entry.status === 'approved'
    const waits = type === 'wait'
    const last = onDate < today(account.now, businessZone(account)) ? 'last day was' : 'last day'
    return {
      typeLabel: automatic ? 'AUTODROP' : undefined,
      typeTone: automatic ? 'violet' : undefined,
      trial: type === 'trial',
      what: waits
        ? `${className}, ${schedule}, waitlist canceled`
        : isOneDay(type)
          ? `${className}, ${schedule}, ${sayType(type)} on ${sayDate(onDate)}`
          : `${className}, ${schedule}, ${last} ${sayDate(onDate, { weekday: true })}`,
      whatHref:
        automatic && entry.familyId
          ? paths.office(account.slug).familyLedger(entry.familyId)
          : paths.office(account.slug).class(told(entry).classId),
      subs: automatic && !waits ? [{ icon: 'money', text: 'Ledger to review for refunds or adjustments.' }] : [],
    }
  },
  details,
  approve: (account, entry) => decide(account, entry, 'approved'),
  deny: (account, entry) => decide(account, entry, 'denied'),
}
