import { asc, isNull, sql } from 'drizzle-orm'
import { CalendarPage } from '../../views/calendar/calendar'
import type { Cell } from '../../views/calendar/entry'
import { OfficeLayout } from '../../views/layouts/office'
import { type Account, locationOf, todayAt } from '../accounts/account'
import { demand, level, type Staffer } from '../auth/permissions'
import { worksAt } from '../auth/places'
import { type Closure, closedOn } from '../classes/timetable'
import { addDays, sayDate, sayTime } from '../clock'
import { read } from '../database'
import { officeDoor } from '../doors'
import { show } from '../http'
import * as paths from '../paths'
import { levels, programs, zones } from '../schema/programs'
import { appointmentEntries, classEntries, type Entry, mostShown, partyEntries } from './entries'
import { calendarFilter, daysOf } from './filter'

/** Everything that happens on a day or in a week (OP12, A12). */
export const calendarOffice = officeDoor()

const namesQueries = ({ db }: Account) =>
  [
    db
      .select({ id: programs.id, name: programs.name, closures: programs.closures })
      .from(programs)
      .where(isNull(programs.retiredAt))
      .orderBy(asc(programs.name))
      .limit(300),
    db.select({ id: levels.id }).from(levels).orderBy(asc(levels.sort)).limit(100),
    db
      .select({ id: zones.id, name: zones.name, locationId: zones.locationId })
      .from(zones)
      .orderBy(asc(zones.name))
      .limit(300),
    db
      .select({
        id: sql<number>`s.id`.as('staff_id'),
        name: sql<string>`s.first_name || ' ' || s.last_name`.as('full_name'),
      })
      .from(sql`staff s`)
      .where(sql`s.active = 1`)
      .orderBy(sql`s.sort_name`)
      .limit(300),
  ] as const

calendarOffice.get('/calendar', async c => {
  const account = c.get('account')
  const person = c.get('person')
  demand(person, 'Calendar')
  const asked = c.req.query()
  const filter = calendarFilter.parse(
    // Where the address says nothing, the location of the toolbar counts.
    asked.location === undefined ? { ...asked, location: person.locationId ?? 0 } : asked,
  )
  const day = todayAt(account)
  const on = filter.on || day
  const days = daysOf(filter, on)
  const wanted = { account, filter, days, places: person.locationIds }
  const [held, appointed, partied, areas, ranks, rooms, people] = await read(account, [
    classEntries(wanted),
    appointmentEntries(wanted),
    partyEntries(wanted),
    ...namesQueries(account),
  ])
  const all = [...held, ...appointed, ...partied].sort((a, b) =>
    `${a.onDate}${a.start}`.localeCompare(`${b.onDate}${b.start}`),
  )
  const closures = new Map(areas.map(({ id, closures }) => [id, JSON.parse(closures) as Closure[]]))
  const cells = all.slice(0, mostShown).map(entry =>
    cellOf(account, person, entry, {
      zone: rooms.find(({ id }) => id === entry.zoneId)?.name,
      rank: ranks.findIndex(({ id }) => id === entry.levelId),
      closed: entry.kind === 'class' && closedOn({ closures: closures.get(entry.programId) }, entry.onDate),
    }),
  )
  const at = paths.office(account.slug)
  const step = filter.view === 'week' ? 7 : 1
  const to = (changed: Partial<Record<keyof typeof filter, string>>) =>
    at.calendar({ ...kept(filter), ...changed, location: filter.location || (person.locationId ? '0' : '') })
  return show(
    c,
    <OfficeLayout shell={c.get('shell')} title="Calendar" current="calendar" more>
      <CalendarPage
        filter={{ ...filter, on }}
        title={
          days.length > 1
            ? `${sayDate(days[0] ?? on, { year: true })} to ${sayDate(days[6] ?? on, { year: true })}`
            : sayDate(on, { weekday: true, year: true })
        }
        steps={{
          previous: to({ on: addDays(on, -step) }),
          today: to({ on: '' }),
          next: to({ on: addDays(on, step) }),
        }}
        views={(['day', 'week', 'staff', 'zone'] as const).map(view => ({
          view,
          href: to({ view, on: filter.on }),
        }))}
        layouts={(['stacked', 'staggered'] as const).map(layout => ({ layout, href: to({ layout, on: filter.on }) }))}
        days={days.map(date => ({ date, today: date === day, href: to({ view: 'day', on: date }) }))}
        cells={cells}
        more={all.length > mostShown}
        cancelHref={level(person, 'Calendar') === 2 ? at.dayCancellation({ on, location: filter.location }) : undefined}
        choices={{
          location: account.locations.filter(({ id }) => worksAt(person, id)),
          program: areas,
          instructor: people,
        }}
      />
    </OfficeLayout>,
  )
})

/** A filter without what it has not chosen: the week is what nobody needs to ask for. */
const kept = (filter: ReturnType<typeof calendarFilter.parse>) => ({
  ...filter,
  view: filter.view === 'week' ? '' : filter.view,
  program: filter.program || '',
  instructor: filter.instructor || '',
  open: filter.open || '',
  layout: filter.layout === 'stacked' ? '' : filter.layout,
})

const tones = ['teal', 'blue', 'amber', 'green', 'violet', 'pink'] as const

function cellOf(
  account: Account,
  person: Staffer,
  entry: Entry,
  { zone, rank, closed }: { zone?: string; rank: number; closed: boolean },
): Cell {
  const at = paths.office(account.slug)
  const { kind, id, onDate, start, end, places, taken, absent } = entry
  const hrefs = {
    class: () => at.meeting(id, onDate, { time: start }),
    camp: () => (level(person, 'Camps') > 0 ? at.camp(id) : undefined),
    appointment: () => (level(person, 'Appointments') > 0 ? at.appointment(id) : undefined),
    party: () => (level(person, 'Parties') > 0 ? at.party(id) : undefined),
  }
  const overnight = end <= start
  return {
    date: onDate,
    start,
    end: overnight ? '24:00' : end,
    time: sayTime(start),
    until: overnight ? `${sayTime(end)} on ${sayDate(addDays(onDate, 1), { weekday: true })}` : sayTime(end),
    overnight,
    kind,
    name: entry.name,
    href: hrefs[kind](),
    tone: kind === 'party' ? 'red' : tones[(rank < 0 ? 0 : rank) % tones.length],
    zone: zone ?? (kind === 'party' ? (entry.reason ?? undefined) : undefined),
    location: locationOf(account, entry.locationId)?.name ?? '',
    staff: entry.staff.map(([staffId, name]) => ({ id: staffId, name })),
    substituted: entry.substituted,
    taken,
    places: places ?? undefined,
    absent,
    off: closed ? 'Closed' : entry.canceled ? (kind === 'appointment' ? 'Closed' : 'Canceled') : undefined,
    reason: entry.canceled && kind !== 'party' ? (entry.reason ?? undefined) : undefined,
  }
}
