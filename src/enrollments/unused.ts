import { eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { ClassRow } from '../classes/classes'
import { billedMeetings } from '../classes/timetable'
import { sayDate } from '../clock'
import type { Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { postPayment, spread } from '../ledger/payments'
import { tuitionCategory } from '../ledger/pricing'
import { money } from '../money'
import { chargeLines, charges } from '../schema/charges'
import type { EnrollmentRow } from './enrollments'

/** What was charged for an enrollment, charge by charge: the days it was for, and what of the charge is still open. */
export function chargedQuery({ db }: Pick<Account, 'db'>, enrollmentId: number | SQL<number>) {
  // A line that corrected the charge says for which days it is from then on.
  const corrected = (column: string) =>
    sql`(select x.${sql.raw(column)} from charge_lines x where x.charge_id = ${charges.id} and x.enrollment_id = ${enrollmentId} and x.kind = 'tuition' and x.cents < 0 order by x.id desc limit 1)`
  return db
    .select({
      id: charges.id,
      title: charges.title,
      openCents: charges.openCents,
      // What was taken back stands in the charge, as a line of no enrollment.
      cents: sql<number>`min(sum(${chargeLines.cents}), ${charges.cents})`.as('line_cents'),
      from: sql<string | null>`coalesce(${corrected('for_from')}, min(${chargeLines.forFrom}))`.as('charged_from'),
      to: sql<string | null>`coalesce(${corrected('for_to')}, max(${chargeLines.forTo}))`.as('charged_to'),
    })
    .from(chargeLines)
    .innerJoin(charges, eq(charges.id, chargeLines.chargeId))
    .where(eq(chargeLines.enrollmentId, enrollmentId as number))
    .groupBy(charges.id)
    .orderBy(charges.id)
}

export type Charged = Awaited<ReturnType<typeof chargedQuery>>[number]

/** What of charges is for days that nobody comes any more. */
export interface Unused {
  cents: number
  /** How that came about, charge by charge. */
  steps: string[]
  /** The charges it is of, with what of it is each one's. */
  parts: { id: number; openCents: number; cents: number }[]
}

/**
 * What was charged for the days after a last one: by the meetings that are left where the class prorates, and whole
 * periods only where it does not (A15).
 */
export function unusedAfter(row: ClassRow, all: readonly Charged[], lastDay: string): Unused {
  const unused: Unused = { cents: 0, steps: [], parts: [] }
  for (const { id, title, cents, openCents, from, to } of all) {
    if (!from || !to || to <= lastDay || cents <= 0) continue
    const whole = from > lastDay
    const met = whole ? undefined : billedMeetings(row, [from, to], from, lastDay)
    const left = whole ? cents : row.prorate && met?.all ? cents - Math.round((cents * met.paid) / met.all) : 0
    const of = met ? `${met.all - met.paid} of ${met.all} meetings after ${sayDate(lastDay)}` : 'none of it was used'
    unused.steps.push(
      left > 0
        ? `${title}: ${money(cents)}, ${of}: ${money(left)}.`
        : `${title}: ${money(cents)}. The class does not prorate, so nothing of it is given back.`,
    )
    if (left <= 0) continue
    unused.cents += left
    unused.parts.push({ id, openCents, cents: left })
  }
  return unused
}

/** Gives what is unused back as credit: it settles what is open of the same charges, and the rest lies on the account. */
export function creditUnused(
  account: Account,
  { cents, parts }: Unused,
  at: { familyId: number; locationId: number; on: string; why: string },
): Statement[] {
  if (cents <= 0) return []
  const open = parts.map(part => ({ id: part.id, openCents: Math.min(part.openCents, part.cents) }))
  const { familyId, locationId, on, why } = at
  return postPayment(account, {
    familyId,
    locationId,
    type: 'house',
    cents,
    on,
    reference: why,
    allocations: spread(cents, open),
  })
}

/** Charges again what a drop gave back, because the drop is undone. @param as what kind of tuition it was */
export function chargeAgain(
  account: Account,
  { id: enrollmentId, familyId, studentId }: Pick<EnrollmentRow, 'id' | 'familyId' | 'studentId'>,
  row: Pick<ClassRow, 'name' | 'locationId' | 'programId'>,
  at: { cents: number; lastDay: string; from: string; until: string | null; on: string },
  as: { kind: 'class' | 'camp'; categoryId: number } = { kind: 'class', categoryId: tuitionCategory },
): Statement[] {
  if (at.cents <= 0) return []
  return postCharge(account, {
    familyId,
    locationId: row.locationId,
    kind: as.kind,
    title: `${row.name}, drop of ${sayDate(at.lastDay)} undone`,
    on: at.on,
    due: at.on,
    lines: [
      {
        kind: as.kind === 'camp' ? 'camp' : 'tuition',
        cents: at.cents,
        programId: row.programId,
        categoryId: as.categoryId,
        studentId,
        enrollmentId,
        forFrom: at.from,
        forTo: at.until,
        steps: [`The drop gave ${money(at.cents)} back. It is undone, so they are charged again.`],
      },
    ],
  })
}
