import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { ClassRow } from '../classes/classes'
import type { Results } from '../database'
import { classes } from '../schema/classes'
import { discountCells, discountSchedules } from '../schema/discounts'
import { enrollments } from '../schema/enrollments'
import { programs } from '../schema/programs'
import { type DiscountAnswers, type Price, priceOf } from './pricing'

/** What the discounts of several classes depend on at once: their schedules, the cells, and the family's ACTIVE places. */
export function basketQueries({ db }: Account, classIds: SQL, familyId: number) {
  const attached = sql`(select coalesce(c.discount_schedule_id, p.discount_schedule_id) from ${classes} c join ${programs} p on p.id = c.program_id where c.id in ${classIds})`
  const cells = sql`(select json_group_array(json_object('nthClass', d.nth_class, 'nthStudent', d.nth_student, 'amount', d.amount)) from ${discountCells} d where d.schedule_id = discount_schedules.id)`
  return [
    db
      .select({
        id: discountSchedules.id,
        name: discountSchedules.name,
        countClasses: discountSchedules.countClasses,
        countStudents: discountSchedules.countStudents,
        unit: discountSchedules.unit,
        deletedAt: discountSchedules.deletedAt,
        cells: cells.mapWith(text => JSON.parse(text) as DiscountAnswers[1]).as('cells'),
      })
      .from(discountSchedules)
      // The plus keeps SQLite from listing the classes first: a business without schedules reads nothing here.
      .where(sql`+${discountSchedules.id} in ${attached}`),
    db
      .select({
        studentId: enrollments.studentId,
        throughDate: enrollments.throughDate,
        locationId: sql<number>`(select c.location_id from ${classes} c where c.id = enrollments.class_id)`.as(
          'class_location',
        ),
      })
      .from(enrollments)
      .where(
        sql`${enrollments.familyId} = ${familyId} and ${enrollments.type} = 'active' and ${enrollments.state} = 'approved' and ${enrollments.seat} <> 'days'`,
      ),
  ] as const
}

/** One thing of a basket. */
export interface Wanted {
  row: ClassRow
  type: string
  studentId: number
  from: string
  to: string | null
}

/**
 * Prices what a family asks for together. The dearest comes first, as A15 counts a family's classes at a location, and
 * each ACTIVE place counts for those after it as if it stood already.
 * @returns a price for each, in the order that was given; nothing for what is free
 */
export function priceBasket(
  wanted: Wanted[],
  [schedules, mine]: Results<ReturnType<typeof basketQueries>>,
): (Price | undefined)[] {
  const prices: (Price | undefined)[] = []
  const before: { studentId: number; locationId: number }[] = []
  const order = wanted
    .map((one, nth) => ({ ...one, nth }))
    .sort((a, b) => (b.row.tuitionCents ?? 0) - (a.row.tuitionCents ?? 0) || a.nth - b.nth)
  for (const { row, type, studentId, from, to, nth } of order) {
    const here = ({ locationId }: { locationId: number }) => locationId === row.locationId
    const counted = [...mine.filter(one => here(one) && one.throughDate >= from), ...before.filter(here)]
    const schedule = schedules.find(({ id }) => id === row.discountScheduleId)
    const answers: DiscountAnswers = [
      schedule ? [schedule] : [],
      schedule?.cells ?? [],
      counted.map(one => ({ studentId: one.studentId })),
    ]
    prices[nth] = priceOf(row, type, { studentId, from, to }, answers)
    if (type === 'active') before.push({ studentId, locationId: row.locationId })
  }
  return prices
}
