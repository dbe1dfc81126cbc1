import { and, eq, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { commit, plain, type Statement } from '../database'
import { messages } from '../schema/messages'
import { type Claimed, lettersFor, type Prepared } from './letters'
import type { Driver, Handed, Mail } from './mail'
import type { Values } from './markup'

const minute = 60_000

/** So long a claimed mail is its sender's; then the sender is taken for dead. Longer than any invocation lives. */
const lease = 20 * minute

/** After so many tries a mail is given up: it stays, with what went wrong, until somebody sends it again. */
const mostTries = 8

/** Mail of blasts that are over, or never went, is not sent. */
const ofLiveBlast = sql`(select state from blasts b where b.id = messages.blast_id) = 'sending'`

/**
 * Sends what is due, one bounded step. Claim, hand over, settle: a mail is claimed by one sender at a time, so two at
 * once never hold the same one; a sender that dies leaves claims that run out, and the provider knows their keys. Who
 * opted out is asked here, at the last moment.
 * @returns how many mails the step took; fewer than `driver.atOnce` when nothing else is due
 */
export async function sendStep(account: Account, driver: Driver): Promise<number> {
  const claimed = await claim(account, driver)
  if (!claimed.length) return 0
  const letters = await lettersFor(account, claimed)
  const ready = letters.filter(letter => 'mail' in letter)
  const handed = await handOver(
    driver,
    ready.map(({ mail }) => mail),
  )
  const fates = letters.map(letter =>
    'mail' in letter
      ? settledAs(account, letter, handed[ready.indexOf(letter)] ?? lost)
      : { id: letter.row.id, state: 'skipped', reason: letter.skipped, subject: letter.subject },
  )
  await commit(account, [settle(account, fates), ...finishBlasts(account, claimed)])
  await driver.listen?.()
  return claimed.length
}

const lost: Handed = { state: 'later', reason: 'no-answer' }

async function handOver(driver: Driver, mails: Mail[]): Promise<Handed[]> {
  if (!mails.length) return []
  try {
    return await driver.send(mails)
  } catch (error) {
    console.error('mail', driver.name, error instanceof Error ? error.name : 'failed')
    return mails.map(() => lost)
  }
}

/** Takes mails that are due, receipts before newsletters, and what dead senders left behind. */
async function claim(account: Account, driver: Driver): Promise<Claimed[]> {
  const { db, now } = account
  const until = now + lease
  const left = and(eq(messages.state, 'sending'), lt(messages.leaseUntil, now))
  const due = and(eq(messages.state, 'queued'), lte(messages.dueAt, now))
  const back = { state: 'queued', leaseUntil: null, dueAt: now }
  const taken = sql`(select count(*) from messages m where m.state = 'sending' and m.lease_until = ${until})`
  const take = (kind: SQL, most: SQL) =>
    db
      .update(messages)
      .set({ state: 'sending', leaseUntil: until, tries: sql`${messages.tries} + 1` })
      .where(sql`${messages.id} in (select id from messages where ${and(due, kind)} order by due_at, id limit ${most})`)
      .returning({
        id: messages.id,
        familyId: messages.familyId,
        address: messages.address,
        blastId: messages.blastId,
        template: messages.template,
        subject: messages.subject,
        body: messages.body,
        data: messages.data,
        key: messages.key,
        tries: messages.tries,
      })
  const most = driver.atOnce
  const results = await commit(account, [
    db
      .update(messages)
      .set(back)
      .where(driver.knowsKeys ? left : and(left, isNull(messages.blastId))),
    db.update(messages).set({ state: 'failed', leaseUntil: null, reason: 'no-answer' }).where(left),
    take(isNull(messages.blastId), sql`${most}`),
    take(and(isNotNull(messages.blastId), ofLiveBlast) as SQL, sql`max(0, ${most} - ${taken})`),
  ])
  return [...(results[2] as Claimed[]), ...(results[3] as Claimed[])]
}

interface Fate {
  id: number
  state: string
  reason?: string | null
  dueAt?: number
  providerId?: string | null
  address?: string
  subject?: string
  body?: string | null
  data?: Values
}

/** A link that opens an account is in the database only until its mail is gone: staff read what was sent. */
const withoutLink = ({ link_url, ...values }: Values): Values => values
const hidden = (text: string, { link_url }: Values) => (link_url ? text.replaceAll(link_url, '…') : text)

function settledAs(
  account: Account,
  { row, mail, values, text, language }: Extract<Prepared, { mail: Mail }>,
  handed: Handed,
): Fate {
  // What a second try says is what the first one said, so what was filled in stays. A blast's text is with the blast.
  const said = { id: row.id, address: mail.to.address, data: row.blastId === null ? { ...values, language } : values }
  if (handed.state === 'sent')
    return {
      ...said,
      data: withoutLink(values),
      state: 'sent',
      providerId: handed.providerId,
      subject: mail.subject,
      body: row.blastId === null ? hidden(text, values) : null,
    }
  if (handed.state === 'failed' || row.tries >= mostTries) return { ...said, state: 'failed', reason: handed.reason }
  const wait = handed.afterMs ?? Math.min(6 * 60 * minute, minute * 2 ** (row.tries - 1))
  return { ...said, address: row.address, state: 'queued', reason: handed.reason, dueAt: account.now + wait }
}

/** One statement for all of them. A claim that ran out meanwhile is somebody else's, and stays as it is. The pluses keep SQLite from going through all claims for each fate. */
function settle({ now, ...account }: Account, fates: Fate[]): Statement {
  return plain(
    account,
    `update messages set state = j.value ->> '$.state', reason = j.value ->> '$.reason', lease_until = null,
      due_at = coalesce(j.value ->> '$.dueAt', due_at), provider_id = coalesce(j.value ->> '$.providerId', provider_id),
      address = coalesce(j.value ->> '$.address', address), subject = coalesce(j.value ->> '$.subject', subject),
      body = coalesce(j.value ->> '$.body', body), data = coalesce(j.value -> '$.data', data), at = cast(? as integer)
    from json_each(?) j where messages.id = j.value ->> '$.id' and +messages.state = 'sending' and +messages.lease_until = cast(? as integer)`,
    [now, JSON.stringify(fates), now + lease],
  )
}

/** Progress of the blasts that a step touched; one whose every mail went somewhere is over, and so is its task. */
function finishBlasts(account: Account, claimed: Claimed[]): Statement[] {
  const ids = [...new Set(claimed.map(({ blastId }) => blastId))].filter(id => id !== null)
  return ids.flatMap(id => blastProgress(account, id))
}

const waiting = (blast: string) =>
  `coalesce((select sum(mails) from blast_tallies t where t.blast_id = ${blast} and t.state in ('queued', 'sending')), 0)`

/** Counts a blast's task anew from its tallies, and ends both when nothing waits any more. */
export function blastProgress({ now, ...account }: Account, blastId: number): Statement[] {
  return [
    plain(
      account,
      `update blasts set state = 'sent', finished_at = cast(?1 as integer), updated_at = cast(?1 as integer) where id = ?2 and state = 'sending' and expanded_at is not null and ${waiting('blasts.id')} = 0`,
      [now, blastId],
    ),
    plain(
      account,
      `update tasks set moved_at = cast(?1 as integer),
        total = (select case when b.expanded_at is null then tasks.total else coalesce((select sum(mails) from blast_tallies t where t.blast_id = b.id), 0) end from blasts b where b.id = ?2),
        done = coalesce((select sum(mails) from blast_tallies t where t.blast_id = ?2 and t.state not in ('queued', 'sending')), 0),
        failures = coalesce((select sum(mails) from blast_tallies t where t.blast_id = ?2 and t.state = 'failed'), 0),
        state = (select case b.state when 'sent' then 'done' when 'cancelled' then 'cancelled' else 'running' end from blasts b where b.id = ?2),
        finished_at = (select b.finished_at from blasts b where b.id = ?2)
      where id = (select task_id from blasts where id = ?2)`,
      [now, blastId],
    ),
  ]
}
