import { language } from './language'

/**
 * Days and moments, without a clock inside: now is always told. A day is 'YYYY-MM-DD', a time of day 'HH:MM', both as
 * the wall shows them at a location; a moment is UTC milliseconds.
 */

const DAY = 86_400_000
const NO_BREAK = '\u00a0'

const formatters = new Map<string, Intl.DateTimeFormat>()

const formatter = (name: string, options: Intl.DateTimeFormatOptions) => {
  let found = formatters.get(name)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', options)
    formatters.set(name, found)
  }
  return found
}

/** A day as a count of days since 1970: arithmetic without zones. */
const count = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY

const fromCount = (days: number) => new Date(days * DAY).toISOString().slice(0, 10)

/** How far the wall is ahead of UTC at a moment, in milliseconds. */
const aheadAt = (ms: number, zone: string) => {
  const part: Record<string, number> = {}
  const parts = formatter(`wall ${zone}`, {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  for (const { type, value } of parts) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
}

/** By zone, then by UTC day: how far the wall is ahead all day long, or null when clocks change that day. */
const days = new Map<string, Map<number, number | null>>()

/** Asking Intl costs more than a row of a list, and all but two days a year have one answer from end to end. */
const ahead = (ms: number, zone: string) => {
  const known = days.get(zone) ?? new Map<number, number | null>()
  if (!known.size || known.size > 1000) days.set(zone, known.size ? new Map() : known)
  const day = Math.floor(ms / DAY)
  let all = known.get(day)
  if (all === undefined) {
    const [begin, end] = [aheadAt(day * DAY, zone), aheadAt((day + 1) * DAY - 1000, zone)]
    all = begin === end ? begin : null
    known.set(day, all)
  }
  return all ?? aheadAt(ms, zone)
}

/** What the wall shows at a moment in a zone. */
const wall = (ms: number, zone: string) => {
  const shown = new Date(ms + ahead(ms, zone)).toISOString()
  return { date: shown.slice(0, 10), time: shown.slice(11, 16), second: Number(shown.slice(17, 19)) }
}

/** Whether a text is a day that exists. */
export const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(count(text)) && fromCount(count(text)) === text

/** Whether a text is a time of day. */
export const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** The day at a location. */
export const today = (now: number, zone: string) => wall(now, zone).date

/** The time of day at a location. */
export const timeOfDay = (now: number, zone: string) => wall(now, zone).time

export const addDays = (date: string, days: number) => fromCount(count(date) + days)

/** The same day some months on; the 31st becomes the last of a shorter month. */
export const addMonths = (date: string, months: number) => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return fromCount(first.getTime() / DAY + Math.min(day, last) - 1)
}

export const startOfMonth = (date: string) => `${date.slice(0, 7)}-01`

/** 0 is Sunday. */
export const weekday = (date: string) => (((count(date) + 4) % 7) + 7) % 7

/** From one day to another; negative when the second comes first. */
export const daysBetween = (from: string, to: string) => count(to) - count(from)

/** The first day on or after `date` that falls on this weekday. */
export const nextWeekday = (date: string, day: number) => addDays(date, (day - weekday(date) + 7) % 7)

/** Whole years lived on a day. */
export const ageOn = (birth: string, date: string) => {
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4))
  return date.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Whole months lived on a day: for the classes of the smallest. */
export const monthsOn = (birth: string, date: string) => {
  const months =
    (Number(date.slice(0, 4)) - Number(birth.slice(0, 4))) * 12 + Number(date.slice(5, 7)) - Number(birth.slice(5, 7))
  return date.slice(8) < birth.slice(8) ? months - 1 : months
}

/** "8 years 5 months", never rounded up; of the smallest only months (A3). */
export const sayAge = (birth: string, date: string) => {
  const lived = Math.max(0, monthsOn(birth, date))
  const said = (number: number, one: string) => (number ? [`${number} ${one}${number === 1 ? '' : 's'}`] : [])
  return [...said(Math.floor(lived / 12), 'year'), ...said(lived % 12, 'month')].join(' ') || '0 months'
}

const dayNames = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  es: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
}

/** "Monday", or "Mon"; "lunes", or "lun". */
export const sayWeekday = (day: number, short = false) => {
  const name = dayNames[language()][day] ?? ''
  return short ? name.slice(0, 3) : name
}

const monthNames = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
}

/** "Nov 30"; "Thu, Nov 26" with the weekday; the year only when it is asked for. "30 nov", "jue, 26 nov" in Spanish. */
export const sayDate = (date: string, show: { weekday?: boolean; year?: boolean } = {}) => {
  const month = monthNames[language()][Number(date.slice(5, 7)) - 1]
  const day = Number(date.slice(8))
  const said = language() === 'es' ? `${day}${NO_BREAK}${month}` : `${month}${NO_BREAK}${day}`
  return `${show.weekday ? `${sayWeekday(weekday(date), true)}, ` : ''}${said}${show.year ? `, ${date.slice(0, 4)}` : ''}`
}

/** "4:15 pm" for '16:15', with a space that does not break; "4:15 p. m." in Spanish. */
export const sayTime = (time: string) => {
  const hour = Number(time.slice(0, 2))
  const half = language() === 'es' ? `${hour < 12 ? 'a' : 'p'}.${NO_BREAK}m.` : hour < 12 ? 'am' : 'pm'
  return `${hour % 12 || 12}:${time.slice(3, 5)}${NO_BREAK}${half}`
}

/** "10:24 am" today, "Thu 9:47 pm" within the last week, "Nov 18" before, with the year when it is another one. */
export const sayWhen = (ms: number, now: number, zone: string) => {
  const then = wall(ms, zone)
  const day = today(now, zone)
  const ago = daysBetween(then.date, day)
  if (ago === 0) return sayTime(then.time)
  if (ago > 0 && ago < 7) return `${sayWeekday(weekday(then.date), true)}${NO_BREAK}${sayTime(then.time)}`
  return sayDate(then.date, { year: then.date.slice(0, 4) !== day.slice(0, 4) })
}

/** "Thu, Nov 26, 9:47 pm": a moment in full. */
export const sayMoment = (ms: number, zone: string) => {
  const then = wall(ms, zone)
  return `${sayDate(then.date, { weekday: true })}, ${sayTime(then.time)}`
}

/** A moment for `<time datetime>`. */
export const iso = (ms: number) => new Date(ms).toISOString()

/**
 * The moment a wall clock shows this day and time. A time the clocks skip in spring is taken an hour later, as people
 * do; a time they show twice in autumn is the first.
 */
export const instant = (date: string, time: string, zone: string) => {
  const wanted = Date.parse(`${date}T${time}:00Z`)
  const offset = (ms: number) => {
    const shown = wall(ms, zone)
    return Date.parse(`${shown.date}T${shown.time}:00Z`) + shown.second * 1000 - Math.floor(ms / 1000) * 1000
  }
  // A day before and after see the offsets on both sides of a change of clocks; the earlier one wins where both fit.
  const candidates = [wanted - offset(wanted - DAY), wanted - offset(wanted + DAY)].sort((a, b) => a - b)
  const fits = candidates.find(ms => ms + offset(ms) === wanted)
  return fits ?? wanted - offset(wanted - DAY)
}

/** Whether clocks are known under this name, such as America/Toronto. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}
