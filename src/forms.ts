import * as z from 'zod'
import { isTime } from './clock'
import { cents } from './money'

/** A posted form: one value a name, or several for a name that repeats. */
export type Form = Record<string, string | string[]>

export interface BadForm {
  /** What was typed, to be shown again. */
  typed: Record<string, string>
  /** A sentence a field, first come first shown. */
  errors: Record<string, string>
}

export type Parsed<T> = { data: T; bad?: undefined } | { data?: undefined; bad: BadForm }

/** Holds a posted form against its schema; a bad one comes back with what was typed and a sentence beside each field. */
export function parse<S extends z.ZodType>(schema: S, form: Form): Parsed<z.output<S>> {
  const result = schema.safeParse(form)
  if (result.success) return { data: result.data }
  const errors: Record<string, string> = {}
  for (const { path, message } of result.error.issues) errors[String(path[0] ?? '')] ??= message
  return { bad: { typed: typedIn(form), errors } }
}

/** The form's fields as text, for showing them again. */
export function typedIn(form: Form): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}

/**
 * What a record says by now of the fields that were typed otherwise, for the second of two editors.
 * @param stands the fields as the form would hold them
 * @param said the same in words, where a field holds a number
 */
export const saidOtherwise = (
  typed: Record<string, string>,
  stands: Record<string, string>,
  said: Record<string, string>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(stands).flatMap(([name, value]) =>
      value === (typed[name] ?? '') ? [] : [[name, said[name] ?? value]],
    ),
  )

// Control characters are no text anybody typed; a lone surrogate cannot be stored as UTF-8 without changing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** One line of text as typed, without blanks around it. */
export function line(label: string, max = 120) {
  return z
    .string(`${label} is missing.`)
    .transform(text => text.trim())
    .pipe(
      z
        .string()
        .min(1, `${label} is missing.`)
        .max(max, `${label} is longer than ${max} characters.`)
        .refine(
          text => !/[\r\n]/.test(text) && !unprintable.test(text) && text.isWellFormed(),
          `${label} has a character that cannot be used.`,
        ),
    )
}

/** A line that may stay empty: null then. */
export function optionalLine(label: string, max = 120) {
  return z
    .string()
    .optional()
    .transform(text => text?.trim() || undefined)
    .pipe(line(label, max).optional())
    .transform(text => text ?? null)
}

/** Several lines, which may stay empty: null then. */
export function note(label: string, max = 2000) {
  return z
    .string()
    .optional()
    .transform(text => text?.replaceAll('\r\n', '\n').trim() || null)
    .refine(text => text === null || text.length <= max, `${label} is longer than ${max} characters.`)
    .refine(
      text => text === null || (!unprintable.test(text) && text.isWellFormed()),
      `${label} has a character that cannot be used.`,
    )
}

/** A day as browsers send it. */
export function day(label: string) {
  return z.string(`${label} is missing.`).refine(isDay, `${label} is not a date like 2026-11-30.`)
}

export function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** A time of day as browsers send it. */
export function time(label: string) {
  return z.string(`${label} is missing.`).refine(isTime, `${label} is not a time like 16:15.`)
}

/** A whole number from `least` to `most`. */
export function whole(label: string, least: number, most: number) {
  const sentence = `${label} is not a whole number from ${least} to ${most}.`
  return z
    .string(`${label} is missing.`)
    .transform(text => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN))
    .refine(number => number >= least && number <= most, sentence)
}

/** An amount of money up to a million, in cents. */
export function amount(label: string) {
  return z
    .string(`${label} is missing.`)
    .transform(text => cents(text) ?? Number.NaN)
    .refine(sum => sum >= 0 && sum <= 100_000_000, `${label} is not an amount like 92.00.`)
}

/** A field of the kinds above that may stay empty: null then. */
export const optional = <S extends z.ZodType<unknown, string>>(field: S) =>
  z
    .string()
    .optional()
    .transform(text => text?.trim() || undefined)
    .pipe(field.optional())
    .transform(value => value ?? null)

/** The id of something chosen. */
export function id(label: string) {
  return z
    .string(`Choose ${label}.`)
    .regex(/^[1-9]\d{0,14}$/, `Choose ${label}.`)
    .transform(Number)
}

/** An address, folded: how log-ins and contacts are found. */
export function email(label = 'E-mail') {
  return line(label, 254)
    .pipe(z.email(`${label} does not look like an e-mail address.`))
    .transform(text => text.toLowerCase())
}

/** A tick box. */
export const tick = z
  .string()
  .optional()
  .transform(value => value !== undefined)

/** Days of the week, as many as are ticked; 0 is Sunday. */
export const weekdays = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform(chosen => [chosen ?? []].flat())
  .refine(chosen => chosen.every(text => /^[0-6]$/.test(text)), 'Choose days of the week.')
  .transform(chosen => chosen.map(Number))

/** The key a form carries, so that sending it twice has one effect. */
export const key = z.string().regex(/^[\w-]{8,64}$/)

/** A key for a form that is sent often and in few bytes: 96 bits, which nobody guesses and nothing compresses. */
export const shortKey = () => crypto.getRandomValues(new Uint8Array(12)).toBase64({ alphabet: 'base64url' })

/** The ids among posted values. */
export const numbersIn = (value: string | string[] | undefined) =>
  [value ?? []]
    .flat()
    .filter(text => /^[1-9]\d{0,14}$/.test(text))
    .map(Number)

/** Part of a filter in an address: what makes no sense there counts as not chosen. */
export const chosen = {
  day: z.string().refine(isDay).or(z.literal('')).catch(''),
  id: z.literal('').or(z.coerce.number().int().positive().max(1e15)).catch(''),
  age: z.literal('').or(z.coerce.number().int().min(0).max(120)).catch(''),
  text: z
    .string()
    .transform(typed => typed.trim().slice(0, 80))
    .catch(''),
  one: <const T extends readonly string[]>(words: T) => z.enum(words).or(z.literal('')).catch(''),
}
