import { and, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Level, level, type Staffer } from '../auth/permissions'
import { type Answer, commit, must, read } from '../database'
import { blasts } from '../schema/blasts'
import { families } from '../schema/families'
import { messages } from '../schema/messages'
import { subject } from './records'
import { blastProgress } from './send'

/** How many mails a page shows, and so how many can be sent again at once. */
export const undeliveredAPage = 50

/** Whose failed mails are meant: all, or only those of Email Blasts. */
export type Reach = 'all' | 'blasts'

/**
 * Which failed mails somebody may look at (1) or send again (2): who has the settings all, who writes Email Blasts theirs.
 */
export function reachOf(person: Staffer, wanted: Level): Reach | undefined {
  if (level(person, 'Settings') >= wanted) return 'all'
  return level(person, 'Email Blasts') >= wanted ? 'blasts' : undefined
}

// A notice whose texts are gone after two years has nothing to say any more.
const failed = (reach: Reach) =>
  and(
    eq(messages.state, 'failed'),
    reach === 'blasts' ? isNotNull(messages.blastId) : or(isNotNull(messages.blastId), isNotNull(messages.data)),
  )

/** Mails that were given up, the newest first. */
export async function undelivered(account: Account, reach: Reach, after?: { at: number; id: number }) {
  const [rows] = await read(account, [
    account.db
      .select({
        id: messages.id,
        familyId: messages.familyId,
        family: sql<string | null>`${families.name}`.as('family_name'),
        address: messages.address,
        subject,
        reason: messages.reason,
        tries: messages.tries,
        at: messages.at,
      })
      .from(messages)
      .leftJoin(families, eq(families.id, messages.familyId))
      .where(and(failed(reach), after ? sql`(${messages.at}, ${messages.id}) < (${after.at}, ${after.id})` : undefined))
      .orderBy(desc(messages.at), desc(messages.id))
      .limit(undeliveredAPage + 1),
  ])
  return rows
}

/** So far failed mails are counted; above this there are many. */
export const countedUndelivered = 100

/** How many mails were given up, for a page that leads to them. */
export const undeliveredCount = ({ db }: Account, reach: Reach) =>
  db
    .select({ mails: sql<number>`count(*)`.as('mails') })
    .from(sql`(select 1 from ${messages} where ${failed(reach)} limit ${countedUndelivered})`)

/**
 * Sends mails that were given up once more, as if for the first time. Their keys stay, so a service that has taken one
 * after all does not bring it twice. Where a blast's mail goes is asked anew, as somebody may have opted out meanwhile;
 * a blast that was over goes on until these are through, and its task counts them again.
 * @throws Refusal 'already-handled' when none of them is a failed one any more
 */
export async function sendAgain(account: Account, ids: number[], reach: Reach, answer: Answer): Promise<void> {
  const { db, now } = account
  const its = and(inArray(messages.id, ids.slice(0, undeliveredAPage)), failed(reach))
  const [rows] = await read(account, [
    db.select({ id: messages.id, familyId: messages.familyId, blastId: messages.blastId }).from(messages).where(its),
  ])
  const some = <T>(values: (T | null)[]) => [...new Set(values)].filter(value => value !== null)
  const blastIds = some(rows.map(({ blastId }) => blastId))
  account.meter.owes = true
  await commit(
    account,
    [
      must(account, sql`exists (select 1 from ${messages} where ${its})`, 'already-handled'),
      db
        .update(messages)
        .set({
          state: 'queued',
          tries: 0,
          reason: null,
          leaseUntil: null,
          dueAt: now,
          at: now,
          address: sql`case when ${messages.blastId} is null then ${messages.address} else '' end`,
        })
        .where(its),
      db
        .update(blasts)
        .set({ state: 'sending', finishedAt: null, updatedAt: now })
        .where(and(inArray(blasts.id, blastIds), eq(blasts.state, 'sent'))),
      ...blastIds.flatMap(id => blastProgress(account, id)),
      ...audit(
        account,
        'send mail again',
        rows.length === 1 ? 'sent an e-mail again that was not delivered' : `sent ${rows.length} e-mails again`,
        some(rows.map(({ familyId }) => familyId)).map(id => ['family', id]),
      ),
    ],
    answer,
  )
}
