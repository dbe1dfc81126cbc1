import { sql } from 'drizzle-orm'
import type { Values } from '../../src/setup/field'
import { nounOf } from '../../src/setup/nouns'
import { addThing } from '../../src/setup/things'
import { asStaff, type Cast, pick } from '../cast'

/** A fee that the program of a cast makes due, set up as staff do. @returns its id */
export async function feeOf(c: Cast, more: Values = {}): Promise<number> {
  const noun = nounOf('anniversary-fees')
  if (!noun) throw new Error('There is no such noun.')
  const name = `Membership ${crypto.randomUUID().slice(0, 8)}`
  const values = { name, per: 'student', cents: 4500, months: 12, programs: [c.programId], programId: c.programId }
  await addThing(asStaff(c.account), noun, { ...values, chargeCategoryId: 6, ...more })
  const [row] = await pick(sql`select max(id) as id from anniversary_fees`)
  return row?.id ?? 0
}

/** The charges of a family for fees. */
export const feeCharges = (c: Cast) =>
  pick<{ title: string; cents: number; open: number; due: string }>(
    sql`select title, cents, open_cents as open, due_on as due from charges where family_id = ${c.family.id} and kind = 'anniversary' order by id`,
  )

/** When a fee is next due, of the family or a student; nothing where nothing was written. */
export const nextOf = async (feeId: number) =>
  (
    await pick<{ next: string }>(sql`select next_on as next from anniversary_dues where fee_id = ${feeId} order by id`)
  ).map(({ next }) => next)

/** Takes every fee out of use, so that the next test may name its own alike. */
export const endFees = async () => {
  await pick(sql`update anniversary_fees set retired_at = 1, name = name || ' ' || id where retired_at is null`)
}
