import { eq, sql } from 'drizzle-orm'
import { type Account, todayAt } from '../accounts/account'
import { audit } from '../audit/audit'
import type { Guardian } from '../auth/guardian'
import { saySchedule } from '../classes/classes'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { allGrantable, type Wishes } from '../enrollments/wishes'
import { found } from '../http'
import { byCode, promoQuery, promoTrouble } from '../ledger/promos'
import { cartItems, carts } from '../schema/carts'
import { beginCart, itemsQuery, makeWay, mustBeIn, openCart, restart, untilOf } from './carts'
import { seatKept } from './enrollment-item'
import type { CartRef } from './kind'
import { itemKinds } from './kinds'

/**
 * A family puts places in a class into its cart, one for each child. A place is taken at once and kept while the cart
 * lives; all of them or none (CP3).
 * @throws Refusal with the true reason, 'class-full', 'already-enrolled', 'already-in-cart', 'policy-open'
 */
export async function addPlaces(account: Account, guardian: Guardian, wish: Wishes, answer: Answer): Promise<void> {
  const familyId = guardian.family.id
  const cart = openCart(familyId)
  const { db, now } = account
  const statements: Statement[] = [beginCart(account, familyId)]
  const kept: Statement[] = []
  const all = await allGrantable(account, guardian, wish)
  for (const granted of all) {
    const { row, child, startDate } = granted
    statements.push(...makeWay(account, cart, row.id, child.id))
    kept.push(
      db.insert(cartItems).values({
        cartId: cart.id as unknown as number,
        kind: 'enrollment',
        classId: row.id,
        studentId: child.id,
        type: wish.type,
        startDate,
        particulars: JSON.stringify({ scheduleId: wish.scheduleId ?? null }),
        notes: wish.notes,
        createdAt: now,
      }),
      ...seatKept(account, { familyId, granted, type: wish.type, itemId: newest(cartItems), until: untilOf(cart) }),
      ...audit(
        account,
        'add to cart',
        `kept a place for ${child.firstName} ${child.lastName} in ${row.name}, ${saySchedule(row.slots)} from ${startDate}`,
        [
          ['family', familyId],
          ['student', child.id],
          ['class', row.id],
        ],
      ),
    )
  }
  await commit(account, [...statements, ...restart(account, cart, all[0]?.row.locationId), ...kept], answer)
}

/** Takes something out of the cart; its place is free at once. @throws Refusal 'already-handled' */
export async function removeItem(account: Account, guardian: Guardian, itemId: number, answer: Answer): Promise<void> {
  const cart = openCart(guardian.family.id)
  const line = await itemIn(account, cart, itemId)
  await commit(
    account,
    [
      mustBeIn(account, cart, itemId),
      account.db.delete(cartItems).where(eq(cartItems.id, itemId)),
      ...restart(account, cart),
      ...audit(account, 'remove from cart', 'took a place out of the cart', [
        ['family', guardian.family.id],
        ['student', line.studentId],
        ['class', line.classId],
      ]),
    ],
    answer,
  )
}

/** Takes a place again whose time ran out, if it is still free. @throws Refusal 'class-full' and the other true reasons */
export async function holdAgain(account: Account, guardian: Guardian, itemId: number, answer: Answer): Promise<void> {
  const cart = openCart(guardian.family.id)
  const item = await itemIn(account, cart, itemId)
  await commit(
    account,
    [
      mustBeIn(account, cart, itemId),
      ...restart(account, cart),
      ...(await itemKinds[item.kind].hold(account, guardian, item, untilOf(cart))),
      ...audit(account, 'hold again', 'took a place in the cart again', [
        ['family', guardian.family.id],
        ['student', item.studentId],
        ['class', item.classId],
      ]),
    ],
    answer,
  )
}

/** One thing of the family's open cart. @throws NotFound */
async function itemIn(account: Account, cart: CartRef, itemId: number) {
  const [rows] = await read(account, [itemsQuery(account, cart)])
  return found(rows.filter(({ id }) => id === itemId))
}

/**
 * Writes a promo code onto the cart, or takes it off again when the box is empty.
 * @throws Refusal 'cart-empty', 'promo-unknown', 'promo-early', 'promo-over', 'promo-spent', 'promo-used'
 */
export async function applyPromo(account: Account, guardian: Guardian, code: string | null, answer: Answer) {
  const familyId = guardian.family.id
  const cart = openCart(familyId)
  let promoCodeId: number | null = null
  if (code !== null) {
    const [[promo]] = await read(account, [promoQuery(account, familyId, byCode(code))])
    const trouble = promoTrouble(promo, todayAt(account))
    if (trouble || !promo) throw new Refusal(trouble ?? 'promo-unknown')
    promoCodeId = promo.id
  }
  await commit(
    account,
    [
      must(account, sql`${cart.id} is not null`, 'cart-empty'),
      account.db.update(carts).set({ promoCodeId }).where(eq(carts.id, cart.id)),
      ...restart(account, cart),
      ...audit(
        account,
        'promo code',
        code === null ? 'took the promo code off the cart' : `used the promo code ${code}`,
        [
          ['family', familyId],
          ['promo_code', promoCodeId],
        ],
      ),
    ],
    answer,
  )
}
