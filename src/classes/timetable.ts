import { type SQL, sql } from 'drizzle-orm'
import { addDays, weekday } from '../clock'
import { classes, timeslots } from '../schema/classes'

/** A weekly time of a class. */
export interface Slot {
  weekday: number
  start: string
  end: string
  /** The first day it counts on, while that is still to come. */
  from?: string
  /** The last day it counts on, where the timetable changes within the class's own time. */
  to?: string
}

/** A day of a program's blackout schedules, and what it does: no class, no tuition, or neither (A0). */
export type Closure = [date: string, effect: 'billing' | 'closures' | 'both']

/** When a class meets; closures only where the program was read. */
export interface Timetable {
  slots: Slot[]
  startDate: string | null
  endDate: string | null
  closures?: Closure[]
}

const byWeek = (a: Slot, b: Slot) => a.weekday - b.weekday || (a.start < b.start ? -1 : 1)

/**
 * The weekly times of a class from a day on, for a statement that has the class; sorted here, because SQLite would read
 * each of them again for it.
 * @param named what the statement calls the class's table
 */
export const slotsFrom = (day: string, classId: SQL | typeof classes.id = classes.id, named = 'classes') =>
  sql`(select json_group_array(json_object('weekday', t.weekday, 'start', t.start_time, 'end', t.end_time, 'from', case when t.from_date > max(${day}, coalesce(${sql.raw(named)}.start_date, '')) then t.from_date end, 'to', case when t.to_date < coalesce(${sql.raw(named)}.end_date, '9999-12-31') then t.to_date end)) from ${timeslots} t where t.class_id = ${classId} and t.to_date >= ${day})`.mapWith(
    slotsIn,
  )

function slotsIn(text: string): Slot[] {
  const slots = JSON.parse(text) as (Omit<Slot, 'from' | 'to'> & { from: string | null; to: string | null })[]
  return slots
    .map(({ from, to, ...slot }) => ({ ...slot, ...(from ? { from } : {}), ...(to ? { to } : {}) }))
    .sort(byWeek)
}

/** The times of a class on a day, closed or not. */
export const slotsOn = ({ slots }: Pick<Timetable, 'slots'>, date: string) =>
  slots.filter(({ weekday: day, from, to }) => day === weekday(date) && (!from || from <= date) && (!to || to >= date))

/** Whether the program's closures keep a class from meeting on a day. */
export const closedOn = ({ closures }: Pick<Timetable, 'closures'>, date: string) =>
  Boolean(closures?.some(([day, effect]) => day === date && effect !== 'billing'))

/** The days on which the timetable has a class from one date to another, both included, whatever closes it. */
function timetabledDays(row: Timetable, from: string, to: string): string[] {
  const first = row.startDate && row.startDate > from ? row.startDate : from
  const last = row.endDate && row.endDate < to ? row.endDate : to
  const weekdays = new Set(row.slots.map(slot => slot.weekday))
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1))
    if (weekdays.has(weekday(day)) && slotsOn(row, day).length) days.push(day)
  return days
}

/** The days on which a class meets from one date to another, both included. */
export function meetingDays(row: Timetable, from: string, to: string): string[] {
  const days = timetabledDays(row, from, to)
  return row.closures?.length ? days.filter(day => !closedOn(row, day)) : days
}

/**
 * How many meetings a period is billed by, and how many of them somebody pays who comes from one date to another: a
 * day without tuition counts in the period and is not paid; one that only closes counts in neither (A15).
 */
export function billedMeetings(row: Timetable, period: [from: string, to: string], from: string, to: string) {
  const { all, paid } = billedOn(row, period)
  return { all: all.length, paid: paid.filter(day => day >= from && day <= to).length }
}

/** The days of a period that its tuition is for, and those of them that cost something. */
function billedOn(row: Timetable, period: [from: string, to: string]) {
  const effects = (day: string) => (row.closures ?? []).filter(([on]) => on === day).map(([, effect]) => effect)
  const all = timetabledDays(row, ...period).filter(day => !effects(day).includes('closures'))
  return { all, paid: all.filter(day => !effects(day).length) }
}

/**
 * The same for a month that counts as four weeks: of each weekday at most four meetings count, so that a fifth costs
 * nothing and four are the whole month. What the class itself leaves out of the month is missing, not left uncounted.
 */
export function billedWeeks(row: Timetable, period: [from: string, to: string], from: string, to: string) {
  const month = billedOn({ ...row, startDate: null, endDate: null }, period)
  const met = billedOn(row, period)
  const sum = { all: 0, paid: 0 }
  for (const [day, dates] of Map.groupBy(month.all, weekday)) {
    const all = Math.min(4, dates.length)
    const paid = met.paid.filter(date => weekday(date) === day && date >= from && date <= to)
    sum.all += all
    sum.paid += Math.min(all, paid.length)
  }
  return sum
}

/** The first day on or after a date on which the class meets, within a year. */
export function nextMeeting(row: Timetable, from: string): string | undefined {
  return meetingDays(row, from, addDays(from, 366))[0]
}
