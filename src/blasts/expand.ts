import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { system } from '../accounts/account'
import { audit } from '../audit/audit'
import { commit, must, Refusal, read } from '../database'
import { blastProgress } from '../messages/send'
import { blasts } from '../schema/blasts'
import { messages } from '../schema/messages'
import { audienceShape, familiesNow } from './audience'
import { starting } from './blasts'

/** How many mails one step makes; each is a row and its indexes. */
const step = 1000

/**
 * Blasts whose time has come begin to go, one a step; two clocks at once begin each of them once.
 * @returns whether there may be another
 */
export async function startDueBlasts(account: Account): Promise<boolean> {
  const [[due]] = await read(account, [
    account.db
      .select({ id: blasts.id, subject: blasts.subject, who: blasts.who, staffId: blasts.staffId })
      .from(blasts)
      .where(and(eq(blasts.state, 'scheduled'), lte(blasts.sendAt, account.now)))
      .orderBy(asc(blasts.sendAt), asc(blasts.id))
      .limit(1),
  ])
  if (!due) return false
  const byItself = { ...account, actor: system, operation: crypto.randomUUID() }
  await unlessMeanwhile(() =>
    commit(byItself, [
      ...starting(byItself, due, ['scheduled']),
      ...audit(byItself, 'send blast', `began to send “${due.subject}”, which ${due.who} had scheduled`, []),
    ]),
  )
  return true
}

/**
 * Makes the mails of a blast that is going, a step of families at a time, in the order of their ids. A live audience is
 * asked now. Each family has one mail a blast by a unique key, so a step done twice makes nothing twice.
 * @returns whether there is more to do
 */
export async function expandBlasts(account: Account): Promise<boolean> {
  const { db, now } = account
  const [[blast]] = await read(account, [
    db
      .select({ id: blasts.id, audience: blasts.audience, live: blasts.live, reached: blasts.reached })
      .from(blasts)
      .where(and(eq(blasts.state, 'sending'), isNull(blasts.expandedAt)))
      .orderBy(asc(blasts.id))
      .limit(1),
  ])
  if (!blast) return false
  const audience = audienceShape.parse(JSON.parse(blast.audience))
  const families = familiesNow(account, audience, blast.live === 1)
  const after = (id: ReturnType<typeof sql>) => sql`f.id > ${id} and f.id in (${families})`
  const newReached = sql`coalesce((select max(m.family_id) from ${messages} m where m.blast_id = ${blast.id}), 0)`
  await unlessMeanwhile(() =>
    commit(account, [
      must(
        account,
        sql`exists (select 1 from ${blasts} where ${blasts.id} = ${blast.id} and ${blasts.state} = 'sending' and ${blasts.expandedAt} is null and ${blasts.reached} = ${blast.reached})`,
        'changed-meanwhile',
      ),
      db.insert(messages).select(
        sql`select null, 'out', 'email', f.id, null, '', null, null, 'queued', null, lower(hex(randomblob(16))), null, cast(${now} as integer), ${blast.id}, null, null, cast(${now} as integer), null, 0, null
          from families f where ${after(sql`${blast.reached}`)} order by f.id limit ${step} on conflict do nothing`,
      ),
      db
        .update(blasts)
        .set({
          reached: newReached as unknown as number,
          expandedAt:
            sql`case when exists (select 1 from families f where ${after(newReached)}) then null else cast(${now} as integer) end` as unknown as number,
        })
        .where(eq(blasts.id, blast.id)),
      ...blastProgress(account, blast.id),
    ]),
  )
  return true
}

/** Somebody else did this very step, or called the blast off: then there is nothing to do here. */
async function unlessMeanwhile(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
