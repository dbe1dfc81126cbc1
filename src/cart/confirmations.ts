import { and, asc, eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { read } from '../database'
import { found } from '../http'
import { cartItems, carts } from '../schema/carts'
import type { Told } from './purchase'

/** What became of a cart that was checked out. @throws NotFound; also for another family's */
export async function confirmed(account: Account, { family }: Guardian, cartId: number) {
  const [rows, items] = await read(account, [
    account.db
      .select({ answers: carts.answers })
      .from(carts)
      .where(and(eq(carts.id, cartId), eq(carts.familyId, family.id), eq(carts.state, 'submitted'))),
    account.db
      .select({ particulars: cartItems.particulars })
      .from(cartItems)
      .where(eq(cartItems.cartId, cartId))
      .orderBy(asc(cartItems.id)),
  ])
  const { cents, how } = JSON.parse(found(rows).answers) as { cents?: number; how?: string }
  return {
    lines: items.map(({ particulars }) => JSON.parse(particulars) as Told),
    paid: cents && how ? { cents, how } : undefined,
  }
}

/** The family's carts whose payment has no answer yet. */
export function payingCarts({ db }: Pick<Account, 'db'>, familyId: number) {
  return db
    .select({ id: sql<number>`${carts.id}`.as('paying_cart') })
    .from(carts)
    .where(and(eq(carts.familyId, familyId), eq(carts.state, 'paying')))
}
