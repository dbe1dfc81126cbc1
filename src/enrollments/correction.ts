import type { Account } from '../accounts/account'
import type { ClassRow } from '../classes/classes'
import { overridden, pricedBy, type Tuition } from '../classes/tuitions'
import { addDays, sayDate, today } from '../clock'
import type { Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { lowerCharges } from '../ledger/corrections'
import { type Period, periodOf } from '../ledger/periods'
import { type DiscountAnswers, type Price, priceOf, tuitionCategory } from '../ledger/pricing'
import type { Promo } from '../ledger/promos'
import { money } from '../money'
import { askedPrice } from './asked-price'
import type { EnrollmentRow } from './enrollments'
import type { StaffEdit } from './staff-forms'
import type { Charged } from './unused'

/** One month or session, as it costs and as it would cost; without days in it, it costs nothing. */
export interface Compared {
  period: Period
  before?: Price
  after?: Price
}

/** What a change of an enrollment does to what was charged for it. */
export interface Correction {
  /** Of each period that is charged, and of those that become so; the current one where none is. */
  compared: Compared[]
  /** What is taken off charges. */
  off: { chargeId: number; cents: number; from?: string | null; until?: string }[]
  /** What is charged in addition. */
  more: { cents: number; from: string; until: string; steps: string[] }[]
  /** All of it, in cents: what is charged less what is taken off. */
  cents: number
}

interface About {
  enrollment: EnrollmentRow
  row: ClassRow
  tuitions: Tuition[]
  promos: Promo[]
  discounts: DiscountAnswers
  charged: readonly Charged[]
}

/** What a period costs somebody who comes as an edit says; the code of the enrollment is good for its first one. */
function priceIn({ enrollment, row, tuitions, promos, discounts }: About, edit: StaffEdit, period: Period) {
  const { type, studentId } = enrollment
  const { startDate, dropDate, scheduleId, override } = edit
  const from = startDate > period.from ? startDate : period.from
  if (from > period.to || (dropDate && dropDate < from)) return
  const [schedule, cells, active] = discounts
  // It is one of the active ones itself.
  const nth = active.findIndex(one => one.studentId === studentId)
  const others: DiscountAnswers = [schedule, cells, active.filter((_, at) => at !== nth)]
  const asked = { type, billingScheduleId: scheduleId, startDate: from, ...override }
  return askedPrice(row, tuitions, asked, from === startDate ? promos : [], priced =>
    priceOf(priced, type, { studentId, from, to: dropDate }, others),
  )
}

/** How an edit divides time: by the cycle of the billing schedule that it names. */
const dividing = ({ row, tuitions }: About, { scheduleId, override }: StaffEdit) => {
  const chosen = pricedBy(row, tuitions, scheduleId)
  return (day: string) => periodOf(overridden(chosen, override, day), day)
}

const once = (periods: Period[]) => [...new Map(periods.map(period => [period.from, period])).values()]

/** The periods that are charged when an enrollment runs as an edit says: those that were, and from its first one on. */
function chargedThen(about: About, edit: StaffEdit, was: string[]): Period[] {
  const of = dividing(about, edit)
  const { startDate, dropDate } = edit
  const still = once(was.map(of)).filter(({ from, to }) => to >= startDate && (!dropDate || dropDate >= from))
  const until = still.map(({ from }) => from).sort()[0]
  const periods = [of(startDate)]
  // An enrollment that is put back by more than two years is somebody's slip: the rest is theirs to charge.
  while (until && periods.length < 24) {
    const next = of(addDays(periods.at(-1)?.to ?? startDate, 1))
    if (next.from >= until) break
    periods.push(next)
  }
  return once([...periods, ...still])
}

const firstDay = (period: Period, price: Price) => price.lines[0]?.forFrom ?? period.from

/** The days that something is charged for in addition: those that are new, or all of them at another price. */
function spanOf(period: Period, before: Price | undefined, after: Price) {
  const [from, until] = [firstDay(period, after), after.until]
  if (!before) return { from, until }
  const was = firstDay(period, before)
  if (from < was && until === before.until) return { from, until: addDays(was, -1) }
  return from === was && until > before.until ? { from: addDays(before.until, 1), until } : { from, until }
}

/**
 * What changing an enrollment does to the money: each period that was charged is worked out as it was and as it will be,
 * and the difference is what is posted. Periods that nobody charged stay so, because the next billing counts them.
 */
export function correctionOf(account: Account, about: About, was: StaffEdit, will: StaffEdit): Correction {
  const { charged, row } = about
  const lines = charged.filter(({ from, cents }) => from && cents > 0)
  const days = lines.map(({ from }) => from ?? '')
  const day = today(account.now, row.timeZone)
  if (!days.length) {
    const now = ({ startDate }: StaffEdit) => (startDate > day ? startDate : day)
    const period = dividing(about, will)(now(will))
    const before = priceIn(about, was, dividing(about, was)(now(was)))
    const after = priceIn(about, will, period)
    return { compared: before || after ? [{ period, before, after }] : [], off: [], more: [], cents: 0 }
  }
  const before = once(days.map(dividing(about, was)))
  const after = chargedThen(about, will, days)
  const compared = once([...before, ...after])
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map(period => ({
      period,
      before: before.some(({ from }) => from === period.from) ? priceIn(about, was, period) : undefined,
      after: after.some(({ from }) => from === period.from) ? priceIn(about, will, period) : undefined,
    }))
  const off: Correction['off'] = []
  const more: Correction['more'] = []
  for (const { period, before: one, after: other } of compared) {
    const cents = (other?.cents ?? 0) - (one?.cents ?? 0)
    if (cents > 0 && other)
      more.push({
        cents,
        ...spanOf(period, one, other),
        steps: [
          ...other.lines.flatMap(({ steps }) => steps ?? []),
          `Charged before: ${money(one?.cents ?? 0)}. The difference: ${money(cents)}.`,
        ],
      })
    let rest = -cents
    for (const line of [...lines].reverse()) {
      const here = line.from !== null && line.from >= period.from && line.from <= period.to
      const part = here ? Math.min(rest, line.cents) : 0
      if (part <= 0) continue
      off.push({ chargeId: line.id, cents: part, from: other?.lines[0]?.forFrom, until: other?.until })
      rest -= part
    }
  }
  const sum = (all: { cents: number }[]) => all.reduce((total, { cents }) => total + cents, 0)
  return { compared, off, more, cents: sum(more) - sum(off) }
}

/** Posts a correction: lines below the charges that become less, and charges for what becomes more. */
export async function postCorrection(
  account: Account,
  { enrollment, row }: Pick<About, 'enrollment' | 'row'>,
  { off, more }: Correction,
): Promise<Statement[]> {
  const { id: enrollmentId, familyId, studentId } = enrollment
  const on = today(account.now, row.timeZone)
  const why = `The enrollment was changed on ${sayDate(on)}.`
  return [
    ...(await lowerCharges(
      account,
      off.map(part => ({ ...part, enrollmentId, why })),
    )),
    ...more.flatMap(({ cents, from, until, steps }) =>
      postCharge(account, {
        familyId,
        locationId: row.locationId,
        kind: 'class',
        title: `${row.name}, ${sayDate(from)} to ${sayDate(until)}, corrected`,
        on,
        due: from > on ? from : on,
        lines: [
          {
            ...{ kind: 'tuition', cents, programId: row.programId, categoryId: tuitionCategory },
            ...{ studentId, enrollmentId, forFrom: from, forTo: until, steps },
          },
        ],
      }),
    ),
  ]
}
