import type { Account } from '../accounts/account'
import { today } from '../clock'
import { type ClassRow, openings } from './classes'

/** What a visitor looks for: a plain GET form, so that a search is an address (A24). */
export interface ClassFilter {
  child?: number
  q: string
  day: string[]
  time: string[]
  location: string
  program: string
  openings: boolean
}

/** Reads a filter out of an address; what makes no sense there counts as not chosen. */
export function classFilter(query: Record<string, string[] | undefined>): ClassFilter {
  const one = (name: string) => query[name]?.[0] ?? ''
  const id = (name: string) => (/^[1-9]\d{0,14}$/.test(one(name)) ? one(name) : '')
  return {
    child: Number(id('child')) || undefined,
    q: one('q').trim().slice(0, 80),
    day: (query.day ?? []).filter(day => /^[0-6]$/.test(day)),
    time: (query.time ?? []).filter(time => spans.has(time)),
    location: id('location'),
    program: id('program'),
    openings: one('openings') === '1',
  }
}

const spans = new Map<string, [from: string, to: string]>(
  Object.entries({
    morning: ['00:00', '12:00'],
    afternoon: ['12:00', '17:00'],
    evening: ['17:00', '24:00'],
  }),
)

/** Whether a class is among what was looked for. */
export function isWanted(row: ClassRow, filter: ClassFilter): boolean {
  const { q, day, time, location, program } = filter
  const text = `${row.name} ${row.programName} ${row.description ?? ''} ${row.teachers ?? ''}`.toLowerCase()
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every(word => text.includes(word))) return false
  if (location && String(row.locationId) !== location) return false
  if (program && String(row.programId) !== program) return false
  if (filter.openings && openings(row) === 0) return false
  if (!day.length && !time.length) return true
  return row.slots.some(slot => slotIsWanted(slot, filter))
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
  if (openings(row) === 0) return account.settings['classreg.allow_waitlist'] ? 'Join waitlist' : undefined
  return account.settings['classreg.auto_approve'] ? 'Enroll' : 'Request'
}

/** "a month", "an hour": what the tuition of a class is for. */
export const tuitionPer = (unit: ClassRow['tuitionUnit']) =>
  unit === 'hour' ? 'an hour' : unit === 'timeslot' ? 'a month for each time' : 'a month'
