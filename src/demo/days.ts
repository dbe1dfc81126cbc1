import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { EntryRow } from '../activity/kind'
import type { Guardian } from '../auth/guardian'
import { publicClasses } from '../classes/classes'
import { Refusal, read } from '../database'
import { approve, deny, dismiss } from '../online-activity/decide'
import { kinds } from '../online-activity/kinds'
import { entriesQuery } from '../online-activity/window'
import { answerPolicy } from '../policies/answers'
import { activity } from '../schema/activity'
import { orderLines } from '../schema/orders'
import { pickLines } from '../shop/orders'
import { type Act, acts, followUps, oneOfEach, type Scene, usual } from './acts'
import { trainWithFriends } from './appointments'
import { at } from './moments'
import type { Dice } from './names'

const day = 86_400_000
const hour = 3_600_000
const answer = { location: '/' }

/** Days before now: from the longer ago to the nearer, both lived through. */
export interface Span {
  from: number
  to: number
}

/** The day on which everybody accepts the policies and enrolls for the first time. */
export async function openingDay(account: Account, luck: Dice, people: Guardian[], behind: number): Promise<void> {
  const [classes] = await read(account, [publicClasses(account)])
  for (const guardian of people) {
    const then = account.now - behind * day - 4 * hour + guardian.id * 60_000
    await acceptPolicies(at(account, then, whoIs(guardian)), guardian)
    await attempt('enroll', { account: at(account, then + 30_000, whoIs(guardian)), guardian, luck, classes })
  }
}

/** Lives through some days: families act, staff decide what is older than a few days. */
export async function liveThrough(account: Account, luck: Dice, people: Guardian[], { from, to }: Span): Promise<void> {
  const [classes] = await read(account, [publicClasses(account)])
  for (let back = from; back >= to; back--) {
    const morning = account.now - back * day - 4 * hour
    const visits = 3 + luck.below(5)
    for (let visit = 0; visit < visits; visit++) {
      const guardian = luck.of(people)
      const then = Math.min(account.now - 60_000 * (visits - visit), morning + visit * 23 * 60_000)
      const act = luck.of(usual)
      if (act !== 'pay' || !owing(guardian))
        await attempt(act, { account: at(account, then, whoIs(guardian)), guardian, luck, classes })
    }
    if (back === 5 && account.slug === 'demo') await friendsTrain(account, morning + 2 * hour, people)
    if (back === 1) await oneOfEverything(account, luck, people, classes)
    if (back > 3)
      await decideOlder(
        at(account, morning + 12 * hour, { name: `owner@${account.slug}.test`, madeIn: 'office' }),
        luck,
      )
  }
  if (to === 0) await settle(account, luck, people, classes)
}

/** Two of the families who come train together. */
async function friendsTrain(account: Account, then: number, people: Guardian[]) {
  const [host, guest] = people.filter(guardian => !owing(guardian) && guardian.students.length).slice(10, 12)
  if (!host || !guest) return
  const as = (guardian: Guardian) => ({ account: at(account, then, whoIs(guardian)), guardian })
  try {
    await trainWithFriends(as(host), as(guest))
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
  }
}

/** The family that does not pay. */
const owing = ({ email }: Guardian) => email.startsWith('okafor@')

/** The last two days bring one of each type: families try one after the other until it is done. */
async function oneOfEverything(account: Account, luck: Dice, people: Guardian[], classes: Scene['classes']) {
  for (const [nth, act] of oneOfEach.entries()) {
    const now = account.now - 30 * hour + nth * 87 * 60_000
    for (let tries = 0; tries < 25; tries++) {
      const guardian = people[(7 + nth * 5 + tries * 3) % people.length] as Guardian
      if (owing(guardian)) continue
      const scene = { account: at(account, now, whoIs(guardian)), guardian, luck, classes }
      if (!(await attempt(act, scene))) continue
      const next = followUps[nth]
      if (next) await attempt(next, { ...scene, account: at(scene.account, now + hour) })
      break
    }
  }
}

/** The Riveras are paid up, whatever happened. */
async function settle(account: Account, luck: Dice, people: Guardian[], classes: Scene['classes']) {
  const guardian = people.find(({ email }) => email.startsWith('rivera@'))
  if (guardian)
    await attempt('pay', { account: at(account, account.now - 2 * hour, whoIs(guardian)), guardian, luck, classes })
}

/** Tries; what the rules refuse simply does not happen. @returns whether it happened */
async function attempt(act: Act, scene: Scene): Promise<boolean> {
  const { meter } = scene.account
  const before = meter.written
  try {
    await acts[act](scene)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return false
  }
  return meter.written > before
}

const whoIs = ({ email, loginId }: Guardian) => ({
  name: email,
  loginId,
  madeIn: 'customer_portal' as const,
  ip: '203.0.113.7',
})

async function acceptPolicies(account: Account, guardian: Guardian) {
  await answerPolicy(account, guardian, { policyId: 1, number: 1, studentId: null, answer: 'accepted' }, answer)
  // The smaller business has no policy about appointments.
  if (account.slug === 'demo')
    await answerPolicy(account, guardian, { policyId: 4, number: 1, studentId: null, answer: 'accepted' }, answer)
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

/** Staff go through what is older than two days: approve nearly all, deny a few, put away what only informs. */
async function decideOlder(account: Account, luck: Dice) {
  const [open] = await read(account, [
    account.db
      .select({ id: activity.id })
      .from(activity)
      .where(and(isNull(activity.closedAt), sql`${activity.createdAt} < ${account.now - 2 * day}`))
      .orderBy(asc(activity.id))
      .limit(120),
  ])
  if (!open.length) return
  const [entries] = await read(account, [
    entriesQuery(
      account,
      open.map(({ id }) => id),
      [],
    ),
  ])
  for (const entry of entries) {
    try {
      if (entry.status === 'pending')
        await (luck.chance(0.06) && kinds[entry.kind].deny ? deny(account, entry) : approve(account, entry, {}))
      else if (entry.kind === 'online_order') await handOut(account, entry)
      else if (luck.chance(0.8) && kinds[entry.kind].dismiss.includes(entry.status))
        await dismiss(account, entry, false)
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
    }
  }
}

/** The goods are fetched, ticked and given to the family. */
async function handOut(account: Account, entry: EntryRow) {
  const orderId = entry.subjectId ?? 0
  const [lines] = await read(account, [
    account.db.select({ id: orderLines.id }).from(orderLines).where(eq(orderLines.orderId, orderId)),
  ])
  await pickLines(
    account,
    orderId,
    lines.map(({ id }) => id),
  )
  await dismiss(account, entry, true)
}
