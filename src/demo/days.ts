import { and, asc, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { type ClassRow, publicClasses } from '../classes/classes'
import { addDays, today } from '../clock'
import { Refusal, read } from '../database'
import { runningEnrollments, tellAbsence } from '../enrollments/absences'
import { requestDrop } from '../enrollments/drops'
import { enroll } from '../enrollments/enroll'
import { requestTransfer } from '../enrollments/transfers'
import { misfits } from '../enrollments/wishes'
import { approve, deny, dismiss } from '../online-activity/decide'
import { kinds } from '../online-activity/kinds'
import { entriesQuery } from '../online-activity/window'
import { answerPolicy } from '../policies/answers'
import { activity } from '../schema/activity'
import { at } from './moments'
import { type Dice, remarks } from './names'

const day = 86_400_000
const answer = { location: '/' }

/** Days before now: from the longer ago to the nearer, both lived through. */
export interface Span {
  from: number
  to: number
  /** The first of them all, on which everybody enrolls. */
  first: boolean
}

/** Lives through some days: families ask, staff decide what is older than a few days. */
export async function liveThrough(
  account: Account,
  luck: Dice,
  people: Guardian[],
  { from, to, first }: Span,
): Promise<void> {
  const [classes] = await read(account, [publicClasses(account)])
  const start = account.now - from * day
  if (first)
    for (const [nth, guardian] of people.entries())
      await acceptPolicies(at(account, start + nth * 60_000, whoIs(guardian)), guardian)
  for (let back = from; back >= to; back--) {
    const opening = first && back === from
    const morning = account.now - back * day - 3 * 3_600_000
    const visits = opening ? people.length : 3 + luck.below(5)
    for (let visit = 0; visit < visits; visit++) {
      const guardian = opening ? (people[visit] as Guardian) : luck.of(people)
      const then = Math.min(account.now - 60_000 * (visits - visit), morning + visit * 23 * 60_000)
      await act(at(account, then, whoIs(guardian)), luck, guardian, classes, opening)
    }
    if (back > 2)
      await decideOlder(
        at(account, morning + 12 * 3_600_000, { name: `owner@${account.slug}.test`, madeIn: 'office' }),
        luck,
        back > 4 ? 1 : 0.5,
      )
  }
}

const whoIs = ({ email, loginId }: Guardian) => ({
  name: email,
  loginId,
  madeIn: 'customer_portal' as const,
  ip: '203.0.113.7',
})

async function acceptPolicies(account: Account, guardian: Guardian) {
  await answerPolicy(account, guardian, { policyId: 1, number: 1, studentId: null, answer: 'accepted' }, answer)
  for (const child of guardian.students) {
    await answerPolicy(
      account,
      guardian,
      { policyId: 2, number: 1, studentId: child.id, answer: child.id % 9 === 0 ? 'rejected' : 'accepted' },
      answer,
    )
    await answerPolicy(account, guardian, { policyId: 3, number: 1, studentId: child.id, answer: 'accepted' }, answer)
  }
}

/** One thing a family does on a day; what the rules refuse simply does not happen. */
async function act(account: Account, luck: Dice, guardian: Guardian, classes: ClassRow[], first: boolean) {
  const child = luck.of(guardian.students)
  const today_ = today(account.now, 'America/Chicago')
  const notes = luck.chance(0.3) ? luck.of(remarks) : null
  try {
    if (first || luck.chance(0.4)) {
      const fitting = classes.filter(row => misfits(account, row, child, addDays(today_, 3)).length === 0)
      const row = fitting.length ? luck.of(fitting) : undefined
      const type = luck.chance(0.12) ? 'trial' : 'active'
      if (row)
        await enroll(
          account,
          guardian,
          { studentId: child.id, classId: row.id, type, startDate: addDays(today_, 1 + luck.below(10)), notes },
          answer,
        )
      return
    }
    const running = await runningEnrollments(account, guardian.family.id, child.id, today_, addDays(today_, 20))
    const mine = running.length ? luck.of(running) : undefined
    if (!mine) return
    if (luck.chance(0.5))
      await tellAbsence(
        account,
        guardian,
        child.id,
        { way: 'by_date', from: addDays(today_, 1 + luck.below(7)), to: addDays(today_, 8), notes },
        answer,
      )
    else if (luck.of(['move', 'leave']) === 'move') {
      const others = classes.filter(
        row =>
          row.id !== mine.row.id &&
          row.programId === mine.row.programId &&
          misfits(account, row, child, addDays(today_, 7)).length === 0,
      )
      if (others.length)
        await requestTransfer(
          account,
          guardian,
          mine.enrollment.id,
          { classId: luck.of(others).id, onDate: addDays(today_, 7), notes },
          answer,
        )
    } else
      await requestDrop(
        account,
        guardian,
        mine.enrollment.id,
        { onDate: addDays(today_, 20), reasonId: 1 + luck.below(5), notes },
        answer,
      )
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
  }
}

/** Staff go through the window: approve nearly all, deny a few, put away what only informs. */
async function decideOlder(account: Account, luck: Dice, share: number) {
  const [open] = await read(account, [
    account.db
      .select({ id: activity.id })
      .from(activity)
      .where(and(isNull(activity.closedAt), sql`${activity.createdAt} < ${account.now}`))
      .orderBy(asc(activity.id))
      .limit(400),
  ])
  const ids = open.map(({ id }) => id)
  if (!ids.length) return
  const [entries] = await read(account, [entriesQuery(account, ids, [])])
  for (const entry of entries) {
    if (!luck.chance(share)) continue
    try {
      if (entry.status === 'pending')
        await (luck.chance(0.06) && kinds[entry.kind].deny ? deny(account, entry) : approve(account, entry, {}))
      else if (luck.chance(0.7) && kinds[entry.kind].dismiss.includes(entry.status))
        await dismiss(account, entry, false)
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
    }
  }
}
