import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { type ClassRow, meetingDays } from '../classes/classes'
import { sayDate } from '../clock'
import { type Results, read } from '../database'
import { t } from '../language'
import { money } from '../money'
import { classes } from '../schema/classes'
import { discountCells, discountSchedules } from '../schema/discounts'
import { enrollments } from '../schema/enrollments'
import { programs } from '../schema/programs'
import type { ChargeLine } from './charges'
import { meetingsIn, type Period, periodOf } from './periods'

/** Category 1 is Class Tuition (migration 0004). */
export const tuitionCategory = 1

/** A price with the way it came about. */
export interface Price {
  cents: number
  lines: ChargeLine[]
  /** The day up to which it pays. */
  until: string
  deletedSchedule: boolean
}

export interface Priced {
  studentId: number
  familyId: number
  from: string
  to?: string | null
}

/** What a discount is found by: as SQL, where it is asked in one trip with the enrollment. */
interface DiscountFor {
  classId: number | SQL<number>
  familyId: number | SQL<number>
  from: string | SQL<string>
}

/**
 * What the discount of a class's tuition depends on: the schedule attached to the class or its program, its cells, and
 * the family's ACTIVE enrollments at the class's location.
 */
export function discountQueries({ db }: Account, { classId, familyId, from }: DiscountFor) {
  const scheduleId = sql`(select coalesce(c.discount_schedule_id, p.discount_schedule_id) from ${classes} c join ${programs} p on p.id = c.program_id where c.id = ${classId})`
  const here = sql`(select c.location_id from ${classes} c where c.id = ${classId})`
  const active = sql`${enrollments.familyId} = ${familyId} and ${enrollments.type} = 'active' and ${enrollments.state} = 'approved' and ${enrollments.throughDate} >= ${from} and exists (select 1 from ${classes} k where k.id = ${enrollments.classId} and k.kind = 'class' and k.location_id = ${here})`
  return [
    db
      .select({
        name: discountSchedules.name,
        countClasses: discountSchedules.countClasses,
        countStudents: discountSchedules.countStudents,
        unit: discountSchedules.unit,
        deletedAt: discountSchedules.deletedAt,
      })
      .from(discountSchedules)
      .where(sql`${discountSchedules.id} = ${scheduleId}`),
    db
      .select({ nthClass: discountCells.nthClass, nthStudent: discountCells.nthStudent, amount: discountCells.amount })
      .from(discountCells)
      .where(sql`${discountCells.scheduleId} = ${scheduleId}`),
    db.select({ studentId: enrollments.studentId }).from(enrollments).where(active),
  ] as const
}

/** What discountQueries answered. */
export type DiscountAnswers = Results<ReturnType<typeof discountQueries>>

/** The first charge of an enrollment, with its discount read: see tuitionFrom. */
export async function firstTuition(account: Account, row: ClassRow, about: Priced): Promise<Price> {
  const discounted = row.discounts && row.discountScheduleId
  const { familyId, from } = about
  return tuitionFrom(
    row,
    about,
    discounted ? await read(account, discountQueries(account, { classId: row.id, familyId, from })) : undefined,
  )
}

/** What a full tuition is called, by how long it lasts. */
const sayFull = (of: Period['of'], full: number) => {
  const said = { amount: money(full) }
  if (of === 'session') return t('Tuition for a full session: {amount}.', said)
  return of === 'weeks'
    ? t('Tuition for a month of four weeks: {amount}.', said)
    : t('Tuition for a full month: {amount}.', said)
}

/**
 * The first charge of an enrollment: the tuition of its month or session, prorated by the meetings from the first day
 * on, less the discount of the schedule attached to the class or its program (A15: tuition, proration, discount). A deleted
 * schedule that is still attached is honoured and said (OA16).
 * @param answers what discountQueries answered
 */
export function tuitionFrom(
  row: ClassRow,
  { studentId, from, to }: Omit<Priced, 'familyId'>,
  answers?: DiscountAnswers,
): Price {
  const period = periodOf(row, from)
  const until = to && to < period.to ? to : period.to
  const full = Math.round((row.tuitionCents ?? 0) * unitsOf(row))
  const { all, paid: attended } = meetingsIn(row, period, from, until)
  const prorated = row.prorate && all > 0 ? Math.round((full * attended) / all) : full
  const about = { programId: row.programId, categoryId: tuitionCategory, studentId, forFrom: from, forTo: until }
  const steps = [sayFull(period.of, full)]
  if (prorated !== full)
    steps.push(
      t('{attended} of {all} meetings from {from} to {until}: {amount}.', {
        attended,
        all,
        from: sayDate(from),
        until: sayDate(until),
        amount: money(prorated),
      }),
    )
  const lines: ChargeLine[] = [{ kind: 'tuition', cents: prorated, steps, ...about }]

  const discount = row.discounts && answers ? discountFrom(answers, studentId) : undefined
  if (discount) {
    const off = Math.min(
      prorated,
      discount.unit === 'percent' ? Math.round((prorated * discount.amount) / 100) : discount.amount,
    )
    const rate = discount.unit === 'percent' ? `${discount.amount} %` : money(discount.amount)
    if (off > 0)
      lines.push({
        kind: 'discount',
        cents: -off,
        steps: [
          t('{name}: class {class}, student {student}: {rate} off.', {
            name: discount.name,
            class: discount.nthClass,
            student: discount.nthStudent,
            rate,
          }),
        ],
        discountScheduleId: row.discountScheduleId,
        deletedSchedule: discount.deleted,
        ...about,
      })
    else if (discount.deleted && lines[0]) lines[0].deletedSchedule = true
  }
  return {
    cents: lines.reduce((sum, line) => sum + line.cents, 0),
    lines,
    until,
    deletedSchedule: Boolean(discount?.deleted),
  }
}

/** One day of a class: its own price, or a meeting's share of the month or session (A4). */
export function singleDay(row: ClassRow, { studentId, from }: Pick<Priced, 'studentId' | 'from'>): Price {
  const period = periodOf(row, from)
  const all =
    period.of === 'weeks' ? meetingsIn(row, period, from, from).all : meetingDays(row, period.from, period.to).length
  const share = Math.round(((row.tuitionCents ?? 0) * unitsOf(row)) / Math.max(1, all))
  const cents = row.singleDayCents ?? share
  const part =
    period.of === 'session'
      ? t('One of {all} meetings of the session', { all })
      : t('One of {all} meetings of the month', { all })
  const step = row.singleDayCents === null ? part : t('One day')
  const about = { programId: row.programId, categoryId: tuitionCategory, studentId, forFrom: from, forTo: from }
  const line: ChargeLine = { kind: 'tuition', cents, steps: [`${step}: ${money(cents)}.`], ...about }
  return { cents, lines: [line], until: from, deletedSchedule: false }
}

/** What an enrollment costs at its beginning by its type; a trial and the waitlist cost nothing (A4). */
export function priceOf(
  row: ClassRow,
  type: string,
  about: Omit<Priced, 'familyId'>,
  answers?: DiscountAnswers,
): Price | undefined {
  if (type === 'active') return tuitionFrom(row, about, answers)
  if (type === 'single_day') return singleDay(row, about)
}

/** How many times the price counts: once, for each weekly time, or for each weekly hour. */
function unitsOf({ tuitionUnit, slots }: ClassRow): number {
  if (tuitionUnit === 'timeslot') return slots.length
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  return tuitionUnit === 'hour' ? slots.reduce((sum, slot) => sum + minutes(slot.end) - minutes(slot.start), 0) / 60 : 1
}

interface Discount {
  name: string
  deleted: boolean
  unit: 'cents' | 'percent'
  amount: number
  nthClass: number
  nthStudent: number
}

/** The cell of a schedule that the next ACTIVE enrollment of this student at the location falls into. */
function discountFrom([[schedule], cells, mine]: DiscountAnswers, studentId: number): Discount | undefined {
  if (!schedule) return
  const others = new Set(mine.map(one => one.studentId).filter(id => id !== studentId))
  const own = mine.filter(({ studentId: id }) => id === studentId).length
  const nthClass = schedule.countClasses === 'total' ? mine.length + 1 : own + 1
  const nthStudent = schedule.countStudents === 'total' ? others.size + 1 : 1
  // A table smaller than the family goes on with its last row and column.
  const fitting = cells
    .filter(cell => cell.nthClass <= nthClass && cell.nthStudent <= nthStudent)
    .sort((a, b) => b.nthClass - a.nthClass || b.nthStudent - a.nthStudent)
  return {
    name: schedule.name,
    deleted: schedule.deletedAt !== null,
    unit: schedule.unit,
    amount: fitting[0]?.amount ?? 0,
    nthClass,
    nthStudent,
  }
}
