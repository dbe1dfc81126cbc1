import { and, asc, eq, not, type SQL, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import type { Guardian } from '../auth/guardian'
import { must, type Results, type Statement } from '../database'
import { householdQuery } from '../enrollments/eligibility'
import { type Promo, promoQuery, promoTrouble } from '../ledger/promos'
import { takesPayments } from '../payments/gateway'
import { promoCodes } from '../schema/billing'
import { cartItems, carts } from '../schema/carts'
import { seats } from '../schema/enrollments'
import { ruleAt, type Settings, settingsAt } from '../settings'
import { type CartItem, type CartRef, dueOf, type ItemKind, type ItemKindName, type Line } from './kind'
import { itemKinds } from './kinds'

const minute = 60_000
/** From when payment starts a place is kept for at least so long: changes of the cart leave it free before the cap. */
export const payingSpan = 10 * minute

/** The cart that a family fills, found by the family: the same one after a reload and on another device (CP3). */
export const openCart = (familyId: number): CartRef => ({
  familyId,
  id: sql<number>`(select ${carts.id} from ${carts} where ${carts.familyId} = ${familyId} and ${carts.state} = 'open' and ${carts.madeIn} = 'portal')`,
})

const kinds = Object.entries(itemKinds) as [ItemKindName, ItemKind][]

/** A cart as its family sees it. */
export interface Cart {
  id: number
  /** The moment at which its places are free again, unless it changes before. */
  expiresAt: number
  lines: Line[]
  promo?: Promo
  /** Why the code that was applied does not count now. */
  promoProblem?: string
  /** What everything in it costs at its beginning, and what of that is charged at checkout. */
  cents: number
  chargedCents: number
  /** What is paid in the cart itself: nothing where the business lets it be paid later. */
  dueCents: number
}

/** What a cart is read by, in one trip: itself, its things, its code, and what each kind asks. */
export function cartQueries(account: Account, guardian: Guardian, cart = openCart(guardian.family.id)) {
  const { db } = account
  return [
    db.select({ id: carts.id, expiresAt: carts.expiresAt }).from(carts).where(eq(carts.id, cart.id)),
    itemsQuery(account, cart),
    promoQuery(
      account,
      cart.familyId,
      sql`${promoCodes.id} = (select ${carts.promoCodeId} from ${carts} where ${carts.id} = ${cart.id})`,
    ),
    householdQuery(account, cart.familyId),
    ...kinds.flatMap(([, kind]) => kind.asks(account, cart)),
  ] as const
}

/** The things in a cart. */
export function itemsQuery(account: Account, cart: CartRef) {
  const heldUntil = sql<number | null>`(select max(s.expires_at) from ${seats} s where s.cart_item_id = cart_items.id)`
  return account.db
    .select({
      id: cartItems.id,
      // Days of a camp are an enrollment too; what is asked of them, and how, is not.
      kind: sql<ItemKindName>`case when ${cartItems.kind} = 'enrollment' and json_extract(${cartItems.particulars}, '$.days') is not null then 'camp' else ${cartItems.kind} end`.as(
        'item_kind',
      ),
      classId: cartItems.classId,
      studentId: cartItems.studentId,
      type: cartItems.type,
      startDate: cartItems.startDate,
      notes: cartItems.notes,
      particulars: sql<CartItem['particulars']>`${cartItems.particulars}`
        .mapWith(text => JSON.parse(text) as CartItem['particulars'])
        .as('item_particulars'),
      heldUntil: heldUntil.as('held_until'),
    })
    .from(cartItems)
    .where(eq(cartItems.cartId, cart.id))
    .orderBy(asc(cartItems.id))
}

/** The cart that cartQueries answered; nothing where the family has none. */
export function cartFrom(account: Account, guardian: Guardian, answers: readonly unknown[]): Cart | undefined {
  const [[cart], items, [promo], [household], ...rest] = answers as Results<ReturnType<typeof cartQueries>>
  if (!cart) return
  let at = 0
  const lines: Line[] = []
  for (const [name, kind] of kinds) {
    const mine = (rest as unknown[]).slice(at, at + kind.questions)
    at += kind.questions
    const more = kind.lines(
      account,
      guardian,
      items.filter(item => item.kind === name),
      mine,
      { promo, household, before: [...lines] },
    )
    lines.push(...more)
  }
  lines.sort((a, b) => a.itemId - b.itemId)
  const sum = (some: Line[]) => some.reduce((cents, line) => cents + line.cents, 0)
  const charged = sum(lines.filter(({ charges }) => charges))
  const due = lines.reduce((cents, line) => cents + dueOf(line), 0)
  return {
    id: cart.id,
    expiresAt: cart.expiresAt,
    lines,
    promo,
    promoProblem: promo && promoProblem(account, promo, lines),
    cents: sum(lines),
    chargedCents: charged,
    dueCents: account.settings['fin.pay_at_checkout'] && takesPayments(account) ? due : 0,
  }
}

function promoProblem(account: Account, promo: Promo, lines: Line[]): string | undefined {
  const trouble = promoTrouble(promo, todayAt(account))
  if (trouble) return trouble
  const priced = lines.filter(({ cents, promoUses }) => cents > 0 || promoUses)
  if (priced.length && !priced.some(({ promoUses }) => promoUses)) return 'promo-unfit'
  const uses = lines.reduce((number, line) => number + line.promoUses, 0)
  if (promo.maxUses !== null && promo.uses + uses > promo.maxUses) return 'promo-spent'
}

/**
 * How long the places of a cart are kept, and at most: of several locations the one that keeps them shortest decides.
 * @param coming the location of what this very batch puts in
 */
function spansOf(account: Account, cart: CartRef, coming?: number) {
  const shortest = (say: (rules: Settings) => number) => {
    const usual = say(settingsAt(account, coming ?? null))
    return account.ownSettings.size
      ? sql`(select coalesce(min(v), ${usual}) from (select ${ruleAt(account, sql`k.location_id`, say)} as v from cart_items i join classes k on k.id = i.class_id where i.cart_id = ${cart.id}${coming === undefined ? sql`` : sql` union all select ${usual}`}))`
      : sql`${usual}`
  }
  return {
    hold: shortest(rules => rules['cart.hold_minutes'] * minute),
    cap: shortest(rules => Math.max(rules['cart.cap_minutes'] * minute, payingSpan + minute)),
  }
}

/** Makes the family's cart where it has none; one index lets only one be open. */
export function beginCart({ db, now }: Account, familyId: number): Statement {
  return db
    .insert(carts)
    .values({ tokenHash: crypto.randomUUID(), familyId, madeIn: 'portal', expiresAt: now, capAt: now, createdAt: now })
    .onConflictDoNothing()
}

/**
 * Starts the time of a cart again, as any change of it does: so many minutes, within the cap that began with its first
 * place, less what is left for paying. A cart in which nothing is kept begins anew.
 * @param coming the location of what this very batch puts in after it
 */
export function restart(account: Account, cart: CartRef, coming?: number): Statement[] {
  const { db, now } = account
  const { hold, cap } = spansOf(account, cart, coming)
  const items = itemsOf(cart)
  const alive = sql`exists (select 1 from ${seats} where ${seats.cartItemId} in ${items} and ${seats.expiresAt} > ${now})`
  const capAt = sql`case when ${alive} then ${carts.capAt} else ${now} + ${cap} end`
  const wanted = sql`min(${now} + ${hold}, ${capAt} - ${payingSpan})`
  return [
    db
      .update(carts)
      .set({
        capAt: capAt as unknown as number,
        expiresAt:
          sql`case when ${alive} then max(${carts.expiresAt}, ${wanted}) else max(${now}, ${wanted}) end` as unknown as number,
      })
      .where(eq(carts.id, cart.id)),
    db
      .update(seats)
      .set({ expiresAt: untilOf(cart) as unknown as number })
      .where(and(sql`${seats.cartItemId} in ${items}`, sql`${seats.expiresAt} > ${now}`)),
  ]
}

type CartId = { id: number | SQL<number> }

/** The moment until which the places of a cart are kept. */
export const untilOf = (cart: CartId): SQL<number> =>
  sql<number>`(select ${carts.expiresAt} from ${carts} where ${carts.id} = ${cart.id})`

/** The ids of the things in a cart. */
export const itemsOf = (cart: CartId): SQL =>
  sql`(select ${cartItems.id} from ${cartItems} where ${cartItems.cartId} = ${cart.id})`

/** True of a thing in a cart while its place is kept. */
export const stillKept = ({ now }: Pick<Account, 'now'>): SQL =>
  sql`exists (select 1 from ${seats} where ${seats.cartItemId} = ${cartItems.id} and ${seats.expiresAt} > ${now})`

/**
 * Lets a child's place in a class into a cart: one that lapsed gives way to it. Guards that there is no other in any
 * cart of the family, the one that is being paid among them.
 */
export function makeWay(account: Account, cart: CartRef, classId: number, studentId: number): Statement[] {
  const same = and(eq(cartItems.classId, classId), eq(cartItems.studentId, studentId))
  const theirs = sql`${carts.familyId} = ${cart.familyId} and ${carts.state} in ('open','paying')`
  return [
    account.db.delete(cartItems).where(and(eq(cartItems.cartId, cart.id), same, not(stillKept(account)))),
    must(
      account,
      sql`not exists (select 1 from ${cartItems} join ${carts} on ${carts.id} = ${cartItems.cartId} where ${theirs} and ${same})`,
      'already-in-cart',
    ),
  ]
}

/** Guards that a thing lies in the family's open cart. */
export const mustBeIn = (account: Account, cart: CartRef, itemId: number): Statement =>
  must(
    account,
    sql`exists (select 1 from ${cartItems} where ${cartItems.id} = ${itemId} and ${cartItems.cartId} = ${cart.id})`,
    'already-handled',
  )
