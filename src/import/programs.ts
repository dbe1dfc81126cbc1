import { instant } from '../clock'
import { isDay } from '../forms'
import type { CsvRecord } from './csv'
import {
  fileId,
  monthsToAge,
  optional,
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

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Registered programs of a city: a course a line, known by its number. Ages are in months, both ends included. */
export function readPrograms(records: CsvRecord[], reading: Reading): StagedLine[] {
  const seen = new Map<string, number>()
  const places = new Set<string>()
  const sections = new Set<string>()
  const names = placeNames(records)
  return records.map(({ line, values, columns }) => {
    try {
      if (!values) throw new Unusable(wrongColumns(columns))
      const course = fileId(values, 'Course_ID', 'The course’s id')
      const before = seen.get(course)
      if (before) throw new Unusable(`The course ${course} already stands in line ${before}.`)
      const data = courseOf(course, values, names, reading)
      seen.set(course, line)
      const newPlace = !places.has(data.place)
      const newSection = !sections.has(data.program)
      places.add(data.place)
      sections.add(data.program)
      return { line, data: { ...data, newPlace, newSection }, refused: null }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      return refuse(line, values, error.message)
    }
  })
}

/** Most lines leave out the place's name; any line that has it names the place for all. */
function placeNames(records: CsvRecord[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const { values } of records) {
    const name = values?.['Location Name']?.trim()
    const id = values?.['Location ID']?.trim()
    if (name && id && name !== 'None' && !names.has(id)) names.set(id, name)
  }
  return names
}

function courseOf(course: string, values: Record<string, string>, names: Map<string, string>, reading: Reading) {
  const id = fileId(values, 'Location ID', 'The location’s id')
  const placeName = text({ name: names.get(id) ?? `Location ${id}` }, 'name', 'The location’s name')
  const section = text(values, 'Section', 'The section')
  const name = text(values, 'Activity Title', 'The title')
  const days = weekdaysIn(text(values, 'Days of The Week', 'The days of the week'))
  const [start, end] = datesIn(text(values, 'From To', 'The dates'))
  if (start > end) throw new Unusable(`The course ends (${end}) before it begins (${start}).`)
  const from = time(values, 'Start Hour', 'Start Min', 'The start')
  const to = time(values, 'End Hour', 'End Min', 'The end')
  if (from >= to) throw new Unusable(`The class ends (${to}) before it begins (${from}).`)
  const least = whole(values, 'Min Age', 'The least age', 1560)
  const most = whole(values, 'Max Age', 'The greatest age', 1560)
  if (least !== null && most !== null && least > most)
    throw new Unusable(`The least age (${least} months) is above the greatest (${most} months).`)
  const opens = optional(values, 'Registration Date', 'The registration date')
  const place = placeSlug(id)
  const zone = reading.zoneOf(place)
  return {
    title: name,
    detail: `${placeName}, ${days.map(day => weekdays[day]).join(', ')} ${from}–${to}, ${start} to ${end}`,
    makes: 'class',
    source: `programs:${course}`,
    place,
    placeName,
    zone,
    program: programSource(section),
    section,
    name,
    sort: sortName(name),
    minAge: least ? monthsToAge(least) : null,
    maxAge: monthsToAge(most),
    start,
    end,
    days,
    from,
    to,
    registration: opens && isDay(opens) ? instant(opens, '00:00', zone) : null,
    open: /not presently available/i.test(values['Status / Information'] ?? '') ? 0 : 1,
  }
}

function weekdaysIn(list: string): number[] {
  const days = list.split(',').map(name => weekdays.indexOf(name.trim().slice(0, 3)))
  if (days.includes(-1)) throw new Unusable(`“${list.slice(0, 60)}” are not days of the week.`)
  return [...new Set(days)]
}

/** 'Apr-13-2026 to Jun-15-2026' */
function datesIn(span: string): [string, string] {
  const dates = span.split(' to ').map(text => {
    const [, month = '', day = '', year = ''] = text.trim().match(/^([A-Z][a-z]{2})-(\d{2})-(\d{4})$/) ?? []
    return `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day}`
  })
  const [start = '', end = start] = dates
  if (dates.length > 2 || !isDay(start) || !isDay(end))
    throw new Unusable(`“${span.slice(0, 60)}” is not a span like Apr-13-2026 to Jun-15-2026.`)
  return [start, end]
}
