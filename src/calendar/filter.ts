import * as z from 'zod'
import { addDays, weekday } from '../clock'
import { isDay } from '../forms'

export const kinds = ['class', 'camp', 'appointment', 'party'] as const
export type Kind = (typeof kinds)[number]

const chosenId = z.coerce.number().int().positive().max(1e15).or(z.literal(0)).catch(0)

/** What the calendar shows, as its address says it; what makes no sense there counts as not chosen. */
export const calendarFilter = z.object({
  view: z.enum(['day', 'week', 'staff', 'zone']).catch('week'),
  /** A day of what is shown; nothing is today, which an address that is kept means anew. */
  on: z.string().refine(isDay).or(z.literal('')).catch(''),
  location: chosenId,
  program: chosenId,
  instructor: chosenId,
  kind: z.enum(kinds).or(z.literal('')).catch(''),
  /** Only what has so many places left. */
  open: z.coerce.number().int().min(1).max(99).or(z.literal(0)).catch(0),
  /** Stacked: in order, without gaps. Staggered: each as high as it is long, on a grid of hours. */
  layout: z.enum(['stacked', 'staggered']).catch('stacked'),
})

export type CalendarFilter = z.output<typeof calendarFilter>

/** The days a view shows: a week begins on Sunday, as everywhere in the Office; the others show one day. */
export function daysOf({ view }: Pick<CalendarFilter, 'view'>, on: string): string[] {
  if (view !== 'week') return [on]
  const first = addDays(on, -weekday(on))
  return Array.from({ length: 7 }, (_, nth) => addDays(first, nth))
}
