import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit, type Statement } from '../database'
import { signs } from '../schema/signs'

function note(
  { db }: Account,
  name: 'clock' | 'queue' | 'dead letters',
  at: number,
  number: number,
  set?: SQL,
): Statement {
  return db
    .insert(signs)
    .values({ name, at, number })
    .onConflictDoUpdate({ target: signs.name, set: { at, number: set ?? number } })
}

/**
 * Notes that the clock's message came through the queue, and how long that took.
 * @param askedAt when the clock sent it; not known of messages that are older than this
 */
export async function noteSweep(account: Account, askedAt = account.now): Promise<void> {
  const late = Math.max(0, account.now - askedAt)
  await commit(account, [note(account, 'clock', askedAt, late), note(account, 'queue', account.now, late)])
}

/** Notes that the queue gave up so many messages. */
export async function noteGivenUp(account: Account, messages: number): Promise<void> {
  await commit(account, [note(account, 'dead letters', account.now, messages, sql`${signs.number} + ${messages}`)])
}
