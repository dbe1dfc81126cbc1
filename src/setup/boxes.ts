import type * as z from 'zod'
import { isTime } from '../clock'
import type { Form } from '../forms'
import { cents, typed } from '../money'
import type { Choice, Field, Value } from './field'

/** Fields that are several boxes: which, in the order of the form, and what they say together. */
const sizes = { grid: { rows: 6, columns: 4 }, slots: 7, tuitions: 3 }

/** The names of a field's boxes, row by row; nothing for a field of one. */
export function boxesOf({ kind, name }: Pick<Field, 'kind' | 'name'>): string[][] | undefined {
  const count = (size: number) => Array.from({ length: size }, (_, nth) => nth + 1)
  if (kind === 'age') return [[`${name}_years`, `${name}_months`]]
  if (kind === 'grid')
    return count(sizes.grid.rows).map(row => count(sizes.grid.columns).map(column => `${name}_${row}_${column}`))
  if (kind === 'slots')
    return count(sizes.slots).map(row => ['day', 'start', 'end'].map(part => `${name}_${row}_${part}`))
  if (kind === 'tuitions')
    return count(sizes.tuitions).map(row => ['schedule', 'price', 'unit'].map(part => `${name}_${row}_${part}`))
}

/** The posted form with the boxes of such fields gathered under their names. */
export function gathered(fields: Field[], form: Form): Record<string, unknown> {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '').trim()
  const several = fields.flatMap(field => {
    const boxes = boxesOf(field)
    return boxes ? [[field.name, boxes.flat().map(text)]] : []
  })
  return { ...form, ...Object.fromEntries(several) }
}

/** What such a field's boxes hold, by their names; nothing for a field of one. */
export function typedBoxes(field: Field, value: Value): [string, string][] | undefined {
  const boxes = boxesOf(field)
  if (!boxes) return
  const put = (rows: string[][]) =>
    rows.flatMap((row, nth) => row.map((text, part): [string, string] => [boxes[nth]?.[part] ?? '', text]))
  const round = (sum: number) => typed(sum).replace(/\.00$/, '')
  if (field.kind === 'age') {
    const [, years = '', months = ''] = String(value ?? '').match(/^P(?:(\d+)Y)?(?:(\d+)M)?/) ?? []
    return put([[years, months]])
  }
  const rows = (value ?? []) as (string | number)[][]
  if (field.kind === 'grid')
    return rows.map(([row, column, sum]) => [`${field.name}_${row}_${column}`, round(Number(sum))])
  if (field.kind === 'tuitions')
    return put(rows.map(([schedule, sum, unit]) => [String(schedule), typed(Number(sum)), String(unit)]))
  return put(rows.map(row => row.map(String)))
}

const inRows = (boxes: string[], size: number) =>
  Array.from({ length: Math.ceil(boxes.length / size) }, (_, row) => boxes.slice(row * size, (row + 1) * size))

/** Refuses a field with a sentence. */
function no(context: z.RefinementCtx, sentence: string): never {
  context.addIssue(sentence)
  return undefined as never
}

const most = 100_000_000
const sumIn = (text: string) => {
  const sum = cents(text)
  return sum !== null && sum >= 0 && sum <= most ? sum : undefined
}

/** The cells of a grid that are not empty: row, column, amount in cents. */
export function cellsIn(cells: string[], context: z.RefinementCtx): number[][] {
  const found: number[][] = []
  for (const [nth, cell] of cells.entries()) {
    if (!cell) continue
    const [row, column] = [Math.floor(nth / sizes.grid.columns) + 1, (nth % sizes.grid.columns) + 1]
    const sum = sumIn(cell)
    if (sum === undefined) return no(context, `Row ${row}, student ${column} is not an amount like 10.`)
    found.push([row, column, sum])
  }
  return found.length ? found : no(context, 'Fill in at least one box.')
}

/** 'P3Y6M', or null where both boxes are empty. */
export function ageIn([years = '', months = '']: string[], context: z.RefinementCtx): string | null {
  if (!years && !months) return null
  if (!/^\d{0,2}$/.test(years) || !/^(\d|1[01])?$/.test(months))
    return no(context, 'Years go from 0 to 99 and months from 0 to 11.')
  return `P${years ? `${Number(years)}Y` : ''}${months ? `${Number(months)}M` : ''}`
}

/** Weekday, start and end of each time that is filled in. @param empty whether there may be none */
export function slotsIn(boxes: string[], context: z.RefinementCtx, empty = false): (number | string)[][] {
  const slots = new Map<string, (number | string)[]>()
  for (const [nth, [day = '', start = '', end = '']] of inRows(boxes, 3).entries()) {
    if (!day && !start && !end) continue
    if (!/^[0-6]$/.test(day) || !isTime(start) || !isTime(end))
      return no(context, `Time ${nth + 1} needs a day, a beginning and an end.`)
    if (end <= start) return no(context, `Time ${nth + 1} ends before it begins.`)
    slots.set(`${day} ${start}`, [Number(day), start, end])
  }
  return slots.size || empty
    ? [...slots].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, slot]) => slot)
    : no(context, 'Add at least one time.')
}

const units = ['flat', 'hour', 'timeslot']

/** Billing schedule, cents and unit of each price that is filled in. */
export function tuitionsIn(boxes: string[], context: z.RefinementCtx, known: Choice[]): (number | string)[][] {
  const tuitions = new Map<number, (number | string)[]>()
  for (const [nth, [schedule = '', price = '', unit = '']] of inRows(boxes, 3).entries()) {
    if (!price) continue
    const chosen = known.find(({ value }) => String(value) === schedule)
    const sum = sumIn(price)
    if (!chosen) return no(context, `Price ${nth + 1} needs a billing schedule.`)
    if (sum === undefined || !units.includes(unit)) return no(context, `Price ${nth + 1} is not an amount like 92.00.`)
    if (tuitions.has(Number(schedule))) return no(context, 'Each billing schedule has one price.')
    tuitions.set(Number(schedule), [Number(schedule), sum, unit])
  }
  return [...tuitions.values()]
}
