import { type Account, todayAt } from '../accounts/account'
import { type ClassRow, meetingDays, openings } from '../classes/classes'
import { addDays, instant, iso } from '../clock'
import * as paths from '../paths'
import { calendarOf, escaped, moment } from '../schedule/calendar'

/** How many days ahead the calendar of all classes goes. */
const ahead = 28

/**
 * A class as other sites read it (CP10). Ages are ISO 8601 durations ("P3Y"), days 0 (Sunday) to 6, times and dates those
 * of the location's zone, tuition in cents; `openings` is null where the business does not show them.
 */
export const classFor = (account: Account) => (row: ClassRow) => ({
  id: row.id,
  name: row.name,
  description: row.description,
  program: row.programName,
  location: row.locationName,
  timeZone: row.timeZone,
  teachers: row.teachers,
  minAge: row.minAge,
  maxAge: row.maxAge,
  gender: row.gender,
  schedule: row.slots.map(({ weekday, start, end }) => ({ weekday, start, end })),
  startDate: row.startDate,
  endDate: row.endDate,
  openings: row.showOpenings ? openings(row) : null,
  tuitionCents: row.tuitionCents,
  tuitionUnit: row.tuitionUnit,
  url: account.origin + paths.portal(account.slug).class(row.id),
})

/** The classes of the coming weeks as a calendar that programs subscribe to (RFC 5545). */
export function classCalendar(account: Account, rows: ClassRow[]): string {
  const day = todayAt(account)
  const host = new URL(account.origin).host
  const stamp = moment(account.now)
  const events = rows.flatMap(row =>
    row.slots.flatMap(slot =>
      meetingDays({ ...row, slots: [slot] }, day, addDays(day, ahead)).flatMap(date => [
        'BEGIN:VEVENT',
        `UID:class-${row.id}-${date}-${slot.start.replace(':', '')}@${host}`,
        `DTSTAMP:${stamp}`,
        `DTSTART:${moment(instant(date, slot.start, row.timeZone))}`,
        `DTEND:${moment(instant(date, slot.end, row.timeZone))}`,
        `SUMMARY:${escaped(row.name)}`,
        `LOCATION:${escaped(row.locationName)}`,
        `URL:${account.origin}${paths.portal(account.slug).class(row.id)}`,
        'END:VEVENT',
      ]),
    ),
  )
  return calendarOf('Classes', account.business, events)
}

/** The whole listing, with when it is of. */
export const listingOf = (account: Account, rows: ClassRow[]) => ({
  business: account.business,
  asOf: iso(account.now),
  classes: rows.map(classFor(account)),
})
