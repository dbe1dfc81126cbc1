import { eq } from 'drizzle-orm'
import type { Report } from '../../views/online-activity/types'
import type { Account } from '../accounts/account'
import { businessZone } from '../accounts/account'
import type { Deed, EntryRow } from '../activity/kind'
import { close, type Outcome, stillOpen } from '../activity/log'
import { audit } from '../audit/audit'
import { level, type Staffer } from '../auth/permissions'
import { sayWhen } from '../clock'
import { type Answer, commit, Refusal, read, type Statement } from '../database'
import type { Form } from '../forms'
import { found } from '../http'
import { notify } from '../messages/notices'
import * as paths from '../paths'
import { because } from '../refusals'
import { activity } from '../schema/activity'
import { settingsAt } from '../settings'
import { pickedUp } from '../shop/orders'
import { kinds } from './kinds'
import { entryQuery } from './window'

export type Verb = 'approve' | 'deny' | 'dismiss'

/** What may be done to an entry by this person: what is not there is not drawn, and its post is refused (OA7, OA10). */
export function verbsFor(account: Account, person: Staffer, entry: EntryRow): Set<Verb> {
  const verbs = new Set<Verb>()
  const kind = kinds[entry.kind]
  if (entry.closedAt !== null || !mayActOn(person, entry)) return verbs
  if (entry.status === 'pending') {
    if (kind.approve) verbs.add('approve')
    if (kind.deny && (kind.mayDeny?.(settingsAt(account, entry.locationId)) ?? true)) verbs.add('deny')
  } else if (kind.dismiss.includes(entry.status) || kind.dismissInDetails) verbs.add('dismiss')
  return verbs
}

/** Acting takes Manage Online Activity in full, and the thing's own permission in full. */
export function mayActOn(person: Staffer, entry: Pick<EntryRow, 'kind'>): boolean {
  return level(person, 'Manage Online Activity') === 2 && level(person, kinds[entry.kind].permission) === 2
}

/** One entry that this person may see. @throws NotFound */
export async function entryFor(account: Account, person: Staffer, id: number): Promise<EntryRow> {
  const [rows] = await read(account, [entryQuery(account, id, person.locationIds)])
  return found(rows)
}

/**
 * Approves what waits: seats, dates, ledger, notice, audit and the entry land together, or nothing does.
 * @param beside what else lands with it
 */
export async function approve(
  account: Account,
  entry: EntryRow,
  choice: Form,
  answer?: Answer,
  beside: Statement[] = [],
): Promise<Deed> {
  const kind = kinds[entry.kind]
  if (!kind.approve || (entry.status !== 'pending' && entry.closedAt === null)) throw new Refusal('cannot-approve')
  if (entry.closedAt !== null) throw new Refusal('already-handled')
  const act = async (again: boolean): Promise<Deed> => {
    const deed = await kind.approve?.(account, entry, choice)
    if (!deed) throw new Refusal('cannot-approve')
    try {
      await land(account, entry, 'approved', { ...deed, statements: [...deed.statements, ...beside] }, answer)
    } catch (refusal) {
      // Of two enrollments of a family, decided at once, one charges the fee and the other goes on without it.
      if (again || !(refusal instanceof Refusal) || refusal.code !== 'fee-not-due') throw refusal
      return act(true)
    }
    return deed
  }
  return act(false)
}

/** Refuses what waits; what goes with it is the kind's own affair. */
export async function deny(account: Account, entry: EntryRow, answer?: Answer): Promise<Deed> {
  const kind = kinds[entry.kind]
  if (
    !kind.deny ||
    !(kind.mayDeny?.(settingsAt(account, entry.locationId)) ?? true) ||
    (entry.status !== 'pending' && entry.closedAt === null)
  )
    throw new Refusal('cannot-deny')
  if (entry.closedAt !== null) throw new Refusal('already-handled')
  const deed = await kind.deny(account, entry)
  await land(account, entry, 'denied', deed, answer)
  return deed
}

async function land(account: Account, entry: EntryRow, outcome: Outcome, deed: Deed, answer?: Answer) {
  const told = deed.notice && entry.familyId ? [notify(account, { familyId: entry.familyId, ...deed.notice })] : []
  await commit(
    account,
    [
      stillOpen(account, entry.id, 'pending'),
      ...deed.statements,
      close(account, entry.id, outcome),
      ...audit(account, outcome, deed.summary, deed.subjects, deed.change),
      ...told,
    ],
    answer,
  )
}

/**
 * Puts a piece of information away. What waits for a decision is refused; an online order goes only from its details
 * (OA9), and its going says that it was picked up.
 */
export async function dismiss(
  account: Account,
  entry: EntryRow,
  fromDetails: boolean,
  answer?: Answer,
  beside: Statement[] = [],
): Promise<void> {
  const kind = kinds[entry.kind]
  if (entry.closedAt !== null) throw new Refusal('already-handled')
  if (entry.status === 'pending') throw new Refusal('cannot-dismiss')
  const inDetails = kind.dismissInDetails && fromDetails
  if (!kind.dismiss.includes(entry.status) && !inDetails) throw new Refusal('cannot-dismiss')
  const { what } = kind.sentence(account, entry)
  const leaving = entry.kind === 'online_order' ? pickedUp(account, entry.subjectId ?? 0) : []
  await commit(
    account,
    [
      stillOpen(account, entry.id),
      // Ticks that come with the dismissal are made before it is asked whether all are made.
      ...beside,
      ...leaving,
      close(account, entry.id, 'dismissed'),
      ...audit(account, 'dismissed', `dismissed “${what}” of ${entry.familyName ?? 'nobody'}`, [
        ['family', entry.familyId],
        ['student', entry.studentId],
      ]),
    ],
    answer,
  )
}

/** What of the dismissed can come back: an online order was picked up by then, so its going stays. */
export const backAgain = (entries: EntryRow[]): number[] =>
  entries.filter(({ kind }) => !kinds[kind].dismissInDetails).map(({ id }) => id)

/** The Undo beside a dismissal, where there is something that can come back. */
export function undoOf({ slug }: Account, dismissed: EntryRow[]): Report['undo'] {
  const entries = backAgain(dismissed)
  return entries.length ? { action: paths.office(slug).returns, entries } : undefined
}

/** Who decided and when, for the one who came second (OA20). */
export async function alreadyHandled(account: Account, id: number): Promise<string> {
  const [[entry]] = await read(account, [
    account.db
      .select({ outcome: activity.outcome, by: activity.closedBy, at: activity.closedAt })
      .from(activity)
      .where(eq(activity.id, id)),
  ])
  if (!entry?.outcome || entry.at === null) return because('already-handled')
  const zone = businessZone(account)
  return `Already ${entry.outcome} by ${entry.by} at ${sayWhen(entry.at, account.now, zone)}.`
}

/** The sentence for a refusal, with the numbers or the name it needs. */
export async function reasonFor(account: Account, entry: EntryRow, refusal: Refusal): Promise<string> {
  if (refusal.code === 'already-handled') return alreadyHandled(account, entry.id)
  return because(refusal.code)
}
