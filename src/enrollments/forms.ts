import * as z from 'zod'
import { isTime } from '../clock'
import { day, id, note } from '../forms'

/** Asking for places in a class: for one child or several, from a day. */
const places = {
  student: z
    .union([z.string(), z.array(z.string())], 'Choose who it is for.')
    .transform(chosen => [chosen].flat())
    .refine(
      chosen => chosen.length <= 20 && chosen.every(text => /^[1-9]\d{0,14}$/.test(text)),
      'Choose who it is for.',
    )
    .transform(chosen => chosen.map(Number)),
  /** Not asked where the first day is not chosen. */
  date: day('Start date').optional(),
  note: note('Note', 1000),
}

export const placesForm = z.object({
  ...places,
  kind: z.enum(['active', 'trial', 'single_day'], 'Choose how.'),
  schedule: id('how it is paid').optional(),
})

export const waitlistForm = z.object({ ...places, kind: z.literal('wait', 'Choose how.') })

export const dropForm = z.object({
  date: day('Drop date'),
  reason: z
    .string()
    .optional()
    .transform(text => (text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null)),
  note: note('Note', 1000),
})

export const transferForm = z.object({ class: id('a class'), date: day('Transfer date'), note: note('Note', 1000) })

const time = (label: string) =>
  z
    .string()
    .optional()
    .transform(text => text?.trim() || undefined)
    .refine(text => text === undefined || isTime(text), `${label} is not a time like 16:15.`)

export const absenceByDateForm = z
  .object({
    from: day('First day'),
    to: day('Last day'),
    start: time('From'),
    end: time('Until'),
    note: note('Note', 1000),
  })
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'The last day is before the first.' })
  .refine(({ start, end }) => !start === !end, { path: ['end'], message: 'Fill in both times, or leave both empty.' })
  .refine(({ start, end }) => !start || !end || start < end, { path: ['end'], message: 'This is before From.' })

export const absenceByEnrollmentForm = z.object({
  date: day('Date'),
  enrollment: z
    .union([z.string(), z.array(z.string())], 'Choose at least one class.')
    .transform(chosen => [chosen].flat())
    .refine(chosen => chosen.every(text => /^[1-9]\d{0,14}$/.test(text)), 'Choose at least one class.')
    .transform(chosen => chosen.map(Number)),
  note: note('Note', 1000),
})
