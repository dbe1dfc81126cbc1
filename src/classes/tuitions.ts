import { and, desc, eq, inArray, isNull, lte, type SQL } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import { today } from '../clock'
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

/** The tuitions of classes as they are today, the default first; an older price of a schedule comes after its newer one. */
export function tuitionsQuery(account: Account, classIds: SQL | number[]) {
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
        lte(classTuitions.fromDate, today(account.now, businessZone(account))),
        isNull(billingSchedules.retiredAt),
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
