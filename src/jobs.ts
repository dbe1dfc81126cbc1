import * as z from 'zod'
import type { Account, Actor } from './accounts/account'
import { openAccount } from './accounts/open'
import { expandBlasts, startDueBlasts } from './blasts/expand'
import { sweep } from './cron'
import { type Env, queriesOf } from './env'
import { driverOf } from './messages/driver'
import type { Driver } from './messages/mail'
import { sendStep } from './messages/send'
import { approveLeftOver, dismissLeftOver, massApproval, massDismissal, sayLeftOver } from './online-activity/mass'
import { noteGivenUp } from './opening/signs'
import { goOn } from './retention/run'
import { workOn } from './tasks/tasks'

const queueActor: Actor = { name: 'system', loginId: null, madeIn: 'system', ip: null }

/** The queue carries the account's slug: what is to do stands in the rows, and what is due in their times. */
const messageShape = z.object({
  account: z.string(),
  sweep: z.boolean().optional(),
  at: z.number().optional(),
  look: z.string().optional(),
})

/** One message at a time; a message that fails is tried again by the queue, one for an unknown account is let go. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  if (batch.queue.endsWith('-dlq')) {
    // What was to do still stands in its rows, where the next sweep finds it; the dead message itself says nothing more.
    console.error(`${batch.messages.length} messages of ${batch.queue} were given up.`)
    await noteDeadLetters(batch, env)
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
      const look = parsed.data?.sweep ? await sweep(account, parsed.data.at) : parsed.data?.look
      const rest = () => queries - account.meter.statements
      if (await workOnAll(account, driverOf(env, account), rest)) await env.JOBS.send({ account: account.slug })
      // Last, because nobody waits for it.
      if (look && (await goOn(account, look, rest()))) await env.JOBS.send({ account: account.slug, look })
      message.ack()
    } catch (error) {
      console.error('queue', error instanceof Error ? error.name : 'failed')
      message.retry({ delaySeconds: Math.min(3600, 30 * 2 ** message.attempts) })
    }
    queries -= account.meter.statements
  }
}

/** Counts what was given up, where its account can read of it (SETTINGS > Health Check). */
async function noteDeadLetters(batch: MessageBatch<unknown>, env: Env) {
  const slugs = batch.messages.flatMap(({ body }) => messageShape.safeParse(body).data?.account ?? [])
  for (const slug of new Set(slugs)) {
    const account = await openAccount(env, slug, queueActor)
    if (account) await noteGivenUp(account, slugs.filter(one => one === slug).length)
  }
}

/** What each kind of Background Task does with an item. */
const workers = { [massApproval]: approveLeftOver, [massDismissal]: dismissLeftOver }

/** The statements of one step but a Background Task's, the dearest. */
const statementsAStep = 12

/**
 * Everything that waits behind the pages, in turns of one bounded step each, so that nothing waits for the end of
 * something long.
 * @param rest how many statements this invocation may still send to D1
 * @returns whether there is more to do
 */
export async function workOnAll(account: Account, driver: Driver | undefined, rest: () => number): Promise<boolean> {
  const turns: (() => Promise<boolean>)[] = [
    () => startDueBlasts(account),
    () => expandBlasts(account),
    () => workOn(account, workers, sayLeftOver, rest()),
    async () => driver !== undefined && (await sendStep(account, driver)) === driver.atOnce,
  ]
  for (let busy = true; busy; ) {
    busy = false
    for (const turn of turns) {
      if (rest() < statementsAStep) return true
      busy = (await turn()) || busy
    }
  }
  return false
}
