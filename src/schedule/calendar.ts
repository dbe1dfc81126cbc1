import { instant, iso } from '../clock'
import type { Lesson } from './lessons'

/** Text as a value of a calendar: what has a meaning there is written out. */
export const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\s*\n\s*/g, '\\n')
/** "20261130T221500Z" */
export const moment = (ms: number) => iso(ms).replace(/[-:]|\.\d+/g, '')

/** Lines have at most 75 octets; a longer one goes on behind a blank (RFC 5545, 3.1). */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length
    if (bytes + size > 75) {
      parts.push(part)
      part = ' '
      bytes = 1
    }
    part += sign
    bytes += size
  }
  return [...parts, part].join('\r\n')
}

/** The calendar around lines of events, ready to be sent (RFC 5545). */
export const calendarOf = (what: string, business: string, events: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Cartwheel//${what}//EN`,
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(business)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    ...events,
    'END:VCALENDAR',
  ]
    .map(line => `${folded(line)}\r\n`)
    .join('')

/** A family's lessons as a calendar that programs subscribe to (RFC 5545). */
export function calendar(business: string, host: string, lessons: Lesson[], now: number): string {
  const events = lessons.flatMap(lesson => {
    const { enrollmentId, onDate, start, end, timeZone, student, className, locationName, teachers, absence } = lesson
    const off = lesson.canceled || absence === 'approved'
    return [
      'BEGIN:VEVENT',
      `UID:lesson-${enrollmentId}-${onDate}-${start.replace(':', '')}@${host}`,
      `DTSTAMP:${moment(now)}`,
      `DTSTART:${moment(instant(onDate, start, timeZone))}`,
      `DTEND:${moment(instant(onDate, end, timeZone))}`,
      `SUMMARY:${escaped(`${student}: ${className}${lesson.canceled ? ' (canceled)' : absence === 'approved' ? ' (absent)' : ''}`)}`,
      `LOCATION:${escaped(locationName)}`,
      ...(teachers ? [`DESCRIPTION:${escaped(`With ${teachers}`)}`] : []),
      `STATUS:${lesson.canceled ? 'CANCELLED' : 'CONFIRMED'}`,
      `TRANSP:${off ? 'TRANSPARENT' : 'OPAQUE'}`,
      'END:VEVENT',
    ]
  })
  return calendarOf('Family schedule', business, events)
}
