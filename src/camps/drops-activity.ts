import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Deed, EntryRow, Fact, Kind, Look } from '../activity/kind'
import { sayDate } from '../clock'
import { must, Refusal, type Results, read } from '../database'
import { dropKind as plain } from '../enrollments/drops-activity'
import { openCharges } from '../ledger/payments'
import { money } from '../money'
import * as paths from '../paths'
import { dropReasons } from '../schema/enrollments'
import { dropRequests } from '../schema/requests'
import { sayDays } from './camps'
import { chargedFor, without } from './drops'
import { stillHas, takeDays } from './place'
import { placeFrom, placeQueries } from './places'

interface Told {
  className: string
  schedule: string
  enrollmentId: number
  camp?: boolean
}

const told = (entry: EntryRow) => entry.particulars as unknown as Told

const requestQuery = ({ db }: Account, id: number | SQL<number>) =>
  db
    .select({
      id: dropRequests.id,
      state: dropRequests.state,
      days: sql`${dropRequests.days}`.mapWith(text => JSON.parse(text) as string[]).as('dropped_days'),
      reason: sql<string | null>`${dropReasons.name}`.as('reason'),
    })
    .from(dropRequests)
    .leftJoin(dropReasons, eq(dropReasons.id, dropRequests.dropReasonId))
    .where(eq(dropRequests.id, id as number))

/** What giving the days back has to do with money: what was charged, and what the rest would cost. */
function moneyQueries(account: Account, enrollmentId: SQL<number>) {
  const familyId = sql<number>`(select family_id from enrollments where id = ${enrollmentId})`
  return [chargedFor(account, enrollmentId), openCharges(account, familyId, '9999-12-31')] as const
}

function details(account: Account, { subjectId, told: of }: Parameters<Kind['details']>[1]) {
  const enrollmentId = of<number>('enrollmentId')
  return [
    requestQuery(account, subjectId),
    ...moneyQueries(account, enrollmentId),
    ...placeQueries(account, enrollmentId),
  ] as const
}

function say(account: Account, entry: EntryRow, answers: Results<ReturnType<typeof details>>): ReturnType<Look['say']> {
  const [[request], [charged], open, ...found] = answers
  const place = placeFrom(found)
  if (!place || !request) return { facts: [{ label: 'Enrollment', text: 'It is not there any more.' }] }
  const { camp, enrollment, days } = place
  const waits = entry.status === 'pending' && request.state === 'requested'
  const left = without(place, request.days)
  const chargedCents = charged?.cents ?? 0
  const owed = open.reduce((sum, { openCents }) => sum + openCents, 0)
  const at = paths.office(account.slug)
  const rest: Fact[] = [
    { label: 'The days that are left cost', text: `${money(left.cents)}, as prices are now` },
    { label: 'Charged beyond that', text: money(Math.max(0, chargedCents - left.cents)) },
  ]
  return {
    facts: [
      { label: camp.singular, text: camp.name, href: at.camp(camp.id) },
      ...request.days.map(day => ({ label: 'Given back', text: sayDate(day, { weekday: true }) })),
      {
        label: 'Days now',
        text: enrollment.state === 'cancelled' ? 'none' : days.map(day => sayDate(day, { weekday: true })).join('; '),
      },
      ...(request.reason ? [{ label: 'Reason', text: request.reason }] : []),
      { label: 'Ledger', text: `${enrollment.familyName}, ledger`, href: at.familyLedger(enrollment.familyId) },
    ],
    money: [
      { label: 'Charged for this place', text: money(chargedCents) },
      ...(waits ? rest : []),
      { label: 'Family owes', text: money(owed) },
    ],
    moneyNote: 'A drop moves no money by itself. Look at the ledger for refunds or adjustments.',
  }
}

async function decide(account: Account, entry: EntryRow, to: 'approved' | 'denied'): Promise<Deed> {
  const { enrollmentId } = told(entry)
  const [[request], ...found] = await read(account, [
    requestQuery(account, entry.subjectId ?? 0),
    ...placeQueries(account, enrollmentId),
  ])
  const place = placeFrom(found)
  if (!request || !place) throw new Refusal('already-handled')
  const { enrollment, camp } = place
  const approved = to === 'approved'
  const said = sayDays(request.days)
  const values = { student_name: enrollment.studentName, student_first: enrollment.firstName }
  return {
    statements: [
      must(
        account,
        sql`exists (select 1 from ${dropRequests} where ${dropRequests.id} = ${request.id} and ${dropRequests.state} = 'requested')`,
        'already-handled',
      ),
      ...(approved ? [must(account, stillHas(enrollmentId, request.days), 'camp-day-gone')] : []),
      account.db.update(dropRequests).set({ state: to, decidedAt: account.now }).where(eq(dropRequests.id, request.id)),
      ...(approved ? takeDays(account, enrollmentId, request.days) : []),
    ],
    summary: `${to} giving back days of ${enrollment.studentName} in ${camp.name}: ${said}`,
    subjects: [
      ['family', enrollment.familyId],
      ['student', enrollment.studentId],
      ['class', camp.id],
      ['enrollment', enrollmentId],
    ],
    change: {
      before: { days: place.days },
      after: approved ? { days: without(place, request.days).days } : undefined,
    },
    notice: {
      template: approved ? 'camp-drop-approved' : 'camp-drop-denied',
      values: { ...values, class_name: camp.name, days: () => sayDays(request.days) },
    },
  }
}

/** Days of a camp that are given back are drops of the window as any: they free their own seats, and no others. */
export const dropKind: Kind = {
  ...plain,
  sentence(account, entry) {
    const said = plain.sentence(account, entry)
    // A place on a waitlist of a camp is canceled as one of a class.
    if (!told(entry).camp) return said
    const { className, schedule } = told(entry)
    return { ...said, what: `${className}, gives back ${schedule}` }
  },
  details(account, about) {
    const of = plain.details(account, about)
    const mine = details(account, about)
    const sayAll: Look['say'] = (entry, answers) => {
      if (!told(entry).camp) return of.say(entry, answers.slice(0, of.asks.length))
      return say(account, entry, answers.slice(of.asks.length) as unknown as Results<typeof mine>)
    }
    return { asks: [...of.asks, ...mine], say: sayAll }
  },
  approve: (account, entry, choice) =>
    told(entry).camp
      ? decide(account, entry, 'approved')
      : (plain.approve as NonNullable<Kind['approve']>)(account, entry, choice),
  deny: (account, entry) =>
    told(entry).camp ? decide(account, entry, 'denied') : (plain.deny as NonNullable<Kind['deny']>)(account, entry),
}
