import { addDays, daysBetween, instant } from '../clock'
import { isDay } from '../forms'
import type { CsvRecord } from './csv'
import {
  fileId,
  type Reading,
  refuse,
  type StagedLine,
  sortName,
  text,
  time,
  Unusable,
  whole,
  wrongColumns,
} from './lines'
import { placeSlug, programSource } from './sources'

const day = 86_400_000

/**
 * Dated sessions of drop-in courses: a meeting a line, a class for each course at a place, which takes no enrollments.
 * Ages are in years. A session that ends after midnight is one meeting on the day it begins, and ends the next day.
 */
export function readSessions(records: CsvRecord[], reading: Reading): StagedLine[] {
  const seen = new Map<string, number>()
  const known = new Set<string>()
  const first = (key: string) => !known.has(key) && Boolean(known.add(key))
  const moment = momentsByDay()
  return records.map(({ line, values, columns }) => {
    try {
      if (!values) throw new Unusable(wrongColumns(columns))
      const data = sessionOf(values, reading, moment)
      const key = `${data.course} ${data.on} ${data.from}`
      const before = seen.get(key)
      if (before) throw new Unusable(`The same session already stands in line ${before}.`)
      seen.set(key, line)
      const newPlace = first(`place ${data.place}`)
      const newSection = first(data.program)
      const newCourse = first(data.course)
      return { line, data: { ...data, newPlace, newSection, newCourse }, refused: null }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      return refuse(line, values, error.message)
    }
  })
}

function sessionOf(values: Record<string, string>, reading: Reading, moment: typeof instant) {
  const course = fileId(values, 'Course_ID', 'The course’s id')
  const location = fileId(values, 'Location ID', 'The location’s id')
  const name = text(values, 'Course Title', 'The title')
  const section = text(values, 'Section', 'The section')
  const least = whole(values, 'Age Min', 'The least age', 130)
  const most = whole(values, 'Age Max', 'The greatest age', 130)
  if (least !== null && most !== null && least > most)
    throw new Unusable(`The least age (${least}) is above the greatest (${most}).`)
  const on = text(values, 'First Date', 'The date')
  const last = text(values, 'Last Date', 'The last date')
  if (!isDay(on) || !isDay(last)) throw new Unusable(`“${on} to ${last}” are not dates like 2026-01-30.`)
  const from = time(values, 'Start Hour', 'Start Minute', 'The start')
  const to = time(values, 'End Hour', 'End Min', 'The end')
  const place = placeSlug(location)
  const zone = reading.zoneOf(place)
  const starts = moment(on, from, zone)
  const ends = moment(last, to, zone)
  const nights = daysBetween(on, last)
  if (starts >= ends) throw new Unusable(`The session ends (${last} ${to}) before it begins (${on} ${from}).`)
  if (nights > 1 || ends - starts >= day) throw new Unusable(`The session lasts longer than a day (${on} to ${last}).`)
  return {
    title: name,
    detail: `Location ${location}, ${on}, ${from}–${to}${nights ? ' the next day' : ''}`,
    makes: 'meeting',
    course: `drop-in:${course}:${location}`,
    place,
    placeName: `Location ${location}`,
    zone,
    program: programSource(section),
    section,
    name,
    sort: sortName(name),
    minAge: least ? `P${least}Y` : null,
    maxAge: most === null ? null : `P${most}Y`,
    on,
    from,
    to,
    starts,
    ends,
  }
}

/** instant() for tens of thousands of sessions: on a day whose clocks do not change one offset does for all. */
function momentsByDay(): typeof instant {
  const midnights = new Map<string, number | undefined>()
  return (date, time, zone) => {
    const key = `${zone} ${date}`
    if (!midnights.has(key)) {
      const midnight = instant(date, '00:00', zone)
      midnights.set(key, instant(addDays(date, 1), '00:00', zone) - midnight === day ? midnight : undefined)
    }
    const midnight = midnights.get(key)
    if (midnight === undefined) return instant(date, time, zone)
    return midnight + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000
  }
}
