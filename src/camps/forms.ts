import * as z from 'zod'
import { addDays, instant } from '../clock'
import { amount, day, id, isDay, line, note, numbersIn, optional, tick, time, weekdays, whole } from '../forms'

import type { CampRow, Cell, Choice } from './camps'
import { type BlockWish, type CampTerms, daysFrom, mostDays } from './setup'

const oneOf = <T extends string>(label: string, choices: readonly [T, ...T[]]) => z.enum(choices, `Choose ${label}.`)

const terms = {
  name: line('Name', 80),
  description: note('Description', 2000),
  type: id('a camp type'),
  pricing: id('a pricing schedule'),
  places: whole('Places', 1, 999),
  min_age: optional(whole('Youngest', 0, 99)),
  max_age: optional(whole('Oldest', 0, 99)),
  gender: oneOf('who may come', ['any', 'female', 'male']),
  registration_from: optional(day('Registration from')),
  registration_to: optional(day('Registration until')),
  attend: oneOf('what families choose', ['days', 'blocks', 'whole']),
  due: oneOf('what is due', ['full', 'deposit', 'none']),
  auto: tick,
  waitlist: tick,
  show: tick,
}

const block = {
  block: line('Block', 60),
  first: day('First day'),
  last: optional(day('Last day')),
  weekday: weekdays,
  start: time('From'),
  end: time('Until'),
  block_places: optional(whole('Places of the block', 1, 999)),
}

interface Ordered {
  min_age?: number | null
  max_age?: number | null
  registration_from?: string | null
  registration_to?: string | null
  first?: string
  last?: string | null
  start?: string
  end?: string
  weekday?: number[]
}

/** What two fields say together. */
const inOrder = (form: Ordered, context: z.RefinementCtx) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  const { min_age, max_age, registration_from: from, registration_to: to, first, last, start, end, weekday } = form
  if (min_age != null && max_age != null && max_age < min_age) wrong('max_age', 'This is below the youngest age.')
  if (from && to && to < from) wrong('registration_to', 'The last day is before the first.')
  if (first && last && last < first) wrong('last', 'The last day is before the first.')
  if (start && end && end <= start) wrong('end', 'This is before the beginning.')
  if (!first || (last && last < first)) return
  const days = daysFrom(first, last ?? first, weekday ?? [])
  if (!days.length) wrong('weekday', 'None of these days of the week is between the first and the last day.')
  if (days.length > mostDays) wrong('last', `Add up to ${mostDays} days at once.`)
}

/** A new camp with its first block. */
export const newCampForm = z
  .object({
    ...terms,
    ...block,
    location: id('a location'),
    program: id('a program'),
    zone: optional(id('a zone')),
  })
  .superRefine(inOrder)

export const campForm = z.object({ ...terms, active: tick }).superRefine(inOrder)

export const blockForm = z.object(block).superRefine(inOrder)

const years = (number: number | null) => (number === null ? null : `P${number}Y`)

/** What the form says of a camp; its registration days are those of the camp's location. */
export const termsOf = (form: z.output<typeof campForm>, zone: string): CampTerms => ({
  name: form.name,
  description: form.description,
  typeId: form.type,
  scheduleId: form.pricing,
  places: form.places,
  minAge: years(form.min_age),
  maxAge: years(form.max_age),
  gender: form.gender,
  registrationFrom: form.registration_from === null ? null : instant(form.registration_from, '00:00', zone),
  registrationTo: form.registration_to === null ? null : instant(addDays(form.registration_to, 1), '00:00', zone) - 1,
  attend: form.attend,
  dueAtSignup: form.due,
  autoApprove: form.auto,
  allowWaitlist: form.waitlist,
  showPortal: form.show,
})

export const blockOf = (form: z.output<typeof blockForm>): BlockWish => ({
  name: form.block,
  places: form.block_places,
  start: form.start,
  end: form.end,
  days: daysFrom(form.first, form.last ?? form.first, form.weekday),
})

export const typeForm = z.object({ singular: line('Title', 60), plural: line('Plural title', 60), retired: tick })

/** So many rows and columns a pricing form has. */
export const [priceRows, priceColumns] = [5, 2]

const cellNames = Array.from({ length: priceRows * priceColumns }, (_, at) => ({
  blocks: Math.floor(at / priceColumns) + 1,
  nth: (at % priceColumns) + 1,
}))

export const cellName = ({ blocks, nth }: Pick<Cell, 'blocks' | 'nth'>) => `cell_${blocks}_${nth}`

export const pricingForm = z
  .object({
    name: line('Name', 80),
    deposit_kind: oneOf('a kind of deposit', ['none', 'cents', 'percent']),
    deposit: optional(amount('Deposit')),
    retired: tick,
    ...Object.fromEntries(
      cellNames.map(cell => [
        cellName(cell),
        cell.blocks === 1 && cell.nth === 1 ? amount('Price of one') : optional(amount('Price')),
      ]),
    ),
  })
  .superRefine(({ deposit_kind, deposit }, context) => {
    if (deposit_kind !== 'none' && deposit === null)
      context.addIssue({ code: 'custom', path: ['deposit'], message: 'Deposit is missing.' })
    if (deposit_kind === 'percent' && (deposit ?? 0) > 100_00)
      context.addIssue({ code: 'custom', path: ['deposit'], message: 'Deposit is more than 100 percent.' })
  })
  .transform(form => ({
    name: form.name,
    depositKind: form.deposit_kind,
    // A percentage is typed as a number like an amount, and kept whole.
    deposit: form.deposit_kind === 'percent' ? Math.round((form.deposit ?? 0) / 100) : (form.deposit ?? 0),
    cells: cellNames.flatMap(cell => {
      const cents = (form as Record<string, unknown>)[cellName(cell)]
      return typeof cents === 'number' ? [{ ...cell, cents }] : []
    }),
    retired: form.retired,
  }))

/** A camp as its form shows it. */
export const typedOf = (camp: CampRow, dayOf: (moment: number) => string): Record<string, string | undefined> => ({
  name: camp.name,
  description: camp.description ?? '',
  type: String(camp.typeId),
  pricing: String(camp.scheduleId),
  places: String(camp.places),
  min_age: yearsIn(camp.minAge),
  max_age: yearsIn(camp.maxAge),
  gender: camp.gender,
  registration_from: camp.registrationFrom === null ? '' : dayOf(camp.registrationFrom),
  registration_to: camp.registrationTo === null ? '' : dayOf(camp.registrationTo),
  attend: camp.attend,
  due: camp.dueAtSignup,
  auto: camp.autoApprove ? '1' : undefined,
  waitlist: camp.allowWaitlist ? '1' : undefined,
  show: camp.showPortal ? '1' : undefined,
  active: camp.state === 'active' ? '1' : undefined,
})

const yearsIn = (duration: string | null) => /^P(\d+)Y/.exec(duration ?? '')?.[1] ?? ''

/** The days and blocks of an address or a form. */
export const choiceIn = (of: Record<string, string | string[] | undefined>): Choice => ({
  days: [of.day ?? []].flat().filter(isDay),
  blocks: numbersIn(of.block),
})
