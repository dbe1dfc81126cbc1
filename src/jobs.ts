import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Account, Actor } from './accounts/account'
import { openAccount } from './accounts/open'
import { sweep } from './cron'
import { commit, must, Refusal, read } from './database'
import { type Env, queriesOf } from './env'
import { approveLeftOver, dismissLeftOver, massApproval, massDismissal, sayLeftOver } from './online-activity/mass'
import { goOn } from './retention/run'
import { contacts } from './schema/families'
import { inbox, messages, outbox } from './schema/jobs'
import { workOn } from './tasks/tasks'

const queueActor: Actor = { name: 'system', loginId: null, madeIn: 'system', ip: null }

/** The queue carries the account's slug: what is to do stands in the outbox, and what is due in the rows. */
const messageShape = z.object({ account: z.string(), sweep: z.boolean().optional(), look: z.string().optional() })

const noticeShape = z.object({ familyId: z.number(), subject: z.string(), text: z.string() })

/** One message at a time; a message that fails is tried again by the queue, one for an unknown account is let go. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  if (batch.queue.endsWith('-dlq')) {
    // The rows stay in the outbox, where the next sweep finds them; the dead message itself says nothing more.
    console.error(`${batch.messages.length} messages of ${batch.queue} were given up.`)
    return batch.ackAll()
  }
  let queries = queriesOf(env)
  for (const message of batch.messages) {
    const parsed = messageShape.safeParse(message.body)
    const account = parsed.success ? await openAccount(env, parsed.data.account, queueActor) : undefined
    if (!account) {
      console.warn('A message for no account of ours was let go.')
      message.ack()
      continue
    }
    try {
      const look = parsed.data?.sweep ? await sweep(account) : parsed.data?.look
      const left = [await drainOutbox(account), await workOn(account, workers, sayLeftOver)].some(Boolean)
      if (left) await env.JOBS.send({ account: account.slug })
      // Last, because nobody waits for it.
      if (look && (await goOn(account, look, queries - account.meter.statements)))
        await env.JOBS.send({ account: account.slug, look })
      message.ack()
    } catch (error) {
      console.error('outbox', error instanceof Error ? error.name : 'failed')
      message.retry({ delaySeconds: Math.min(3600, 30 * 2 ** message.attempts) })
    }
    queries -= account.meter.statements
  }
}

/** What each kind of Background Task does with an item. */
const workers = { [massApproval]: approveLeftOver, [massDismissal]: dismissLeftOver }

/** After so many tries a row is given up: it stays, with what went wrong, and stands in nobody's way. */
const mostTries = 8

/** How many rows one step takes. */
const step = 50

/**
 * Sends what is due, a bounded step at a time. Each row commits its inbox key with its effect, so that a message that
 * comes twice, or two consumers at once, send once. A row that fails is put off longer each time and then given up, so
 * that the rows behind it go out.
 * @returns whether more is due
 */
export async function drainOutbox(account: Account): Promise<boolean> {
  const due = and(isNull(outbox.doneAt), lte(outbox.dueAt, account.now))
  const [rows] = await read(account, [
    account.db
      .select({ id: outbox.id, job: outbox.job, key: outbox.key, body: outbox.body, tries: outbox.tries })
      .from(outbox)
      .where(due)
      .orderBy(asc(outbox.dueAt), asc(outbox.id))
      .limit(step),
  ])
  for (const row of rows) {
    try {
      await commit(account, [
        must(account, sql`not exists (select 1 from ${inbox} where ${inbox.key} = ${row.key})`, 'repeated'),
        account.db.insert(inbox).values({ key: row.key, at: account.now }),
        ...effectOf(account, row),
        account.db
          .update(outbox)
          .set({ sentAt: account.now, doneAt: account.now, tries: sql`${outbox.tries} + 1` })
          .where(eq(outbox.id, row.id)),
      ])
    } catch (error) {
      if (!(error instanceof Refusal)) {
        await putOff(account, row, error)
        continue
      }
      await commit(account, [
        account.db
          .update(outbox)
          .set({ doneAt: account.now })
          .where(and(eq(outbox.id, row.id), isNull(outbox.doneAt))),
      ])
    }
  }
  return rows.length === step
}

/** Counts a failed try. @throws when the database itself is away: then nothing is counted and the queue tries again */
async function putOff(account: Account, { id, tries }: { id: number; tries: number }, error: unknown): Promise<void> {
  const failure = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 300)
  const tried = tries + 1
  console.error('outbox', id, error instanceof Error ? error.name : 'failed')
  await commit(account, [
    account.db
      .update(outbox)
      .set({
        tries: tried,
        failure,
        dueAt: account.now + Math.min(6 * 3_600_000, 60_000 * 2 ** tries),
        doneAt: tried >= mostTries ? account.now : null,
      })
      .where(and(eq(outbox.id, id), eq(outbox.tries, tries), isNull(outbox.doneAt))),
  ])
}

/** What each job does, as statements. A notice goes to the family's log-in address, into the outbox that can be read here. */
function effectOf(account: Account, { job, key, body }: { job: string; key: string; body: string }) {
  if (job !== 'notice') throw new Error(`No such job: ${job}`)
  const { familyId, subject, text } = noticeShape.parse(JSON.parse(body))
  const address = sql<string>`coalesce((select ${contacts.value} from ${contacts} where ${contacts.familyId} = ${familyId} and ${contacts.kind} = 'email' order by ${contacts.isLogin} desc, ${contacts.isPrimary} desc, ${contacts.id} limit 1), '')`
  return [
    account.db.insert(messages).values({
      way: 'out',
      channel: 'email',
      familyId,
      address: address as unknown as string,
      subject,
      body: text,
      state: 'local',
      key,
      at: account.now,
    }),
  ]
}
