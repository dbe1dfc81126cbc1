import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { ClassRow } from '../classes/classes'
import { choicesOf, pricedBy, type Tuition } from '../classes/tuitions'
import { must, type newest, type Statement } from '../database'
import { t } from '../language'
import { money } from '../money'
import { promoCodes } from '../schema/billing'
import { promoScopes, promoUses } from '../schema/promos'
import type { Price } from './pricing'

/** A promo code as it stands for one family. */
export interface Promo {
  id: number
  code: string
  kind: 'amount' | 'percent' | 'billing_schedule' | 'trial'
  /** Cents or percent. */
  amount: number | null
  /** By which the class is billed with a code of that kind. */
  billingScheduleId: number | null
  maxUses: number | null
  uses: number
  oncePerFamily: number
  fromOn: string | null
  untilOn: string | null
  retiredAt: number | null
  /** This family has used it. */
  used: number
  scopes: { subject: string; id: number }[]
}

/** The code of a condition, with what this family has done with it. */
export function promoQuery({ db }: Account, familyId: number | SQL<number>, which: SQL) {
  const scopes = sql`(select json_group_array(json_object('subject', s.subject, 'id', s.subject_id)) from ${promoScopes} s where s.promo_code_id = promo_codes.id)`
  return db
    .select({
      id: promoCodes.id,
      code: promoCodes.code,
      kind: promoCodes.kind,
      amount: promoCodes.amount,
      billingScheduleId: promoCodes.billingScheduleId,
      maxUses: promoCodes.maxUses,
      uses: promoCodes.uses,
      oncePerFamily: promoCodes.oncePerFamily,
      fromOn: promoCodes.fromOn,
      untilOn: promoCodes.untilOn,
      retiredAt: promoCodes.retiredAt,
      used: sql<number>`exists (select 1 from ${promoUses} u where u.promo_code_id = promo_codes.id and u.family_id = ${familyId})`.as(
        'was_used',
      ),
      scopes: scopes.mapWith(text => JSON.parse(text) as Promo['scopes']).as('scopes'),
    })
    .from(promoCodes)
    .where(which)
}

/** Codes are written in any case. */
export const byCode = (code: string) => sql`upper(${promoCodes.code}) = ${code.trim().toUpperCase()}`

/** Why a code cannot be used on a day, as a code of the closed list; nothing when it can. */
export function promoTrouble(promo: Promo | undefined, day: string): string | undefined {
  if (!promo || promo.retiredAt !== null) return 'promo-unknown'
  if (promo.kind === 'billing_schedule' ? promo.billingScheduleId === null : promo.kind !== 'trial' && !promo.amount)
    return 'promo-unknown'
  if (promo.fromOn && promo.fromOn > day) return 'promo-early'
  if (promo.untilOn && promo.untilOn < day) return 'promo-over'
  if (promo.maxUses !== null && promo.uses >= promo.maxUses) return 'promo-spent'
  if (promo.oncePerFamily && promo.used) return 'promo-used'
}

/** Whether a code is good for a class: its own or its program's, or any where it names none. */
export const promoFits = ({ scopes }: Promo, row: Pick<ClassRow, 'id' | 'programId'>) =>
  !scopes.length ||
  scopes.some(
    ({ subject, id }) => (subject === 'class' && id === row.id) || (subject === 'program' && id === row.programId),
  )

/**
 * The class as a code bills it: by the code's own billing schedule, before anything is prorated or taken off (A15, step
 * 1 of the order); nothing where the code is of another kind or the class has no price under that schedule.
 */
export function billedWith(
  row: ClassRow,
  tuitions: Tuition[],
  { kind, billingScheduleId }: Promo,
): ClassRow | undefined {
  const known = choicesOf(tuitions, row.id).some(one => one.billingScheduleId === billingScheduleId)
  return kind === 'billing_schedule' && known ? pricedBy(row, tuitions, billingScheduleId) : undefined
}

/** A price that a code changed from the ground says so before all else. */
const saidBilled = (price: Price, code: string): Price => ({
  ...price,
  lines: price.lines.map((line, nth) =>
    nth ? line : { ...line, steps: [t('The tuition of promo code {code}.', { code }), ...(line.steps ?? [])] },
  ),
})

/** Takes a code off a price, after the discounts: a percentage of the tuition itself, or an amount; never below nothing (A15). */
export function withPromo(price: Price, promo: Pick<Promo, 'code' | 'kind' | 'amount'>): Price {
  if (promo.kind === 'billing_schedule') return saidBilled(price, promo.code)
  const [first] = price.lines
  const full = first?.cents ?? 0
  const amount = promo.amount ?? 0
  const off = Math.min(price.cents, promo.kind === 'percent' ? Math.round((full * amount) / 100) : amount)
  if (!first || off <= 0) return price
  const rate = promo.kind === 'percent' ? `${amount} %` : money(amount)
  const { programId, categoryId, studentId, forFrom, forTo } = first
  const line = {
    kind: 'promo' as const,
    cents: -off,
    steps: [t('Promo code {code}: {rate} off.', { code: promo.code, rate })],
  }
  return {
    ...price,
    cents: price.cents - off,
    lines: [...price.lines, { ...line, programId, categoryId, studentId, forFrom, forTo }],
  }
}

/**
 * Guards that a code may be used so many times more today, and once where it is once a family's.
 * @param uses how many enrollments it is used on
 */
export function mustBeUsable(
  account: Account,
  promoId: number,
  familyId: number,
  uses: number,
  day: string,
): Statement[] {
  const usable = sql`${promoCodes.id} = ${promoId} and ${promoCodes.retiredAt} is null and (${promoCodes.maxUses} is null or ${promoCodes.uses} + ${uses} <= ${promoCodes.maxUses}) and coalesce(${promoCodes.untilOn}, '9999-12-31') >= ${day}`
  const free = sql`not exists (select 1 from ${promoCodes} where ${promoCodes.id} = ${promoId} and ${promoCodes.oncePerFamily} = 1 and exists (select 1 from ${promoUses} where ${promoUses.promoCodeId} = ${promoId} and ${promoUses.familyId} = ${familyId}))`
  return [
    must(account, sql`exists (select 1 from ${promoCodes} where ${usable})`, 'promo-spent'),
    must(account, free, 'promo-used'),
  ]
}

/** Notes the use of a code by an enrollment; the key of the first one of a cart keeps a family from a second cart. */
export function usePromo(
  { db, now }: Account,
  use: { promoId: number; familyId: number; enrollmentId: ReturnType<typeof newest>; once: boolean },
): Statement {
  const { promoId, familyId, enrollmentId, once } = use
  return db.insert(promoUses).values({
    promoCodeId: promoId,
    familyId,
    enrollmentId: enrollmentId as unknown as number,
    onceKey: once ? `${promoId} ${familyId}` : null,
    at: now,
  })
}
