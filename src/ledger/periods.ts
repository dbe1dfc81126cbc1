import type { ClassRow } from '../classes/classes'
import { billedMeetings, billedWeeks } from '../classes/timetable'
import { addDays, addMonths, startOfMonth } from '../clock'

/** How long one tuition lasts, and what it is called. */
export interface Period {
  from: string
  to: string
  of: 'month' | 'session' | 'weeks'
}

/**
 * The time that a tuition is for, by the cycle of its billing schedule: the session that runs or comes next where the
 * class has sessions and its schedule follows them, else the calendar month (A15).
 */
export function periodOf({ cycle, sessions }: Pick<ClassRow, 'cycle' | 'sessions'>, day: string): Period {
  const session = cycle === 'month_session' ? sessions.find(([, end]) => end >= day) : undefined
  if (session) return { from: session[0], to: session[1], of: 'session' }
  const from = startOfMonth(day)
  return { from, to: addDays(addMonths(from, 1), -1), of: cycle === 'four_weeks' ? 'weeks' : 'month' }
}

/** How many meetings of a period are billed, and how many of them are paid by who comes from one day to another. */
export const meetingsIn = (row: ClassRow, period: Period, from: string, until: string) =>
  (period.of === 'weeks' ? billedWeeks : billedMeetings)(row, [period.from, period.to], from, until)
