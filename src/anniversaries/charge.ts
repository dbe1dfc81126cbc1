import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { addDays, addMonths } from '../clock'
import { must, newest, type Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { money } from '../money'
import { anniversaryDues, anniversaryFees } from '../schema/anniversaries'
import { charges } from '../schema/charges'
import { atFirst, type Due, never, owedOn, payingItems, whyDue } from './fees'

type Which = Pick<Due, 'feeId' | 'studentId'>

/** SQL of a column of how a fee stands with a student or the family. */
const standing = ({ feeId, studentId }: Which, familyId: number, column: 'next_on' | 'last_charge_id') =>
  sql`(select d.${sql.raw(column)} from anniversary_dues d where d.fee_id = ${feeId} and ${
    studentId === null ? sql`d.family_id = ${familyId}` : sql`d.student_id = ${studentId}`
  })`

/**
 * Guards that a fee is due as it was when it was looked at, and that no other cart is paying it: before money is asked
 * for, and before a decision charges it.
 */
export function mustBeDue(account: Account, due: Due, familyId: number): Statement {
  const { feeId, studentId, nextOn } = due
  const used = sql`exists (select 1 from ${anniversaryFees} f where f.id = ${feeId} and f.retired_at is null)`
  const same = sql`coalesce(${standing(due, familyId, 'next_on')}, ${atFirst}) = ${nextOn}`
  const free = sql`not exists (select 1 from ${payingItems(familyId, feeId)} and i.student_id is ${studentId})`
  return must(account, sql`${used} and ${same} and ${free}`, 'fee-not-due')
}

/** Guards that nobody has charged a fee since it was looked at: two carts or two hands charge it once. */
const mustBeUncharged = (account: Account, due: Due, familyId: number): Statement =>
  must(account, sql`${standing(due, familyId, 'last_charge_id')} is ${due.lastChargeId}`, 'fee-not-due')

/** Writes how a fee stands with a student or the family. */
export function setStanding(
  { db }: Pick<Account, 'db'>,
  { feeId, studentId }: Which,
  familyId: number,
  change: { nextOn: string; customCents?: number | null; lastChargeId?: number },
): Statement {
  const holder = studentId === null ? { familyId } : { studentId }
  return db
    .insert(anniversaryDues)
    .values({ feeId, ...holder, ...change })
    .onConflictDoUpdate({
      target: [anniversaryDues.feeId, studentId === null ? anniversaryDues.familyId : anniversaryDues.studentId],
      set: change,
    })
}

/**
 * Charges a fee that is due and says when it is due again. It stands in the books by itself, beside the tuition of the
 * enrollment that made it due.
 * @param at.from the first day of that enrollment
 * Refuses with 'fee-not-due' when somebody else has charged it.
 */
export function chargeDue(
  account: Account,
  due: Due,
  at: { familyId: number; locationId: number; from: string; day: string },
): Statement[] {
  const { feeId, name, who, cents, months, programId, categoryId, studentId } = due
  const { familyId, locationId, from, day } = at
  const owed = owedOn(due, from, day)
  const next = months === null ? never : addMonths(owed, months)
  const title = who ? `${name}, ${who}` : name
  return [
    mustBeUncharged(account, due, familyId),
    ...postCharge(account, {
      familyId,
      locationId,
      kind: 'anniversary',
      title,
      on: day,
      due: owed > day ? owed : day,
      lines: [
        {
          kind: 'anniversary',
          cents,
          programId,
          categoryId,
          studentId,
          forFrom: owed,
          forTo: months === null ? null : addDays(next, -1),
          steps: whyDue(due, from, day),
        },
      ],
    }),
    setStanding(account, due, familyId, {
      nextOn: next,
      lastChargeId: newest(charges) as unknown as number,
    }),
    ...audit(
      account,
      'anniversary fee',
      `charged ${title}, ${money(cents)}; ${months === null ? 'it is not due again' : `next due on ${next}`}`,
      [
        ['family', familyId],
        ['student', studentId],
        ['anniversary_fee', feeId],
        ['charge', newest(charges)],
      ],
    ),
  ]
}
