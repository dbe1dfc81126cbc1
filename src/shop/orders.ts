import { and, eq, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { postCharge } from '../ledger/charges'
import { notify } from '../messages/notices'
import { money } from '../money'
import { buy } from '../payments/buy'
import { gatewayPayment } from '../payments/finish'
import { sayHow } from '../payments/gateway'
import { meansOf, type PayWith } from '../payments/means'
import { type Attempt, type Intent, intentOf, purchaseOf } from '../payments/purchases'
import { charges } from '../schema/charges'
import { orderLines, orders, stock, stockMoves } from '../schema/orders'
import { products, productVariants } from '../schema/products'

/** One kind of thing in a basket. */
export interface Item {
  variantId: number
  quantity: number
}

interface SoldItem extends Item {
  title: string
  name: string
  programId: number
  categoryId: number
  listedCents: number
  /** What one costs. */
  cents: number
  tracksStock: number
}

interface OrderIntent extends Intent {
  what: 'order'
  items: SoldItem[]
  notes: string | null
}

/** "2 × Leotard, blue". */
const sayItem = ({ quantity, title, name }: Pick<SoldItem, 'quantity' | 'title' | 'name'>) =>
  `${quantity} × ${title}${name ? `, ${name}` : ''}`

const mostOfOne = 99

/** What is for sale online of these variations, priced today. */
function forSale({ db }: Account, ids: number[]) {
  return db
    .select({
      variantId: sql<number>`${productVariants.id}`.as('variant_id'),
      title: products.title,
      name: productVariants.name,
      programId: products.programId,
      categoryId: products.chargeCategoryId,
      listedCents: sql<number>`${productVariants.cents}`.as('listed_cents'),
      cents: sql<number>`coalesce(${productVariants.saleCents}, ${productVariants.cents})`.as('price'),
      tracksStock: productVariants.tracksStock,
    })
    .from(productVariants)
    .innerJoin(products, eq(products.id, productVariants.productId))
    .where(
      sql`${productVariants.id} in (select value from json_each(${JSON.stringify(ids)})) and ${productVariants.retiredAt} is null and ${products.active} = 1 and ${products.showPortal} = 1`,
    )
}

/**
 * A family buys from the shop: stock is taken before the card is asked and put back when it is declined. Charge,
 * payment, order and one Online orders entry land together; the money is inside it, so there is no Payments entry (OA3).
 * @throws Refusal 'out-of-stock' also for the second of two hands on the last one; 'nothing-chosen', 'not-for-sale',
 *   and those of a payment
 */
export async function orderOnline(
  account: Account,
  guardian: Guardian,
  wish: PayWith & { locationId: number; items: Item[]; notes?: string | null },
  answer: Answer,
): Promise<void> {
  await buy(account, orderPurchase, guardian.family.id, () => basket(account, guardian, wish), answer)
}

async function basket(account: Account, guardian: Guardian, wish: Parameters<typeof orderOnline>[2]) {
  if (guardian.family.state !== 'open') throw new Refusal('family-suspended')
  const { locationId, notes } = wish
  const quantities = new Map<number, number>()
  for (const { variantId, quantity } of wish.items)
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  if (!quantities.size) throw new Refusal('nothing-chosen')
  for (const quantity of quantities.values())
    if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > mostOfOne)
      throw new Refusal('amount-out-of-range')
  const means = await meansOf(account, guardian, wish)
  const [rows] = await read(account, [forSale(account, [...quantities.keys()])])
  if (rows.length !== quantities.size) throw new Refusal('not-for-sale')
  const items: SoldItem[] = rows.map(row => ({ ...row, quantity: quantities.get(row.variantId) ?? 0 }))
  const cents = items.reduce((sum, item) => sum + item.cents * item.quantity, 0)
  if (cents <= 0) throw new Refusal('amount-out-of-range')
  const on = todayAt(account, locationId)
  const intent: OrderIntent = {
    ...intentOf({ familyId: guardian.family.id, locationId, on }, means),
    what: 'order',
    items,
    notes: notes ?? null,
  }
  return { cents, intent, holds: items.flatMap(item => taking(account, locationId, item)) }
}

/** Takes goods off the shelf; the CHECK on stock stands behind the guard. */
function taking(account: Account, locationId: number, { variantId, quantity, tracksStock }: SoldItem): Statement[] {
  if (!tracksStock) return []
  const there = sql`${stock.variantId} = ${variantId} and ${stock.locationId} = ${locationId}`
  return [
    must(account, sql`(select ${stock.onHand} from ${stock} where ${there}) >= ${quantity}`, 'out-of-stock'),
    moving(account, { variantId, locationId, step: -quantity, reason: 'held' }),
  ]
}

const moving = (
  account: Account,
  move: Pick<typeof stockMoves.$inferInsert, 'variantId' | 'locationId' | 'step' | 'reason' | 'orderLineId'>,
) => account.db.insert(stockMoves).values({ ...move, at: account.now, who: account.actor.name })

const back = (account: Account, locationId: number, items: SoldItem[]) =>
  items
    .filter(({ tracksStock }) => tracksStock)
    .map(({ variantId, quantity }) => moving(account, { variantId, locationId, step: quantity, reason: 'released' }))

/** How an order ends: paid, on the shelf to be picked, and in the window. */
export const orderPurchase = purchaseOf<OrderIntent>('order', {
  says: ({ items }) => items.map(sayItem).join('; '),
  from: at => at.shop(),
  paid(account, attempt: Attempt<OrderIntent>) {
    const { db, now } = account
    const { cents, intent } = attempt
    const { familyId, locationId, on, how, items, notes } = intent
    const list = items.map(sayItem).join('; ')
    const title = `Order: ${items.length > 2 ? `${items.length} items` : list}`
    const orderId = newest(orders)
    return [
      ...postCharge(account, {
        familyId,
        locationId,
        kind: 'product',
        title,
        on,
        due: on,
        lines: items.map(item => ({
          kind: 'product',
          cents: item.cents * item.quantity,
          programId: item.programId,
          categoryId: item.categoryId,
          steps: [`${sayItem(item)} at ${money(item.cents)}.`],
        })),
      }),
      ...gatewayPayment(account, attempt, [{ chargeId: newest(charges), cents }]),
      db.insert(orders).values({
        number: sql`'W' || (1000 + coalesce((select max(id) from ${orders}), 0) + 1)` as unknown as string,
        familyId,
        locationId,
        madeIn: 'portal',
        chargeId: newest(charges) as unknown as number,
        state: 'paid',
        createdAt: now,
      }),
      // What was held goes back and out again as sold, so that the moves say how many were sold.
      ...back(account, locationId, items),
      ...items.flatMap(({ variantId, quantity, listedCents, cents: each, tracksStock }) => [
        db
          .insert(orderLines)
          .values({ orderId: orderId as unknown as number, variantId, quantity, listedCents, cents: each }),
        ...(tracksStock
          ? [
              moving(account, {
                variantId,
                locationId,
                step: -quantity,
                reason: 'sold',
                orderLineId: newest(orderLines) as unknown as number,
              }),
            ]
          : []),
      ]),
      log(account, {
        kind: 'online_order',
        status: 'special',
        familyId,
        locationId,
        subject: 'order',
        subjectId: orderId,
        particulars: { cents, how, items: items.map(sayItem) },
        notes,
      }),
      ...audit(account, 'order', `ordered ${list} for ${money(cents)} with ${how}`, [
        ['family', familyId],
        ['order', orderId],
      ]),
      notify(account, {
        familyId,
        template: 'order-received',
        values: { items: list, amount: money(cents), paid_with: () => sayHow(how) },
      }),
    ]
  },
  undone: (account, { intent }) => back(account, intent.locationId, intent.items),
})

/**
 * Ticks the lines of an order that lie ready, and no others; with all of them it counts as picked (OA9).
 * @throws Refusal 'already-handled' when it was picked up or given back
 */
export async function pickLines(account: Account, orderId: number, lineIds: number[], answer?: Answer): Promise<void> {
  await commit(account, picking(account, orderId, lineIds), answer)
}

/** The statements of ticking lines, for a dismissal that ticks the last ones. */
export function picking(account: Account, orderId: number, lineIds: number[]): Statement[] {
  const { db, now } = account
  const ids = JSON.stringify(lineIds)
  const mine = eq(orders.id, orderId)
  const open = sql`not exists (select 1 from ${orderLines} where ${orderLines.orderId} = ${orderId} and ${orderLines.picked} = 0)`
  return [
    must(
      account,
      sql`exists (select 1 from ${orders} where ${mine} and ${orders.state} in ('paid','picked'))`,
      'already-handled',
    ),
    db
      .update(orderLines)
      .set({ picked: sql`${orderLines.id} in (select value from json_each(${ids}))` as unknown as number })
      .where(eq(orderLines.orderId, orderId)),
    db.update(orders).set({ state: 'paid', pickedAt: null }).where(mine),
    db.update(orders).set({ state: 'picked', pickedAt: now }).where(and(mine, open)),
    ...audit(account, 'pick', `ticked ${lineIds.length} lines of an order`, [['order', orderId]], {
      after: { picked: lineIds },
    }),
  ]
}

/** What dismissing an order writes beside the entry's closing: all was picked, and the family has it (OA9). */
export function pickedUp(account: Account, orderId: number): Statement[] {
  const unpicked = sql`select 1 from ${orderLines} where ${orderLines.orderId} = ${orderId} and ${orderLines.picked} = 0`
  return [
    must(account, sql`not exists (${unpicked})`, 'not-picked'),
    account.db.update(orders).set({ state: 'picked_up', pickedUpAt: account.now }).where(eq(orders.id, orderId)),
  ]
}
