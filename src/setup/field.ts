import * as z from 'zod'
import { instant, sayDate, sayMoment, sayTime, sayWeekday, timeOfDay, today } from '../clock'
import { amount, day, id, isDay, line, note, numbersIn, optional, optionalLine, tick, whole } from '../forms'
import { typed } from '../money'
import { ageIn, cellsIn, slotsIn, tuitionsIn, typedBoxes } from './boxes'

/** What a field of a thing holds, as it stands in the database's JSON. */
export type Value = string | number | null | (number | string | null)[][] | number[]
export type Values = Record<string, Value>

export type Choice = {
  value: string | number
  label: string
  retired?: boolean
  /** What it belongs to: the location of a zone. */
  of?: number | null
}
/** Where the choices of a field come from, when they are rows. */
export type Source =
  | 'discounts'
  | 'blackouts'
  | 'locations'
  | 'programs'
  | 'levels'
  | 'zones'
  | 'staff'
  | 'sessions'
  | 'billing'
  | 'categories'
export type Choices = Partial<Record<Source, Choice[]>>

interface Common {
  /** The name of its column in the schema, and of its box in the form. */
  name: string
  label: string
  hint?: string
  /** Stands in the list; every field but long ones does unless told. */
  listed?: boolean
  /** How the list says it, where the plain way would not do. */
  say?: (values: Values) => string
}

/** One field of a thing that staff set up; whatever may stay empty is null then. */
export type Field = Common &
  (
    | { kind: 'line'; max: number; needed?: boolean }
    | { kind: 'note'; max: number }
    | { kind: 'whole'; least: number; most: number; needed?: boolean }
    | { kind: 'money'; empty?: boolean }
    | { kind: 'day'; needed?: boolean }
    | { kind: 'moment' }
    | { kind: 'tick' }
    | { kind: 'choice'; options: Record<string, string> }
    | { kind: 'one'; from: Source; what: string; none?: string }
    | { kind: 'several'; from: Source }
    | { kind: 'dates' }
    | { kind: 'grid' }
    /** Years and months, kept as 'P3Y6M'. */
    | { kind: 'age' }
    /** Weekly times. */
    | { kind: 'slots'; empty?: boolean }
    /** Prices, each under a billing schedule; the first is the default. */
    | { kind: 'tuitions' }
  )

/** What the form of a thing holds, checked field by field. @param zone of the moments */
export function formOf(fields: Field[], zone: string, choices: Choices) {
  return z.object(Object.fromEntries(fields.map(field => [field.name, schemaOf(field, zone, choices)])))
}

function schemaOf(field: Field, zone: string, choices: Choices): z.ZodType<Value> {
  const { label } = field
  switch (field.kind) {
    case 'line':
      return field.needed ? line(label, field.max) : optionalLine(label, field.max)
    case 'note':
      return note(label, field.max)
    case 'whole': {
      const number = whole(label, field.least, field.most)
      return field.needed ? number : optional(number)
    }
    case 'money':
      return field.empty ? optional(amount(label)) : amount(label)
    case 'day':
      return field.needed ? day(label) : optional(day(label))
    case 'moment':
      return optional(moment(label, zone))
    case 'tick':
      return tick.transform(Number)
    case 'choice':
      return z
        .string(`Choose one: ${label}.`)
        .refine(text => Object.hasOwn(field.options, text), `Choose one: ${label}.`)
    case 'one': {
      const known = (value: number) => Boolean(choices[field.from]?.some(one => one.value === value))
      const one = id(field.what).refine(known, `Choose ${field.what}.`)
      return field.none ? optional(one) : one
    }
    case 'several': {
      const known = new Set(choices[field.from]?.map(({ value }) => value))
      return z
        .union([z.string(), z.array(z.string())])
        .optional()
        .transform(value => numbersIn(value).filter(one => known.has(one)))
    }
    case 'dates':
      return z.string(`${label} is missing.`).transform((text, context) => datesIn(text, context))
    case 'grid':
      return z.array(z.string()).transform(cellsIn)
    case 'age':
      return z.array(z.string()).transform(ageIn)
    case 'slots':
      return z.array(z.string()).transform((boxes, context) => slotsIn(boxes, context, field.empty))
    case 'tuitions':
      return z.array(z.string()).transform((boxes, context) => tuitionsIn(boxes, context, choices.billing ?? []))
  }
}

/** A moment as browsers send it, on the wall of a zone. */
export function moment(label: string, zone: string) {
  const parts = (text: string) => /^(\d{4}-\d\d-\d\d)T([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(?::\d\d)?$/.exec(text)
  return z
    .string(`${label} is missing.`)
    .refine(text => isDay(parts(text)?.[1] ?? ''), `${label} is not a date and time like 2026-11-30 09:00.`)
    .transform(text => {
      const [, date = '', time = ''] = parts(text) ?? []
      return date ? instant(date, time, zone) : 0
    })
}

/** A moment as the box of a form holds it. */
export const typedMoment = (ms: number, zone: string) => `${today(ms, zone)}T${timeOfDay(ms, zone)}`

const mostDates = 400

/** One day a line, with what it is behind it. */
function datesIn(text: string, context: z.RefinementCtx): (string | null)[][] {
  const lines = text.split('\n').map(one => one.trim())
  const dates = new Map<string, string | null>()
  for (const [nth, one] of lines.entries()) {
    if (!one) continue
    const date = one.slice(0, 10)
    const label = optionalLine('', 80).safeParse(one.slice(10))
    if (!isDay(date) || !label.success || dates.size >= mostDates) {
      context.addIssue(`Line ${nth + 1} is not a day with its name, like 2026-12-24 Christmas Eve.`)
      return z.NEVER
    }
    dates.set(date, label.data)
  }
  return [...dates].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** What stands in the boxes of the form, by the boxes' names. */
export function typedOf(fields: Field[], values: Values, zone: string): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = values[field.name] ?? null
      const several = typedBoxes(field, value)
      if (several) return several
      return [[field.name, textOf(field, value, zone)]]
    }),
  )
}

function textOf(field: Field, value: Value, zone: string): string {
  if (value === null) return ''
  if (field.kind === 'dates') return (value as (string | null)[][]).map(one => one.filter(Boolean).join(' ')).join('\n')
  if (field.kind === 'money') return typed(Number(value))
  if (field.kind === 'moment') return typedMoment(Number(value), zone)
  if (field.kind === 'tick') return value ? '1' : ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** A field's value as people read it, in the list and where two editors differ. */
export function sayField(field: Field, values: Values, choices: Choices, zone: string): string {
  if (field.say) return field.say(values)
  const value = values[field.name] ?? null
  const named = (from: Source, one: unknown) => choices[from]?.find(({ value: id }) => id === one)?.label ?? ''
  if (field.kind === 'tick') return value ? 'yes' : 'no'
  if (field.kind === 'one') return value === null ? (field.none ?? '') : named(field.from, value)
  if (value === null) return ''
  if (field.kind === 'choice') return field.options[String(value)] ?? String(value)
  if (field.kind === 'several') return (value as number[]).map(one => named(field.from, one)).join(', ')
  if (field.kind === 'day') return sayDate(String(value), { year: true })
  if (field.kind === 'moment') return sayMoment(Number(value), zone)
  if (field.kind === 'dates') return `${(value as unknown[]).length} days`
  if (field.kind === 'slots')
    return (value as [number, string, string][])
      .map(([day, start]) => `${sayWeekday(day, true)} ${sayTime(start)}`)
      .join(', ')
  if (field.kind === 'tuitions')
    return (value as [number, number, string][])
      .map(([schedule, sum]) => `${named('billing', schedule)} ${typed(sum)}`)
      .join(', ')
  if (field.kind === 'grid') return `${(value as unknown[]).length} discounts`
  return textOf(field, value, zone)
}
