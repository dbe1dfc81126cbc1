import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { outbox } from '../schema/jobs'

/** Mail that a family is owed because of an act: a receipt, an approval. Not a blast, so nobody opts out of it. */
export interface Notice {
  familyId: number | SQL<number>
  subject: string
  text: string
}

/**
 * Puts a notice into the outbox, in the batch of its cause: it goes out if and only if the act happened. The queue is
 * told after the response; a sweep finds what the queue forgot.
 */
export function notify(account: Account, { familyId, subject, text }: Notice): Statement {
  account.meter.owes = true
  return account.db.insert(outbox).values({
    job: 'notice',
    key: `notice:${crypto.randomUUID()}`,
    // json_object, because the family may be one that this very batch makes.
    body: sql`json_object('familyId', cast(${familyId} as integer), 'subject', ${subject}, 'text', ${text})` as unknown as string,
    dueAt: account.now,
    createdAt: account.now,
  })
}
