import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import * as paths from '../paths'
import { messages } from '../schema/messages'
import type { AutomaticName, ValuesOf } from './templates'

/** Mail that a family is owed because of an act: a template and what fills its own variables. */
export type Wish = { [N in AutomaticName]: { template: N; values: ValuesOf<N> } }[AutomaticName]

/** To a family; `address` when it must reach one of its addresses and no other. Not a blast, so nobody opts out of it. */
export type Notice = Wish & { familyId: number | SQL<number> | null; address?: string }

/**
 * Queues a mail in the batch of its cause: it goes out if and only if the act happened. The queue is told after the
 * response; a sweep finds what the queue forgot. Its words are looked up when it goes.
 */
export function notify(account: Account, notice: Notice): Statement {
  const { familyId, address = '', template, values } = notice
  account.meter.owes = true
  return account.db.insert(messages).values({
    way: 'out',
    channel: 'email',
    // The family may be one that this very batch makes.
    familyId: (familyId === null ? null : sql`cast(${familyId} as integer)`) as unknown as number,
    address,
    state: 'queued',
    template,
    data: JSON.stringify({ portal_url: portalOf(account), ...values }),
    key: crypto.randomUUID(),
    dueAt: account.now,
    at: account.now,
  })
}

/** The portal as this request knows it; nothing where no request stands behind the act, and the sender knows it then. */
const portalOf = ({ origin, slug }: Account) => (origin ? `${origin}${paths.portal(slug).home}` : undefined)
