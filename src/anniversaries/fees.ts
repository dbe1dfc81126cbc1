import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { addMonths, sayDate } from '../clock'
import { t } from '../language'
import { money } from '../money'
import { anniversaryFees } from '../schema/anniversaries'

/** The day from which a fee is due that nobody has paid yet, and the one from which it is due never again. */
export const atFirst = '0000-01-01'
export const never = '9999-12-31'

/** How a fee stands with a family, or with one of its students. */
export interface Standing {
  /** Nothing for the family's. */
  studentId: number | null
  nextOn: string
  /** What this customer pays instead of the amount of the fee. */
  customCents: number | null
  lastChargeId: number | null
}

/** An anniversary fee in use, with how it stands with one family. */
export interface Fee {
  id: number
  name: string
  per: 'student' | 'family'
  programId: number
  categoryId: number
  cents: number
  /** Nothing where it is due once. */
  months: number | null
  /** Enrollments of these make it due; any does where there are none. */
  programs: number[]
  standings: Standing[]
  /** For whom it is being paid this moment; nothing for the family. */
  paying: (number | null)[]
}

const list = <T>(text: SQL, name: string) => text.mapWith(rows => JSON.parse(rows) as T[]).as(name)

/** The fees in use and how they stand with a family. Names are written out: in a select of one table drizzle drops the table. */
export function feesQuery({ db }: Pick<Account, 'db'>, familyId: number | SQL<number>) {
  const programs = sql`(select json_group_array(p.program_id) from anniversary_programs p where p.fee_id = anniversary_fees.id)`
  const standings = sql`(select json_group_array(json_object('studentId', d.student_id, 'nextOn', d.next_on, 'customCents', d.custom_cents, 'lastChargeId', d.last_charge_id)) from anniversary_dues d where d.fee_id = anniversary_fees.id and (d.family_id = ${familyId} or d.student_id in (select s.student_id from family_students s where s.family_id = ${familyId})))`
  return db
    .select({
      id: anniversaryFees.id,
      name: anniversaryFees.name,
      per: anniversaryFees.per,
      programId: anniversaryFees.programId,
      categoryId: anniversaryFees.chargeCategoryId,
      cents: anniversaryFees.cents,
      months: anniversaryFees.months,
      programs: list<number>(programs, 'fee_programs'),
      standings: list<Standing>(standings, 'fee_standings'),
      paying: list<number | null>(
        sql`(select json_group_array(i.student_id) from ${payingItems(familyId, sql`anniversary_fees.id`)})`,
        'fee_paying',
      ),
    })
    .from(anniversaryFees)
    .where(sql`${anniversaryFees.retiredAt} is null`)
    .orderBy(anniversaryFees.id)
}

/** The lines of a fee in carts of a family whose payment has no answer yet. */
export const payingItems = (familyId: number | SQL<number>, feeId: number | SQL): SQL =>
  sql`cart_items i join carts k on k.id = i.cart_id where k.family_id = ${familyId} and k.state = 'paying' and i.kind = 'anniversary' and json_extract(i.particulars, '$.feeId') = ${feeId}`

/** A fee that is due. */
export interface Due extends Pick<Fee, 'name' | 'programId' | 'categoryId' | 'cents' | 'months'> {
  feeId: number
  /** What it costs everybody else, where this customer pays another amount. */
  usualCents: number
  studentId: number | null
  /** The student it is for. */
  who: string | null
  nextOn: string
  lastChargeId: number | null
}

/** How a fee stands with a student, or with the family; as with everybody where nothing was written. */
export const standingOf = ({ standings }: Fee, studentId: number | null): Standing =>
  standings.find(one => one.studentId === studentId) ?? {
    studentId,
    nextOn: atFirst,
    customCents: null,
    lastChargeId: null,
  }

/**
 * What a student's ACTIVE enrollment in a class of a program makes due on a day: the fees whose day has come and that
 * are not being paid already.
 */
export function duesOf(
  fees: Fee[],
  { student, programId }: { student: { id: number; firstName: string }; programId: number },
  day: string,
): Due[] {
  return fees.flatMap(fee => {
    const studentId = fee.per === 'student' ? student.id : null
    const { nextOn, customCents, lastChargeId } = standingOf(fee, studentId)
    const cents = customCents ?? fee.cents
    const meant = !fee.programs.length || fee.programs.includes(programId)
    if (!meant || !cents || nextOn > day || fee.paying.includes(studentId)) return []
    const { id: feeId, name, programId: bookedUnder, categoryId, months, cents: usualCents } = fee
    const who = studentId === null ? null : student.firstName
    return [
      {
        feeId,
        name,
        programId: bookedUnder,
        categoryId,
        cents,
        usualCents,
        months,
        studentId,
        who,
        nextOn,
        lastChargeId,
      },
    ]
  })
}

/**
 * The day on which a fee fell due: its own, or the first day of the enrollment for whoever never paid it. A family that
 * was away for a whole period begins anew, because nobody pays for years without a class.
 */
export function owedOn({ nextOn, months }: Pick<Due, 'nextOn' | 'months'>, from: string, day: string): string {
  const begins = from > day ? from : day
  if (nextOn === atFirst) return begins
  return months !== null && addMonths(nextOn, months) <= day ? begins : nextOn
}

/** "every year", "once". */
export function sayOften(months: number | null): string {
  if (months === null) return t('once')
  if (months === 1) return t('every month')
  return months === 12 ? t('every year') : t('every {months} months', { months })
}

/** How the amount came about, for "Why this amount?". */
export function whyDue(due: Due, from: string, day: string): string[] {
  const { studentId, months, nextOn, usualCents, cents, lastChargeId } = due
  const said = { often: sayOften(months), amount: money(usualCents) }
  const on = sayDate(owedOn(due, from, day), { year: true })
  return [
    studentId === null
      ? t('For each family, {often}: {amount}.', said)
      : t('For each student, {often}: {amount}.', said),
    ...(cents === usualCents ? [] : [t('For you it is {amount}, as agreed.', { amount: money(cents) })]),
    nextOn === atFirst && lastChargeId === null
      ? t('Due with the first enrollment, on {date}.', { date: on })
      : t('Due on {date}.', { date: on }),
  ]
}
