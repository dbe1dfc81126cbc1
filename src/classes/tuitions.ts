import { and, desc, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { billingSchedules } from '../schema/billing'
import { classTuitions } from '../schema/classes'
import type { ClassRow } from './classes'

/** One way in which a class can be paid. */
export interface Tuition {
  classId: number
  billingScheduleId: number
  name: string
  cents: number
  unit: 'flat' | 'hour' | 'timeslot'
  cycle: 'month_session' | 'calendar_month' | 'four_weeks'
}

/** Nobody needs a promo code for it: a price that a code in use leads to is offered with the code alone. */
const withoutCode = sql`not exists (select 1 from promo_codes p where p.kind = 'billing_schedule' and p.billing_schedule_id = ${classTuitions.billingScheduleId} and p.retired_at is null)`

/**
 * The tuitions of classes as they are today, the default first; an older price of a schedule comes after its newer one.
 * @param offered only those that families may choose among
 */
export function tuitionsQuery(account: Account, classIds: SQL | number[], offered = false) {
  return account.db
    .select({
      classId: classTuitions.classId,
      billingScheduleId: classTuitions.billingScheduleId,
      name: billingSchedules.name,
      cents: classTuitions.cents,
      unit: classTuitions.unit,
      cycle: billingSchedules.cycle,
    })
    .from(classTuitions)
    .innerJoin(billingSchedules, eq(billingSchedules.id, classTuitions.billingScheduleId))
    .where(
      and(
        inArray(classTuitions.classId, classIds as number[]),
        lte(classTuitions.fromDate, todayAt(account)),
        isNull(billingSchedules.retiredAt),
        offered ? withoutCode : undefined,
      ),
    )
    .orderBy(desc(classTuitions.isDefault), desc(classTuitions.fromDate), classTuitions.id)
}

/** What a family can choose among for one class: each billing schedule once. */
export function choicesOf(tuitions: Tuition[], classId: number): Tuition[] {
  const seen = new Set<number>()
  return tuitions.filter(one => {
    if (one.classId !== classId || seen.has(one.billingScheduleId)) return false
    seen.add(one.billingScheduleId)
    return true
  })
}

/** The class priced by the billing schedule that was chosen; as it stands where none was, or it is not there any more. */
export function pricedBy(row: ClassRow, tuitions: Tuition[], scheduleId: number | null | undefined): ClassRow {
  const chosen = choicesOf(tuitions, row.id).find(one => one.billingScheduleId === scheduleId)
  if (!chosen) return row
  const { cents, unit, billingScheduleId, cycle } = chosen
  return { ...row, tuitionCents: cents, tuitionUnit: unit, billingScheduleId, cycle }
}

/** A price that staff agreed for one enrollment: in place of the whole tuition, or of the price of its unit. */
export interface Override {
  overrideKind: 'flat' | 'unit' | null
  overrideCents: number | null
  /** The last first day it is good for; nothing where it has no end. */
  overrideUntil: string | null
  overrideProrates: number
}

export const noOverride: Override = {
  overrideKind: null,
  overrideCents: null,
  overrideUntil: null,
  overrideProrates: 1,
}

/** The class priced as was agreed, while that is good for tuition that begins on a day. */
export function overridden(row: ClassRow, override: Override, from: string): ClassRow {
  const { overrideKind: kind, overrideCents: cents, overrideUntil: until, overrideProrates } = override
  if (kind === null || cents === null || (until && from > until)) return row
  return {
    ...row,
    tuitionCents: cents,
    tuitionUnit: kind === 'flat' ? 'flat' : (row.tuitionUnit ?? 'flat'),
    prorate: row.prorate && overrideProrates ? 1 : 0,
  }
}
