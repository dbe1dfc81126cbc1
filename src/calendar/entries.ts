import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { addDays, instant, weekday } from '../clock'
import { holdsPlace } from '../schema/appointments'
import type { CalendarFilter, Kind } from './filter'

/** So many are drawn; one more says that there are more. */
export const mostShown = 400

/** Something that stands on a day of the calendar. */
export interface Entry {
  kind: Kind
  /** Of the class or camp, the appointment or the party: whose page it leads to. */
  id: number
  onDate: string
  start: string
  /** Not after the start where it goes on past midnight. */
  end: string
  name: string
  locationId: number
  programId: number
  levelId: number | null
  zoneId: number | null
  /** Who leads it that day; for a substitute, only that one. */
  staff: [id: number, name: string][]
  substituted: boolean
  taken: number
  /** Nothing where places are not counted. */
  places: number | null
  absent: number
  canceled: boolean
  reason: string | null
}

const staffName = 'coalesce(p.display_name, p.first_name)'
const list = (text: unknown) => JSON.parse(String(text)) as [number, string][]

interface Asked {
  account: Account
  filter: CalendarFilter
  days: string[]
  /** Where this person works; none are all. */
  places: readonly number[]
}

const narrowed = (parts: (SQL | undefined | false)[]) => {
  const chosen = parts.filter(part => part !== undefined && part !== false)
  return chosen.length ? sql` and ${sql.join(chosen, sql` and `)}` : sql``
}

const at = ({ filter: { location }, places }: Asked, column: SQL) => [
  location > 0 && sql`${column} = ${location}`,
  places.length > 0 && sql`${column} in (select w.value from json_each(${JSON.stringify(places)}) w)`,
]

const shows = ({ filter: { kind } }: Asked, one: Kind) => !kind || kind === one

/** People who hold a place on a day, cart holds that have not run out among them, less those who told that they stay away. */
const takenOn = ({ account }: Asked) =>
  sql`(select count(*) from seats s where s.class_id = o.id and s.to_date >= o.on_date and s.from_date <= o.on_date and (s.expires_at is null or s.expires_at > ${account.now}))`

const freed = sql`(select count(*) from absences a where a.class_id = o.id and a.on_date = o.on_date and a.frees_place = 1)`

/**
 * Classes and camps: the weekly times that fall on the days, and the dated meetings, which know who substitutes and
 * what is canceled; camps and drop-ins have only those. Nobody is counted for what is not drawn.
 */
export function classEntries(asked: Asked) {
  const { account, filter, days } = asked
  const dated = sql`json_each(${JSON.stringify(days.map(day => [day, weekday(day)]))}) d`
  const { program, instructor, open, kind } = filter
  const of = narrowed([
    ...at(asked, sql`c.location_id`),
    program > 0 && sql`c.program_id = ${program}`,
    kind !== '' && sql`c.kind = ${kind}`,
  ])
  const leads = (extra: SQL) =>
    instructor > 0
      ? sql` and (${extra} exists (select 1 from class_instructors i where i.class_id = c.id and i.staff_id = ${instructor}))`
      : sql``
  const weekly = sql`select c.id, d.value ->> 0 as on_date, t.start_time, t.end_time, coalesce(t.zone_id, c.zone_id) as zone_id, null as lead_id, null as substitute_id, 'planned' as state, null as reason, null as block_id from ${dated} cross join timeslots t on t.weekday = d.value ->> 1 and t.to_date >= d.value ->> 0 and t.from_date <= d.value ->> 0 cross join classes c on c.id = t.class_id where c.state = 'active' and c.kind = 'class' and coalesce(c.start_date, '') <= d.value ->> 0 and coalesce(c.end_date, '9999-12-31') >= d.value ->> 0${of}${leads(sql``)} and not exists (select 1 from meetings m where m.class_id = c.id and m.on_date = d.value ->> 0 and m.start_time = t.start_time)`
  const held = sql`select c.id, m.on_date, m.start_time, m.end_time, coalesce(m.zone_id, c.zone_id), m.staff_id, m.substitute_id, m.state, m.cancel_reason, m.camp_block_id from ${dated} cross join meetings m on m.on_date = d.value ->> 0 cross join classes c on c.id = m.class_id where c.state = 'active'${of}${leads(sql`m.substitute_id = ${instructor} or m.staff_id = ${instructor} or`)}`
  const places = sql`(select min(c.max_students, coalesce((select b.max_students from camp_blocks b where b.id = o.block_id), c.max_students)))`
  const found = sql`(select o.*, c.name, c.kind, c.location_id, c.program_id, c.level_id, ${places} as places from (${weekly} union all ${held}) o cross join classes c on c.id = o.id where ${open ? sql`o.state = 'planned' and ${places} - (${takenOn(asked)} - ${freed}) >= ${open}` : sql`true`} order by o.on_date, o.start_time, c.sort_name limit ${mostShown + 1})`
  const led = sql.raw(
    `(case when o.substitute_id is not null then (select json_array(json_array(p.id, ${staffName})) from staff p where p.id = o.substitute_id) when o.lead_id is not null then (select json_array(json_array(p.id, ${staffName})) from staff p where p.id = o.lead_id) else (select json_group_array(json_array(p.id, ${staffName})) from class_instructors i join staff p on p.id = i.staff_id where i.class_id = o.id) end)`,
  )
  const part = <T>(text: string) => sql<T>`${sql.raw(`o.${text}`)}`.as(`o_${text}`)
  return account.db
    .select({
      kind: part<Kind>('kind'),
      id: part<number>('id'),
      onDate: part<string>('on_date'),
      start: part<string>('start_time'),
      end: part<string>('end_time'),
      name: part<string>('name'),
      locationId: part<number>('location_id'),
      programId: part<number>('program_id'),
      levelId: part<number | null>('level_id'),
      zoneId: part<number | null>('zone_id'),
      staff: led.mapWith(list).as('led_by'),
      substituted: sql`o.substitute_id is not null`.mapWith(Boolean).as('is_substituted'),
      taken: sql<number>`${takenOn(asked)} - ${freed}`.as('taken_then'),
      places: sql<number | null>`o.places`.as('places_then'),
      absent:
        sql<number>`(select count(*) from absences a where a.class_id = o.id and a.on_date = o.on_date and a.state in ('pending','approved') and a.state = 'approved')`.as(
          'told_absent',
        ),
      canceled: sql`o.state <> 'planned'`.mapWith(Boolean).as('is_canceled'),
      reason: part<string | null>('reason'),
    })
    .from(sql`${found} o`)
    .where(shows(asked, 'class') || shows(asked, 'camp') ? undefined : sql`0`)
    .orderBy(sql`o.on_date, o.start_time`)
}

/** Times of appointments: what is booked of them, and what could be. */
export function appointmentEntries(asked: Asked) {
  const { account, filter, days } = asked
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const { program, instructor, open } = filter
  const taken = sql`(select count(*) from bookings b where b.slot_id = s.id and ${holdsPlace(sql`b.state`)} and (b.expires_at is null or b.expires_at > ${account.now}))`
  const more = narrowed([
    ...at(asked, sql`a.location_id`),
    program > 0 && sql`a.program_id = ${program}`,
    instructor > 0 && sql`s.staff_id = ${instructor}`,
    // A time that is closed and that nobody booked is nothing to see.
    open ? sql`s.state = 'open' and s.max_students - ${taken} >= ${open}` : sql`(s.state = 'open' or ${taken} > 0)`,
  ])
  return account.db
    .select({
      kind: sql<Kind>`'appointment'`.as('entry_kind'),
      id: sql<number>`a.id`.as('appointment_id'),
      onDate: sql<string>`s.on_date`.as('on_day'),
      start: sql<string>`s.start_time`.as('begins'),
      end: sql<string>`s.end_time`.as('ends'),
      name: sql<string>`v.name`.as('service_name'),
      locationId: sql<number>`a.location_id`.as('place_id'),
      programId: sql<number>`a.program_id`.as('area_id'),
      levelId: sql<number | null>`null`.as('no_level'),
      zoneId: sql<number | null>`a.zone_id`.as('room_id'),
      staff: sql.raw(`json_array(json_array(p.id, ${staffName}))`).mapWith(list).as('led_by'),
      substituted: sql`0`.mapWith(Boolean).as('is_substituted'),
      taken: sql<number>`${taken}`.as('taken_then'),
      places: sql<number | null>`s.max_students`.as('places_then'),
      absent: sql<number>`0`.as('told_absent'),
      canceled: sql`s.state = 'closed'`.mapWith(Boolean).as('is_canceled'),
      reason: sql<string | null>`null`.as('no_reason'),
    })
    .from(
      sql`appointment_slots s cross join appointments a on a.id = s.appointment_id cross join services v on v.id = a.service_id cross join staff p on p.id = s.staff_id`,
    )
    .where(
      // Zones differ by hours: the moments are asked for with room, and the day itself decides.
      shows(asked, 'appointment')
        ? sql`s.starts_at >= ${instant(addDays(first, -1), '00:00', 'UTC')} and s.starts_at < ${instant(addDays(last, 2), '00:00', 'UTC')} and s.on_date >= ${first} and s.on_date <= ${last}${more}`
        : sql`0`,
    )
    .orderBy(sql`s.starts_at, s.id`)
    .limit(mostShown + 1)
}

/** Parties that are asked for or confirmed; they have guests and no places. */
export function partyEntries(asked: Asked) {
  const { account, filter, days } = asked
  const more = narrowed([...at(asked, sql`n.location_id`), filter.program > 0 && sql`k.program_id = ${filter.program}`])
  return account.db
    .select({
      kind: sql<Kind>`'party'`.as('entry_kind'),
      id: sql<number>`p.id`.as('party_id'),
      onDate: sql<string>`p.on_date`.as('on_day'),
      start: sql<string>`t.start_time`.as('begins'),
      end: sql<string>`t.end_time`.as('ends'),
      name: sql<string>`p.title`.as('party_title'),
      locationId: sql<number>`n.location_id`.as('place_id'),
      programId: sql<number>`k.program_id`.as('area_id'),
      levelId: sql<number | null>`null`.as('no_level'),
      zoneId: sql<number | null>`n.zone_id`.as('room_id'),
      staff: sql`'[]'`.mapWith(list).as('led_by'),
      substituted: sql`0`.mapWith(Boolean).as('is_substituted'),
      taken: sql<number>`coalesce(p.guests, 0)`.as('taken_then'),
      places: sql<number | null>`null`.as('places_then'),
      absent: sql<number>`0`.as('told_absent'),
      canceled: sql`0`.mapWith(Boolean).as('is_canceled'),
      reason: sql<string | null>`n.name`.as('station_name'),
    })
    .from(
      sql`parties p cross join party_slots t on t.id = p.slot_id cross join party_stations n on n.id = p.station_id cross join party_packages k on k.id = p.package_id`,
    )
    .where(
      // A party has neither an instructor nor places left.
      shows(asked, 'party') && !filter.instructor && !filter.open
        ? sql`p.on_date >= ${days[0]} and p.on_date <= ${days.at(-1)} and p.state in ('requested','confirmed')${more}`
        : sql`0`,
    )
    .orderBy(sql`p.on_date, t.start_time`)
    .limit(mostShown + 1)
}
