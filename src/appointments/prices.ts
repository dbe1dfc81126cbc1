import { weekday } from '../clock'
import { t } from '../language'
import { money } from '../money'

/** What a pricing schedule of appointments says. Amounts are cents. */
export interface Lessons {
  /**
   * The shortest first: a time costs what the first row says that is as long as it, and what the last one says if none
   * is. `each` is what each student pays where one comes, where two come and so on; more than that pay the last.
   */
  rows: { minutes: number; each: number[] }[]
  /** What each student pays more for a time that begins then; weekdays from 0, Sunday. */
  peak: { weekdays: number[]; from: string; until: string; cents: number } | null
}

export interface Schedule {
  name: string
  lessons: Lessons
}

/** What one booking was promised: its row of the schedule, which no later change of the schedule reaches. */
export interface Terms {
  schedule: string
  minutes: number
  each: number[]
  /** What the peak time adds to each of them. */
  peak: number
}

export interface Price {
  cents: number
  /** For "Why this amount?". */
  steps: string[]
}

/** A time as its price depends on it. */
export interface Priced {
  service: string
  onDate: string
  startTime: string
  endTime: string
  /** Where no schedule is attached. */
  flatCents: number
  schedule: Schedule | null
  /** How many students are booked in it. */
  come: number
}

const count = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** How long a time is. */
export const minutesOf = ({ startTime, endTime }: Pick<Priced, 'startTime' | 'endTime'>) =>
  count(endTime) - count(startTime)

/** What a schedule promises whoever books a time today; nothing where none is attached. */
export function termsOf(time: Omit<Priced, 'come' | 'flatCents' | 'service'>): Terms | null {
  if (!time.schedule) return null
  const { name, lessons } = time.schedule
  const minutes = minutesOf(time)
  const row = lessons.rows.find(row => row.minutes >= minutes) ?? lessons.rows.at(-1)
  if (!row) return null
  const { peak } = lessons
  const isPeak =
    peak &&
    (!peak.weekdays.length || peak.weekdays.includes(weekday(time.onDate))) &&
    time.startTime >= peak.from &&
    time.startTime < peak.until
  return { schedule: name, minutes, each: row.each, peak: isPeak ? peak.cents : 0 }
}

/** What each student pays by its terms when so many come. */
export const eachOf = ({ each, peak }: Terms, students: number): number =>
  (each[Math.min(Math.max(1, students), each.length) - 1] ?? 0) + peak

/** Says how an amount came from terms; from none of their columns when a move brought its price along. */
function stepsOf(service: string, terms: Terms | null, cents: number): string[] {
  const students = terms ? terms.each.indexOf(cents - terms.peak) + 1 : 0
  if (!terms || !students) return [`${service}: ${money(cents)}.`]
  const { schedule, minutes, peak } = terms
  const values = { schedule, minutes, students, amount: money(cents - peak) }
  return [
    students === 1
      ? t('{schedule}, {minutes} minutes, one student: {amount}.', values)
      : t('{schedule}, {minutes} minutes, {students} students: {amount} each.', values),
    ...(peak ? [t('Peak time: {amount} more.', { amount: money(peak) })] : []),
  ]
}

const price = (service: string, terms: Terms | null, cents: number): Price => ({
  cents,
  steps: stepsOf(service, terms, cents),
})

/** What a time costs one more student today. */
export function priceOf(time: Priced, students = time.come + 1): Price {
  const terms = termsOf(time)
  return price(time.service, terms, terms ? eachOf(terms, students) : time.flatCents)
}

/** What each pays when still more come, as far as that is less: [[2, 4000], [3, 3500]]. */
export function furtherOf(time: Priced, places: number): { students: number; cents: number }[] {
  const terms = termsOf(time)
  if (!terms) return []
  const further = []
  let last = eachOf(terms, time.come + 1)
  for (let students = time.come + 2; students <= places; students += 1) {
    const cents = eachOf(terms, students)
    if (cents < last) further.push({ students, cents })
    last = Math.min(last, cents)
  }
  return further
}

/** A booking as its price depends on it. */
export interface Asked extends Priced {
  state: string
  /** What it was told when it was asked for; nothing kept of those from before there were schedules. */
  askedCents: number | null
  terms: Terms | null
  chargedCents: number | null
  /** The pass of the punch that paid it, and then nothing else does. */
  passId: number | null
}

const paidByPunch = { cents: 0, steps: [] }

/** What approving a booking charges: what it was told, or less when others came meanwhile. */
export function askedOf(booking: Asked): Price {
  if (booking.passId !== null) return paidByPunch
  if (booking.askedCents === null) return priceOf(booking)
  const { terms, askedCents, service } = booking
  return price(service, terms, terms ? Math.min(askedCents, eachOf(terms, booking.come + 1)) : askedCents)
}

/**
 * What a booking costs at another time: what it costs now and the difference that the prices of today make between the
 * two, so that what was booked keeps its price where they make none.
 */
export function movedPrice(old: Asked, time: Priced): Price & { terms: Terms | null } {
  if (old.passId !== null) return { ...paidByPunch, terms: null }
  const waits = old.state === 'requested'
  const now = waits ? askedOf(old).cents : (old.chargedCents ?? 0)
  const difference = priceOf(time).cents - priceOf(old, old.come + (waits ? 1 : 0)).cents
  const terms = difference ? termsOf(time) : old.terms
  return { ...price(time.service, terms, Math.max(0, now + difference)), terms }
}
