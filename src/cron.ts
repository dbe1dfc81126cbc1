import { and, inArray, lt, lte, sql } from 'drizzle-orm'
import type { Account } from './accounts/account'
import { commit, type Statement } from './database'
import { databases, type Env } from './env'
import { countFigures } from './home/figures'
import { forgetStaged } from './import/stage'
import { partyPurchase } from './parties/parties'
import { settleAttempts } from './payments/attempts'
import { chargesPurchase } from './payments/pay'
import { answers } from './schema/answers'
import { cartItems, carts } from './schema/carts'
import { inbox, outbox } from './schema/jobs'
import { loginAttempts } from './schema/logins'
import { loginSessions } from './schema/sessions'
import { giftPurchase } from './shop/gifts'
import { orderPurchase } from './shop/orders'

const day = 86_400_000

/** What the clock does every five minutes: one message an account, so that no account waits for another. */
export async function tick(env: Env): Promise<void> {
  for (const slug of databases(env).keys()) await env.JOBS.send({ account: slug, sweep: true })
}

/** Everything that falls due by time. What is due is decided by rows, so a late or doubled run does no harm. */
const sweeps = [settlePayments, lapseHolds, countFigures, forgetOld, forgetFiles]

/** Does what fell due in one account; a task that fails does not keep the others from running. */
export async function sweep(account: Account): Promise<void> {
  for (const task of sweeps) {
    try {
      await task(account)
    } catch (error) {
      console.error(task.name, account.slug, error instanceof Error ? error.name : 'failed')
    }
  }
}

/** Payments whose answer never came: looked up under their own key, and then finished as if it had come at once. */
export async function settlePayments(account: Account): Promise<void> {
  await settleAttempts(account, {
    charges: chargesPurchase,
    order: orderPurchase,
    gift: giftPurchase,
    party: partyPurchase,
  })
}

/** Holds that ran out: their carts are over and their items go, which frees nothing that was not free already (seats compare the time). */
export async function lapseHolds(account: Account): Promise<void> {
  const lapsed = and(inArray(carts.state, ['open', 'paying']), lte(carts.expiresAt, account.now))
  await commit(account, [
    account.db
      .delete(cartItems)
      .where(sql`${cartItems.cartId} in (select ${carts.id} from ${carts} where ${lapsed} limit 500)`),
    account.db
      .update(carts)
      .set({ state: 'expired' })
      .where(and(lapsed, sql`not exists (select 1 from ${cartItems} i where i.cart_id = ${carts.id})`)),
  ])
}

/** Staged rows of files that nobody published. */
async function forgetFiles(account: Account): Promise<void> {
  await commit(account, forgetStaged(account))
}

/** Keys, sessions and counts that nobody asks for any more, a bounded step each. */
export async function forgetOld(account: Account): Promise<void> {
  const { db, now } = account
  const oldest = (table: string, where: string) => sql.raw(`select rowid from ${table} where ${where} limit 1000`)
  const statements: Statement[] = [
    db.delete(answers).where(lt(answers.at, now - 2 * day)),
    db.delete(loginSessions).where(lt(loginSessions.expiresAt, now - day)),
    db.delete(loginAttempts).where(lt(loginAttempts.lastAt, now - day)),
    db.delete(inbox).where(lt(inbox.at, now - 14 * day)),
    db
      .delete(outbox)
      .where(sql`${outbox.id} in (${oldest('outbox', `done_at is not null and done_at < ${now - 14 * day}`)})`),
  ]
  await commit(account, statements)
}
