import type { Account } from '../accounts/account'
import { today } from '../clock'
import { settingsAt } from '../settings'
import { type ClassRow, openings } from './classes'

/** What a visitor looks for: a plain GET form, so that a search is an address (A24). Several values of one filter widen it. */
export interface ClassFilter {
  child?: number
  /** Whole years, for whoever picks no child. */
  age?: number
  q: string
  day: string[]
  time: string[]
  location: string[]
  program: string[]
  level: string[]
  teacher: string
  session: string
  /** Classes that girls, or boys, may join: those of everybody are among them. */
  gender: '' | 'female' | 'male'
  /** The highest tuition, in whole dollars. */
  price?: number
  openings: boolean
}

/** The filters that a business can switch off, by the setting's last word. */
export const filters = [
  'age',
  'day',
  'time',
  'location',
  'program',
  'level',
  'teacher',
  'session',
  'gender',
  'price',
  'openings',
] as const
export type FilterName = (typeof filters)[number]

/** Whether a filter is offered: what is switched off counts as not chosen, also in an address. */
export const offers = ({ settings }: Pick<Account, 'settings'>, name: FilterName): boolean => settings[`filter.${name}`]

/**
 * Reads a filter out of an address; what makes no sense there counts as not chosen. The names that other systems' links
 * use are understood too: days=6&programs=56&levels=4 (CP10).
 */
export function classFilter(
  account: Pick<Account, 'settings'>,
  query: Record<string, string[] | undefined>,
): ClassFilter {
  const many = (name: FilterName, plural: string) =>
    offers(account, name) ? [query[name] ?? [], query[plural] ?? []].flat().flatMap(value => value.split(',')) : []
  const one = (name: string) => query[name]?.[0] ?? ''
  const chosen = (name: FilterName) => (offers(account, name) ? one(name) : '')
  const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)
  const whole = (text: string, most: number) =>
    /^\d{1,5}$/.test(text) && Number(text) <= most ? Number(text) : undefined
  const gender = chosen('gender')
  return {
    child: isId(one('child')) ? Number(one('child')) : undefined,
    age: whole(chosen('age'), 120),
    q: one('q').trim().slice(0, 80),
    day: many('day', 'days').filter(day => /^[0-6]$/.test(day)),
    time: many('time', 'times').filter(time => spans.has(time)),
    location: many('location', 'locations').filter(isId),
    program: many('program', 'programs').filter(isId),
    level: many('level', 'levels').filter(isId),
    teacher: isId(chosen('teacher')) ? chosen('teacher') : '',
    session: isId(chosen('session')) ? chosen('session') : '',
    gender: gender === 'female' || gender === 'male' ? gender : '',
    price: whole(chosen('price'), 99_999),
    openings: chosen('openings') === '1',
  }
}

const spans = new Map<string, [from: string, to: string]>(
  Object.entries({
    morning: ['00:00', '12:00'],
    afternoon: ['12:00', '17:00'],
    evening: ['17:00', '24:00'],
  }),
)

/** What is known of a class beside its row. */
export interface Around {
  teachers: ReadonlySet<number>
  sessions: ReadonlySet<number>
}

/** Whether a class is among what was looked for. */
export function isWanted(row: ClassRow, filter: ClassFilter, around: Around | undefined): boolean {
  const { q, location, program, level, teacher, session, gender, price, age } = filter
  const text = `${row.name} ${row.programName} ${row.description ?? ''} ${row.teachers ?? ''}`.toLowerCase()
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every(word => text.includes(word))) return false
  if (location.length && !location.includes(String(row.locationId))) return false
  if (program.length && !program.includes(String(row.programId))) return false
  if (level.length && !level.includes(String(row.levelId))) return false
  if (teacher && !around?.teachers.has(Number(teacher))) return false
  if (session && !around?.sessions.has(Number(session))) return false
  if (gender && row.gender !== 'any' && row.gender !== gender) return false
  if (price !== undefined && (row.tuitionCents ?? 0) > price * 100) return false
  if (age !== undefined && !takesAge(row, age)) return false
  if (filter.openings && openings(row) === 0) return false
  if (!filter.day.length && !filter.time.length) return true
  return row.slots.some(slot => slotIsWanted(slot, filter))
}

/** Whether somebody of so many whole years may be the right age: a birthday is not known, so any day of that year counts. */
export function takesAge({ minAge, maxAge }: Pick<ClassRow, 'minAge' | 'maxAge'>, years: number): boolean {
  const months = (duration: string) => {
    const [, inYears, inMonths] = duration.match(/^P(?:(\d+)Y)?(?:(\d+)M)?/) ?? []
    return Number(inYears ?? 0) * 12 + Number(inMonths ?? 0)
  }
  const youngest = years * 12
  const oldest = youngest + 11
  if (minAge && oldest < months(minAge)) return false
  // A span in whole years holds to the next birthday.
  return !maxAge || youngest < months(maxAge) + (/M/.test(maxAge) ? 1 : 12)
}

/** Whether one weekly time of a class is among what was looked for: a class on two days is listed under the wanted one. */
export function slotIsWanted(slot: ClassRow['slots'][number], { day, time }: ClassFilter): boolean {
  const fitsTime = time.some(name => {
    const [from = '', to = ''] = spans.get(name) ?? []
    return slot.start >= from && slot.start < to
  })
  return (!day.length || day.includes(String(slot.weekday))) && (!time.length || fitsTime)
}

/** What the button of a class does now, by settings and openings; nothing when it takes nobody online. */
export function actFor(account: Account, row: ClassRow): 'Enroll' | 'Request' | 'Join waitlist' | undefined {
  if (row.state !== 'active' || !row.allowRegistration) return
  const over = row.endDate && row.endDate < today(account.now, row.timeZone)
  if (over || row.slots.length === 0) return
  const rules = settingsAt(account, row.locationId)
  if (openings(row) === 0) return rules['classreg.allow_waitlist'] ? 'Join waitlist' : undefined
  return rules['classreg.auto_approve'] ? 'Enroll' : 'Request'
}

/** "a month", "an hour": what the tuition of a class is for. */
export function tuitionPer({ tuitionUnit, cycle, sessions }: Pick<ClassRow, 'tuitionUnit' | 'cycle' | 'sessions'>) {
  if (tuitionUnit === 'hour') return 'an hour'
  const bySession = cycle === 'month_session' && sessions.length > 0
  if (tuitionUnit === 'timeslot') return bySession ? 'a session for each time' : 'a month for each time'
  return bySession ? 'a session' : 'a month'
}
