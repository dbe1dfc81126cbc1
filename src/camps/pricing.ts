import { sayDate } from '../clock'
import type { ChargeLine } from '../ledger/charges'
import { money } from '../money'
import { type CampRow, type Cell, unitsOf } from './camps'
import { type Answered, sayAnswer } from './questions'

/** What some days of a camp cost a child, and how that came about. */
export interface CampPrice {
  /** All of it. */
  cents: number
  lines: ChargeLine[]
  /** What of it is due at sign-up, in cents. */
  dueCents: number
  /** The last day it pays. */
  until: string
}

const words = { whole: ['camp', 'camps'], blocks: ['block', 'blocks'], days: ['day', 'days'] } as const

/**
 * The price of a camp (A8): the cell of so many blocks or days and the nth child of the family. A table smaller than
 * that goes on: each further block at the price of one, each further child in the last column. The fees of what was
 * answered come last (A15), once a booking however many the days.
 * @param nth which child of the family this is in the camp, from 1
 */
export function campPrice(
  camp: CampRow,
  days: readonly string[],
  studentId: number,
  nth: number,
  answers: Answered[] = [],
): CampPrice {
  const units = unitsOf(camp, days)
  const column = Math.max(1, ...camp.cells.filter(cell => cell.nth <= nth).map(cell => cell.nth))
  const cellOf = (most: number, nth: number): Cell | undefined =>
    camp.cells.filter(cell => cell.nth === nth && cell.blocks <= most).sort((a, b) => b.blocks - a.blocks)[0]
  // Where the column says nothing of so few, the first child's price is good for all.
  const cell = cellOf(units, column) ?? cellOf(units, 1)
  const one = (cellOf(1, column) ?? cellOf(1, 1))?.cents ?? 0
  const further = units - (cell?.blocks ?? 0)
  const cents = (cell?.cents ?? 0) + further * one
  const [unit, many] = words[camp.attend]
  const steps = [
    `${units} ${units === 1 ? unit : many}${column > 1 ? `, student ${nth}` : ''}: ${money(cents)}.`,
    ...(further > 0 && cell ? [`${cell.blocks} for ${money(cell.cents)}, then ${money(one)} each.`] : []),
  ]
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const line: ChargeLine = {
    kind: 'camp',
    cents,
    programId: camp.programId,
    categoryId: camp.categoryId,
    studentId,
    forFrom: first,
    forTo: last,
    steps,
  }
  const fees = answers
    .filter(fee => fee.cents > 0)
    .map(fee => ({ ...line, cents: fee.cents, steps: [`${fee.label}: ${sayAnswer(fee)}, ${money(fee.cents)}.`] }))
  const lines = [line, ...fees]
  const all = lines.reduce((sum, each) => sum + each.cents, 0)
  return { cents: all, lines, dueCents: dueOf(camp, cents, all), until: last }
}

/** What is paid at sign-up: all of it, the deposit on the days, or nothing yet. */
function dueOf({ dueAtSignup, depositKind, deposit }: CampRow, cents: number, all: number): number {
  if (dueAtSignup === 'full') return all
  if (dueAtSignup === 'none' || depositKind === 'none') return 0
  return Math.min(cents, depositKind === 'percent' ? Math.round((cents * deposit) / 100) : deposit)
}

/** "Summer Camp, Jul 6 to Jul 10": how a charge is called. */
export const titleOf = (name: string, days: readonly string[]) => {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return first === last ? `${name}, ${sayDate(first)}` : `${name}, ${sayDate(first)} to ${sayDate(last)}`
}
