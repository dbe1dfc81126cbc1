import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { type About, type Deed, type EntryRow, type Fact, type Kind, look } from '../activity/kind'
import { sayClass } from '../classes/classes'
import { sayDate } from '../clock'
import { must, Refusal, type Results, read } from '../database'
import { openCharges } from '../ledger/payments'
import { money } from '../money'
import * as paths from '../paths'
import { chargeLines, charges } from '../schema/charges'
import { dropReasons } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { namesIn } from './about'
import { endEnrollment } from './drops'
import { isOneDay } from './enroll'
import { enrollmentWithClass, sayType, withClassQueries } from './enrollments'

interface Told {
  classId: number
  className: string
  schedule: string
  type: string
  enrollmentId: number
  onDate: string
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

const requestQuery = ({ db }: Account, id: number | SQL<number>) =>
  db
    .select({
      id: dropRequests.id,
      enrollmentId: dropRequests.enrollmentId,
      onDate: dropRequests.onDate,
      state: dropRequests.state,
      reasonId: dropRequests.dropReasonId,
      reason: sql<string | null>`${dropReasons.name}`.as('reason'),
    })
    .from(dropRequests)
    .leftJoin(dropReasons, eq(dropReasons.id, dropRequests.dropReasonId))
    .where(eq(dropRequests.id, id))

async function requestOf(account: Account, entry: EntryRow) {
  const [[request]] = await read(account, [requestQuery(account, entry.subjectId ?? 0)])
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
      account.db
        .update(dropRequests)
        .set({ state: to, decidedAt: account.now, previousDropDate: approved ? enrollment.dropDate : null })
        .where(eq(dropRequests.id, request.id)),
      ...(approved ? [endEnrollment(account, enrollment, request.onDate, { reasonId: request.reasonId })] : []),
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
      values: { ...namesIn(enrollment, row), last_day: () => sayDate(request.onDate, { weekday: true }) },
    },
  }
}

/** What was charged for days after the last one, and what is still open: the money somebody should look at (OA12). */
function moneyQueries(account: Account, enrollmentId: SQL<number>, onDate: SQL<string>) {
  const familyId = sql<number>`(select family_id from enrollments where id = ${enrollmentId})`
  return [
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
  ] as const
}

function sayMoney([lines, open]: Results<ReturnType<typeof moneyQueries>>): Fact[] {
  const owed = open.reduce((sum, { openCents }) => sum + openCents, 0)
  return [
    ...lines.map(({ title, cents, until }) => ({
      label: 'Charged beyond the last day',
      text: `${title}: ${money(cents)}, up to ${sayDate(until)}`,
    })),
    { label: 'Family owes', text: money(owed) },
  ]
}

function details(account: Account, { subjectId, told: of }: About) {
  const enrollmentId = of<number>('enrollmentId')
  const asks = [
    ...withClassQueries(account, enrollmentId),
    requestQuery(account, subjectId),
    ...moneyQueries(account, enrollmentId, of<string>('onDate')),
  ] as const
  return look(asks, (entry, [[enrollment], [row], [request], ...owed]) => {
    if (!enrollment || !row) return { facts: [{ label: 'Enrollment', text: 'It is not there any more.' }] }
    const { onDate } = told(entry)
    const at = paths.office(account.slug)
    const reason = entry.subject === 'drop_request' ? request?.reason : null
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
      money: sayMoney(owed),
      moneyNote: 'A drop moves no money by itself. Look at the ledger for refunds or adjustments.',
    }
  })
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
    const last = onDate < todayAt(account) ? 'last day was' : 'last day'
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
