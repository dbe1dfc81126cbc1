import type { Account } from './accounts/account'
import { nowOf } from './accounts/open'
import { countFigures } from './dashboard/figures'
import { sumMoney } from './dashboard/money'
import { databases, type Env } from './env'
import { noteSweep } from './opening/signs'
import { settleAttempts } from './payments/settle'
import { beginLook } from './retention/run'

/** What the clock does every five minutes: one message an account, so that no account waits for another. */
export async function tick(env: Env): Promise<void> {
  for (const slug of databases(env).keys()) await env.JOBS.send({ account: slug, sweep: true, at: nowOf(env) })
}

/**
 * Does what fell due in one account; a task that fails does not keep the others from running. What is due is decided by
 * rows, so a late, doubled or missed run does no harm. What has had its time goes by src/retention/rules.ts.
 * @param askedAt when the clock sent the message behind it
 * @returns the look of retention that is to go on
 */
export async function sweep(account: Account, askedAt?: number): Promise<string | undefined> {
  await attempt(account, one => noteSweep(one, askedAt))
  await attempt(account, settlePayments)
  await attempt(account, countFigures)
  await attempt(account, sumMoney)
  return attempt(account, beginLook)
}

async function attempt<T>(account: Account, task: (account: Account) => Promise<T>): Promise<T | undefined> {
  try {
    return await task(account)
  } catch (error) {
    console.error(task.name, account.slug, error instanceof Error ? error.name : 'failed')
  }
}

/** Payments whose answer never came: looked up under their own key, and then finished as if it had come at once. */
export async function settlePayments(account: Account): Promise<void> {
  await settleAttempts(account)
}
