import { and, eq, sql } from 'drizzle-orm'
import { type Account, locationOf, todayAt } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { commit, must, Refusal, read, type Statement } from '../database'
import { NotFound } from '../http'
import { type Language, speaking } from '../language'
import { mustBeUsable } from '../ledger/promos'
import { buy } from '../payments/buy'
import { meansOf, type PayWith } from '../payments/means'
import { mustHaveRoom, vault } from '../payments/methods'
import { type Intent, intentOf } from '../payments/purchases'
import { acceptingTransactions, transactionPolicies } from '../policies/transactions'
import { cartItems, carts } from '../schema/carts'
import { seats } from '../schema/enrollments'
import { paymentMethods } from '../schema/payments'
import { keptWhilePaid, mustAllBeDue } from './anniversary-item'
import { type Cart, cartFrom, cartQueries, itemsOf, payingSpan, stillKept, untilOf } from './carts'
import { dueOf } from './kind'
import { type CartIntent, cartPurchase, finishing, type Order } from './purchase'

/** What a family sends with its cart. */
export interface Checkout {
  cartId: number
  /** What the page said is due, in cents: an amount that has changed meanwhile is shown again before it is paid. */
  total: number
  /** The transaction policies that were ticked. */
  accepted: number[]
  pay?: PayWith
  /** Keep the new card on file with the payment. */
  store?: boolean
  /** In which what became of it is told. */
  language: Language
}

/**
 * Checks out a cart: every place goes from its hold to an enrollment in one batch, as a request or approved by itself,
 * and what is due now is paid in it (CP3, A24.2). A declined card leaves cart, hold and books as they were; an answer
 * that never came is looked up under the same key, and the cart waits for it.
 * @throws Refusal 'cart-empty', 'cart-changed', 'hold-lapsed', 'method-required', 'policy-open', those of a line that
 *   cannot go on, of a promo code, and of a payment
 */
export async function checkOut(
  account: Account,
  guardian: Guardian,
  wish: Checkout,
  answer: { location: string },
): Promise<void> {
  const familyId = guardian.family.id
  const [[found], policies, ...answers] = await read(account, [
    account.db
      .select({ state: carts.state })
      .from(carts)
      .where(and(eq(carts.id, wish.cartId), eq(carts.familyId, familyId))),
    transactionPolicies(account, familyId),
    ...cartQueries(account, guardian),
  ])
  if (!found) throw new NotFound()
  // Its payment is under way: sent again, the form finds out what became of it, and nothing is prepared anew.
  if (found.state === 'paying') return buy(account, cartPurchase, familyId, running, answer)
  if (found.state !== 'open') throw new Refusal('cart-changed')
  const cart = cartFrom(account, guardian, answers)
  if (!cart?.lines.length) throw new Refusal('cart-empty')
  const said = speaking(wish.language, () => cartFrom(account, guardian, answers)) ?? cart
  mustStand(cart, wish)
  const accepted = policies.filter(({ id }) => wish.accepted.includes(id))
  const inSpanish = speaking('es', () => cartFrom(account, guardian, answers)) ?? cart
  const order = { ...orderOf(account, guardian, cart, said), es: inSpanish.lines.map(({ about }) => about) }
  const opening = [
    ...unchanged(account, cart),
    ...mustAllBeDue(account, familyId, cart.lines),
    ...mustHaveMethod(account, familyId),
    ...acceptingTransactions(account, guardian, accepted),
    ...promised(account, order),
  ]
  if (cart.dueCents === 0) {
    await commit(account, [...opening, ...(await finishing(account, order))], answer)
    return
  }
  const { pay, store } = wish
  if (!pay) throw new Refusal('nothing-chosen')
  const prepare = async () => {
    const means = await meansOf(account, guardian, pay)
    const keep = store && pay.token !== undefined ? await vault(account, pay.token) : null
    const [first] = cart.lines.filter(line => dueOf(line) > 0)
    const locationId = first?.locationId ?? guardian.family.locationId
    const place = locationOf(account, locationId)
    const on = todayAt(account, place?.id)
    const intent: CartIntent = {
      ...intentOf({ familyId, locationId, on }, means),
      what: 'cart',
      order,
      guardianId: guardian.id,
      keep,
    }
    const room = keep ? [mustHaveRoom(account, guardian.id)] : []
    return { cents: cart.dueCents, intent, holds: [...opening, ...room, ...paying(account, cart)] }
  }
  await buy<CartIntent>(account, cartPurchase, familyId, prepare, answer)
}

async function running(): Promise<{ cents: number; intent: Intent & CartIntent; holds: Statement[] }> {
  throw new Refusal('payment-running')
}

function mustStand(cart: Cart, wish: Checkout) {
  const [lapsed] = cart.lines.filter(line => line.lapsed)
  if (lapsed) throw new Refusal('hold-lapsed')
  const [stuck] = cart.lines.flatMap(({ problem }) => problem ?? [])
  if (stuck) throw new Refusal(stuck.code)
  if (wish.total !== cart.dueCents) throw new Refusal('cart-changed')
}

function orderOf({ settings }: Account, { family }: Guardian, cart: Cart, said: Cart): Order {
  const uses = cart.lines.reduce((number, { promoUses }) => number + promoUses, 0)
  return {
    cartId: cart.id,
    familyId: family.id,
    lines: cart.lines,
    said: said.lines.map(({ title, about }) => ({ title, about })),
    promo: cart.promo && uses ? { id: cart.promo.id, once: cart.promo.oncePerFamily === 1, uses } : undefined,
    later: !settings['fin.pay_at_checkout'],
  }
}

/** Guards that the cart is what was looked at: open, the same things in it, and each place still kept. */
function unchanged(account: Account, { id, lines }: Cart): Statement[] {
  const ids = lines.flatMap(({ itemId, owing }) => (owing ? [] : [itemId])).join(',')
  const now = sql`(select group_concat(x.id) from (select ${cartItems.id} as id from ${cartItems} where ${cartItems.cartId} = ${id} order by ${cartItems.id}) x)`
  const open = sql`exists (select 1 from ${carts} where ${carts.id} = ${id} and ${carts.state} = 'open')`
  return [
    must(account, sql`${open} and ${now} = ${ids}`, 'cart-changed'),
    must(
      account,
      sql`not exists (select 1 from ${cartItems} where ${cartItems.cartId} = ${id} and ${cartItems.classId} is not null and not ${stillKept(account)})`,
      'hold-lapsed',
    ),
  ]
}

/** While the setting asks for it, a method on file for recurring billing comes before any enrollment. */
function mustHaveMethod(account: Account, familyId: number): Statement[] {
  if (!account.settings['fin.require_recurring_method']) return []
  const on = sql`${paymentMethods.familyId} = ${familyId} and ${paymentMethods.recurring} = 1 and ${paymentMethods.removedAt} is null and ${paymentMethods.invalidAt} is null`
  return [must(account, sql`exists (select 1 from ${paymentMethods} where ${on})`, 'method-required')]
}

const promised = (account: Account, { promo, familyId }: Order) =>
  promo ? mustBeUsable(account, promo.id, familyId, promo.uses, todayAt(account)) : []

/** The cart waits for the bank, and its places are kept a little longer, within the cap. */
function paying({ db, now }: Account, { id: cartId, lines }: Cart): Statement[] {
  const until = sql`max(${carts.expiresAt}, min(${now + payingSpan}, ${carts.capAt}))`
  return [
    db
      .update(carts)
      .set({ state: 'paying', expiresAt: until as unknown as number })
      .where(eq(carts.id, cartId)),
    db
      .update(seats)
      .set({
        expiresAt: untilOf({ id: cartId }) as unknown as number,
      })
      .where(sql`${seats.cartItemId} in ${itemsOf({ id: cartId })}`),
    ...lines
      .filter(({ owing }) => owing)
      .map(line =>
        db.insert(cartItems).values({ cartId, kind: 'anniversary', createdAt: now, ...keptWhilePaid(line) }),
      ),
  ]
}
