import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { ageMisfit, type ClassRow, classById, nextMeeting } from '../classes/classes'
import { addDays, instant, today, weekday } from '../clock'
import { Refusal, read } from '../database'
import { NotFound } from '../http'

/** What a family asks for. */
export interface Wish {
  studentId: number
  classId: number
  type: 'active' | 'trial' | 'wait'
  /** The day from which; it moves to the next meeting. */
  startDate: string
  notes: string | null
}

export type Child = Guardian['students'][number]

/** Reasons why a child does not fit a class, each from the closed list; a full class is no misfit. */
export function misfits(account: Account, row: ClassRow, child: Child, startDate: string): string[] {
  const reasons: string[] = []
  const day = today(account.now, row.timeZone)
  if (row.state !== 'active' || !row.allowRegistration) reasons.push('class-closed')
  if (startDate < day) reasons.push('date-past')
  if (startDate > addDays(day, account.settings['classreg.start_max_days'])) reasons.push('date-too-far')
  const first = nextMeeting(row, startDate)
  if (!first) reasons.push('not-in-season')
  const age = ageMisfit(child.birthDate, first ?? startDate, row)
  if (age) reasons.push(age)
  if (row.gender !== 'any' && child.gender !== 'unstated' && child.gender !== row.gender) reasons.push('wrong-gender')
  return reasons
}

/** Reads the class and finds the family's child; refuses with the first true reason. */
export async function grantable(
  account: Account,
  guardian: Guardian,
  wish: Wish,
): Promise<{ row: ClassRow; child: Child; startDate: string }> {
  const child = guardian.students.find(({ id }) => id === wish.studentId)
  if (!child) throw new NotFound()
  // The limited view of a secondary guardian only looks (A24), and a child of two households may be one's alone (BY7).
  if (guardian.access !== 'full') throw new Refusal('limited-access')
  if (!child.mayEnroll) throw new Refusal('may-not-enroll')
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const [[row]] = await read(account, [classById(account, wish.classId)])
  if (!row?.showPortal) throw new NotFound()
  const allowed =
    wish.type === 'trial'
      ? account.settings['classreg.allow_trial']
      : wish.type === 'wait'
        ? account.settings['classreg.allow_waitlist']
        : true
  if (!allowed) throw new Refusal('switched-off')
  const [reason] = misfits(account, row, child, wish.startDate)
  if (reason) throw new Refusal(reason)
  const first = nextMeeting(row, wish.startDate) ?? wish.startDate
  // A lesson that has begun is over for whoever asks now.
  const slot = row.slots.find(one => one.weekday === weekday(first))
  const begun = slot && instant(first, slot.start, row.timeZone) <= account.now
  if (begun && wish.type === 'trial') throw new Refusal('date-past')
  return { row, child, startDate: begun ? (nextMeeting(row, addDays(first, 1)) ?? first) : first }
}
