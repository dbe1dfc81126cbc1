import * as z from 'zod'
import { amount, line, optional, tick, time, weekdays, whole } from '../forms'
import { typed } from '../money'
import type { Lessons } from './prices'

/** So many rows and columns the form of a pricing schedule has. */
export const [priceRows, priceColumns] = [5, 4]

const numbers = (most: number) => Array.from({ length: most }, (_, nth) => nth + 1)

/** The box of a row's minutes, and that of what each of so many students pays. */
export const minutesName = (row: number) => `minutes_${row}`
export const eachName = (row: number, students: number) => `each_${row}_${students}`

const boxes = numbers(priceRows).flatMap(row => [
  [minutesName(row), optional(whole('Minutes', 5, 600))],
  ...numbers(priceColumns).map(students => [eachName(row, students), optional(amount('Price'))]),
])

interface Row {
  row: number
  minutes: number | null
  each: (number | null)[]
}

const rowsOf = (form: Record<string, unknown>): Row[] =>
  numbers(priceRows).map(row => ({
    row,
    minutes: (form[minutesName(row)] ?? null) as number | null,
    each: numbers(priceColumns).map(students => (form[eachName(row, students)] ?? null) as number | null),
  }))

/** A pricing schedule as staff type it: an empty box goes on with the one before it, an empty row is none. */
export const pricingForm = z
  .object({
    name: line('Name', 80),
    peak: optional(amount('Peak price')),
    weekday: weekdays,
    peak_from: optional(time('From')),
    peak_until: optional(time('Until')),
    retired: tick,
    ...(Object.fromEntries(boxes) as object),
  })
  .superRefine((form, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const seen = new Set<number>()
    const rows = rowsOf(form)
    for (const { row, minutes, each } of rows) {
      const priced = each.some(cents => cents !== null)
      if (minutes === null && priced) wrong(minutesName(row), 'Minutes are missing.')
      if (minutes !== null && each[0] == null) wrong(eachName(row, 1), 'The price for one student is missing.')
      if (minutes !== null && seen.has(minutes)) wrong(minutesName(row), 'These minutes stand here twice.')
      if (minutes !== null) seen.add(minutes)
    }
    if (!seen.size && rows.every(({ each }) => each.every(cents => cents === null)))
      wrong(minutesName(1), 'Minutes are missing.')
    const { peak, peak_from: from, peak_until: until } = form
    if (peak && from && until && until <= from) wrong('peak_until', 'This is before the first time.')
  })
  .transform(form => ({ name: form.name, retired: form.retired, lessons: lessonsOf(form) }))

function lessonsOf(
  form: Record<string, unknown> & {
    peak: number | null
    weekday: number[]
    peak_from: string | null
    peak_until: string | null
  },
): Lessons {
  const rows = rowsOf(form).flatMap(({ minutes, each }) => {
    if (minutes === null) return []
    const last = each.findLastIndex(cents => cents !== null)
    let before = 0
    const all = each.slice(0, last + 1).map(cents => {
      before = cents ?? before
      return before
    })
    return [{ minutes, each: all }]
  })
  const { peak, weekday, peak_from, peak_until } = form
  return {
    rows: rows.sort((a, b) => a.minutes - b.minutes),
    peak: peak ? { weekdays: weekday, from: peak_from ?? '00:00', until: peak_until ?? '24:00', cents: peak } : null,
  }
}

/** A schedule as its form shows it; the days of the peak are ticks of their own. */
export function typedOf({ rows, peak }: Lessons): Record<string, string> {
  return {
    ...Object.fromEntries(
      rows.flatMap(({ minutes, each }, nth) => [
        [minutesName(nth + 1), String(minutes)],
        ...each.map((cents, column) => [eachName(nth + 1, column + 1), typed(cents)]),
      ]),
    ),
    ...(peak
      ? {
          peak: typed(peak.cents),
          peak_from: peak.from === '00:00' ? '' : peak.from,
          peak_until: peak.until === '24:00' ? '' : peak.until,
        }
      : {}),
  }
}
