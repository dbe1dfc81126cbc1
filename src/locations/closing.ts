import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import { countedTo } from '../counting'
import { type Answer, commit, must, plain, type Statement } from '../database'
import { appointments } from '../schema/appointments'
import { classes } from '../schema/classes'
import { locations } from '../schema/locations'
import { partyStations } from '../schema/parties'

/** What there is at a location; each is counted to `countedTo` and no further, and is one more where there are more. */
export interface Standing {
  name: string
  closed: boolean
  /** Open locations besides this one. */
  others: number
  /** Enrollments that run or begin, waiting ones and requests included: while there is one it cannot close. */
  enrollments: number
  /** Booked appointments and parties ahead: the same. */
  bookings: number
  parties: number
  /** What becomes inactive with it. */
  classes: number
  camps: number
  appointments: number
  stations: number
  /** Who works here and nowhere else, and whose location this is: they stay as they are. */
  staff: number
  families: number
}

/** Rows of who still comes to the location ?1, by what they are: after the moment ?3, on the day ?2 or later. */
const coming = {
  enrollments:
    "classes k join enrollments e on e.class_id = k.id where k.location_id = ?1 and coalesce(k.end_date, '9999-12-31') >= ?2 and e.state <> 'cancelled' and e.through_date >= ?2",
  bookings:
    "appointments a join appointment_slots s on s.appointment_id = a.id join bookings b on b.slot_id = s.id where a.location_id = ?1 and s.starts_at > ?3 and b.state in ('held','requested','booked','done','no_show')",
  parties:
    "party_stations t join parties p on p.station_id = t.id where t.location_id = ?1 and p.on_date >= ?2 and p.state <> 'cancelled'",
}

const standing = {
  ...coming,
  classes: "classes k where k.location_id = ?1 and k.state = 'active' and k.kind = 'class'",
  camps: "classes k where k.location_id = ?1 and k.state = 'active' and k.kind = 'camp'",
  appointments: "appointments a where a.location_id = ?1 and a.state = 'active'",
  stations: 'party_stations t where t.location_id = ?1 and t.retired_at is null',
  staff:
    'staff_locations o join staff f on f.id = o.staff_id where o.location_id = ?1 and f.active = 1 and not exists (select 1 from staff_locations n where n.staff_id = o.staff_id and n.location_id <> ?1)',
  families: "families f where f.location_id = ?1 and f.state in ('open','suspended')",
}

/** What stands at a location, in one statement of one row; none where there is no such location. */
export function standingQuery(account: Account, id: number) {
  const counts = Object.entries(standing).map(
    ([name, rows]) => `(select count(*) from (select 1 from ${rows} limit ${countedTo + 1})) as ${name}`,
  )
  return plain<Standing>(
    account,
    `select name, closed_at is not null as closed, (select count(*) from locations o where o.closed_at is null and o.id <> ?1) as others, ${counts.join(', ')} from locations where id = ?1`,
    [id, todayAt(account, id), account.now],
    row => ({ ...(row as unknown as Standing), closed: Boolean(row.closed) }),
  )
}

/** Whether nobody comes to a location any more, as SQL. */
function nobodyComes(account: Account, id: number): SQL {
  const filled = (rows: string) =>
    sql.raw(
      rows
        .replaceAll('?1', String(id))
        .replaceAll('?2', `'${todayAt(account, id)}'`)
        .replaceAll('?3', String(account.now)),
    )
  const each = Object.values(coming).map(rows => sql`not exists (select 1 from ${filled(rows)})`)
  return sql.join(each, sql` and `)
}

/**
 * Closes a location to which nobody comes any more. What is set up there becomes inactive, so that it stands in no list
 * that anybody chooses from; what happened keeps its name, its clock and its currency.
 * @throws Refusal 'changed-meanwhile' where it is closed or gone, 'last-location', 'location-in-use'
 */
export async function closeLocation(account: Account, id: number, answer: Answer): Promise<void> {
  const { db, now } = account
  const isOpen = sql`exists (select 1 from ${locations} where id = ${id} and closed_at is null)`
  const goesAlong: Statement[] = [
    db
      .update(classes)
      .set({ state: 'inactive', updatedAt: now })
      .where(and(eq(classes.locationId, id), eq(classes.state, 'active'))),
    db
      .update(appointments)
      .set({ state: 'inactive' })
      .where(and(eq(appointments.locationId, id), eq(appointments.state, 'active'))),
    db
      .update(partyStations)
      .set({ retiredAt: now })
      .where(and(eq(partyStations.locationId, id), isNull(partyStations.retiredAt))),
  ]
  const still = (rows: string) => sql`(select count(*) from ${sql.raw(rows.replaceAll('?1', String(id)))})`
  await commit(
    account,
    [
      must(account, isOpen, 'changed-meanwhile'),
      must(account, sql`exists (select 1 from ${locations} where id <> ${id} and closed_at is null)`, 'last-location'),
      must(account, nobodyComes(account, id), 'location-in-use'),
      ...audit(
        account,
        'close location',
        sql`'closed the location ' || (select name from locations where id = ${id}) || ', with ' || ${still(standing.classes)} || ' classes, ' || ${still(standing.camps)} || ' camps, ' || ${still(standing.appointments)} || ' appointments and ' || ${still(standing.stations)} || ' party stations'` as unknown as string,
        [['location', id]],
      ),
      ...goesAlong,
      db.update(locations).set({ closedAt: now }).where(eq(locations.id, id)),
    ],
    answer,
  )
}
