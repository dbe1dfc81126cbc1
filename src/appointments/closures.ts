import { type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { must, type Statement } from '../database'
import { holdsPlace } from '../schema/appointments'

/** How a program's closures, which are JSON, spell a day of a schedule that stops both lessons and tuition (A9: the others do not count). */
const spelled = (onDate: SQL) => sql`'["' || ${onDate} || '","both"]'`

/**
 * True for a time on a blackout date, for a statement that has both tables by these names. The program is read only
 * where the appointment keeps to its blackout dates.
 */
export const isBlackedOut: SQL = sql`(case when appointments.blackouts = 1 then instr((select p.closures from programs p where p.id = appointments.program_id), ${spelled(sql`appointment_slots.on_date`)}) > 0 else 0 end)`

/** Guards that a time is not on a blackout date by now. */
export const mustNotBeBlackedOut = (account: Account, slotId: number): Statement =>
  must(
    account,
    sql`not exists (select 1 from appointment_slots s join appointments a on a.id = s.appointment_id and a.blackouts = 1 join programs p on p.id = a.program_id where s.id = ${slotId} and instr(p.closures, ${spelled(sql`s.on_date`)}) > 0)`,
    'slot-closed',
  )

/** So many are named at once; one more says that there are more. */
export const mostNamed = 20

/**
 * Bookings that stand on blackout dates to come, soonest first: made before the day was one, so staff decide.
 * @param of.locationIds none means all
 */
export function bookedAnyway(account: Account, of: { locationIds: number[]; appointmentId?: number }) {
  const coming = sql`appointments a cross join programs p on p.id = a.program_id cross join json_each(p.closures) d on d.value ->> 1 = 'both' and d.value ->> 0 >= ${todayAt(account)} cross join appointment_slots s on s.appointment_id = a.id and s.starts_at between unixepoch(d.value ->> 0) * 1000 - 86400000 and unixepoch(d.value ->> 0) * 1000 + 172800000 and s.on_date = d.value ->> 0 cross join bookings b on b.slot_id = s.id and ${holdsPlace(sql`b.state`)} and b.state in ('requested','booked')`
  const there = of.locationIds.length
    ? sql` and a.location_id in (select value from json_each(${JSON.stringify(of.locationIds)}))`
    : sql``
  const one = of.appointmentId ? sql` and a.id = ${of.appointmentId}` : sql``
  return account.db
    .select({
      id: sql<number>`b.id`.as('standing_id'),
      familyId: sql<number>`b.family_id`.as('standing_family'),
      name: sql<string>`coalesce(c.first_name || ' ' || c.last_name, f.name)`.as('standing_name'),
      service: sql<string>`v.name`.as('standing_service'),
      staffName: sql<string>`coalesce(t.display_name, t.first_name || ' ' || t.last_name)`.as('standing_coach'),
      onDate: sql<string>`s.on_date`.as('standing_date'),
      startTime: sql<string>`s.start_time`.as('standing_time'),
    })
    .from(
      sql`${coming} join services v on v.id = a.service_id join staff t on t.id = s.staff_id join families f on f.id = b.family_id left join students c on c.id = b.student_id`,
    )
    .where(sql`a.blackouts = 1 and s.starts_at > ${account.now}${there}${one}`)
    .orderBy(sql`s.starts_at, b.id`)
    .limit(mostNamed + 1)
}

export type BookedAnyway = Awaited<ReturnType<typeof bookedAnyway>>[number]
