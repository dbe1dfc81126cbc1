import { sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { sayDate } from '../clock'
import { type Answer, commit, must, read } from '../database'
import { NotFound } from '../http'
import { money } from '../money'
import { anniversaryDues } from '../schema/anniversaries'
import { families } from '../schema/families'
import { familyStudents, students } from '../schema/students'
import { setStanding } from './charge'
import { atFirst, type Fee, feesQuery, never, type Standing, standingOf } from './fees'

interface Child {
  id: number
  firstName: string
}

/** A fee of a family as its page shows it, once for each student where it is a student's. */
export interface FamilyFee {
  fee: Fee
  standing: Standing
  /** For whom: a student, or the family. */
  whose: string
}

/** Every fee in use with how it stands with a family and its students. */
export const familyFees = (fees: Fee[], children: Child[]): FamilyFee[] =>
  fees.flatMap(fee =>
    fee.per === 'family'
      ? [{ fee, standing: standingOf(fee, null), whose: 'the family' }]
      : children.map(child => ({ fee, standing: standingOf(fee, child.id), whose: child.firstName })),
  )

/** When a fee is next due, in words. */
export function sayNext({ nextOn, lastChargeId }: Standing): string {
  if (nextOn === atFirst) return lastChargeId === null ? 'With the first enrollment' : 'With the next enrollment'
  return nextOn === never ? 'Not due again' : sayDate(nextOn, { year: true })
}

/** What this customer pays. */
export const sayAmount = ({ fee, standing }: Pick<FamilyFee, 'fee' | 'standing'>) =>
  standing.customCents === null ? money(fee.cents) : `${money(standing.customCents)} instead of ${money(fee.cents)}`

/** A standing as text: of two editors the second is told. */
export const standingText = ({ nextOn, customCents, lastChargeId }: Standing) =>
  [nextOn, customCents ?? '', lastChargeId ?? ''].join(' ')

/**
 * One fee of a family, with the family's name.
 * @param studentId whose it is; nothing for the family's
 * @throws NotFound for a fee out of use, and for a student of another family
 */
export async function familyFee(
  account: Account,
  which: { familyId: number; feeId: number; studentId: number | null },
): Promise<FamilyFee & { familyName: string }> {
  const { familyId, feeId, studentId } = which
  const [[family], children, fees] = await read(account, [
    account.db.select({ name: families.name }).from(families).where(sql`${families.id} = ${familyId}`),
    account.db
      .select({ id: students.id, firstName: students.firstName })
      .from(familyStudents)
      .innerJoin(students, sql`${students.id} = ${familyStudents.studentId}`)
      .where(sql`${familyStudents.familyId} = ${familyId}`),
    feesQuery(account, familyId),
  ])
  const one = familyFees(fees, children).find(
    ({ fee, standing }) => fee.id === feeId && standing.studentId === studentId,
  )
  if (!family || !one) throw new NotFound()
  return { ...one, familyName: family.name }
}

const told: Record<string, string> = { [atFirst]: 'due with the next enrollment', [never]: 'not due again' }

/** What staff decide about a fee of one customer. */
export interface Change {
  /** atFirst, a day, or never. */
  nextOn: string
  /** Nothing where it is the amount of the fee. */
  customCents: number | null
}

/**
 * Staff put off a fee of a family or a student, or change its amount for this customer.
 * @param was how it stood when the editor looked
 * @throws NotFound; Refusal 'changed-meanwhile' when it was charged or changed since
 */
export async function changeFee(
  account: Account,
  which: { familyId: number; feeId: number; studentId: number | null },
  { was, ...change }: Change & { was: string },
  answer: Answer,
): Promise<void> {
  const { familyId, studentId } = which
  const { fee, standing, whose, familyName } = await familyFee(account, which)
  const holder = studentId === null ? sql`d.family_id = ${familyId}` : sql`d.student_id = ${studentId}`
  const now = sql`coalesce((select d.next_on || ' ' || coalesce(d.custom_cents, '') || ' ' || coalesce(d.last_charge_id, '') from ${anniversaryDues} d where d.fee_id = ${fee.id} and ${holder}), ${`${atFirst}  `})`
  const after = { ...standing, ...change }
  await commit(
    account,
    [
      must(account, sql`${now} = ${was}`, 'changed-meanwhile'),
      setStanding(account, { feeId: fee.id, studentId }, familyId, change),
      ...audit(
        account,
        'change anniversary fee',
        `changed ${fee.name} of ${whose === 'the family' ? familyName : whose}: ${told[after.nextOn] ?? `next due on ${after.nextOn}`}, ${sayAmount({ fee, standing: after })}`,
        [
          ['family', familyId],
          ['student', studentId],
          ['anniversary_fee', fee.id],
        ],
        {
          before: { next: sayNext(standing), amount: sayAmount({ fee, standing }) },
          after: { next: sayNext(after), amount: sayAmount({ fee, standing: after }) },
        },
      ),
    ],
    answer,
  )
}
