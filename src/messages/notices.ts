import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Statement } from '../database'
import { type Language, speaking } from '../language'
import * as paths from '../paths'
import { messages } from '../schema/messages'
import type { AutomaticName, Value, ValuesOf } from './templates'

/** Mail that a family is owed because of an act: a template and what fills its own variables. */
export type Wish = { [N in AutomaticName]: { template: N; values: ValuesOf<N> } }[AutomaticName]

/**
 * To a family; `address` when it must reach one of its addresses and no other. Not a blast, so nobody opts out of it.
 * `reads` is the language of somebody whom no log-in knows.
 */
export type Notice = Wish & { familyId: number | SQL<number> | null; address?: string; reads?: Language }

/** What is kept of a notice's values: in English, beside it what Spanish says otherwise, because the act knows both. */
export interface Kept {
  values: Record<string, string>
  /** The values that Spanish says otherwise. */
  es?: Record<string, string>
  reads?: Language
  /** The language that it was first said in: a second try says the same. */
  language?: Language
}

/** The same read back; mail that was queued before there were languages has only values. */
export function keptIn(data: string | null): Kept {
  const { es, reads, language, ...values } = JSON.parse(data ?? '{}')
  return { values, es, reads, language }
}

const saidIn = (language: Language, values: [string, Value][]): Record<string, string> =>
  speaking(language, () =>
    Object.fromEntries(values.map(([name, value]) => [name, typeof value === 'string' ? value : value()])),
  )

function keep(account: Account, { values, reads }: Wish & { reads?: Language }): string {
  const all = Object.entries<Value>(values)
  const said = all.filter(([, value]) => typeof value !== 'string')
  return JSON.stringify({
    portal_url: portalOf(account),
    ...saidIn('en', all),
    ...(said.length ? { es: saidIn('es', said) } : {}),
    ...(reads ? { reads } : {}),
  })
}

/**
 * Queues a mail in the batch of its cause: it goes out if and only if the act happened. The queue is told after the
 * response; a sweep finds what the queue forgot. Its words are looked up when it goes.
 */
export function notify(account: Account, notice: Notice): Statement {
  const { familyId, address = '', template } = notice
  account.meter.owes = true
  return account.db.insert(messages).values({
    way: 'out',
    channel: 'email',
    // The family may be one that this very batch makes.
    familyId: (familyId === null ? null : sql`cast(${familyId} as integer)`) as unknown as number,
    address,
    state: 'queued',
    template,
    data: keep(account, notice),
    key: crypto.randomUUID(),
    dueAt: account.now,
    at: account.now,
  })
}

/**
 * The same for many families at once, in one statement.
 * @param wishes what each mail says, by the numbers that the query names
 * @param families a query of `nth, family_id`: which wish is for whom
 */
export function notifyAll(account: Account, wishes: Wish[], families: SQL): Statement {
  account.meter.owes = true
  const { now, db } = account
  const said = JSON.stringify(wishes.map(wish => [wish.template, keep(account, wish)]))
  return db
    .insert(messages)
    .select(
      sql`select null, 'out', 'email', w.family_id, null, '', null, null, 'queued', null, lower(hex(randomblob(16))), null, cast(${now} as integer), null, j.value ->> 0, j.value ->> 1, cast(${now} as integer), null, 0, null from (${families}) w join json_each(${said}) j on j.key = w.nth`,
    )
}

/** The portal as this request knows it; nothing where no request stands behind the act, and the sender knows it then. */
const portalOf = ({ origin, slug }: Account) => (origin ? `${origin}${paths.portal(slug).home}` : undefined)
