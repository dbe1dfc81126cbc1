import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { log } from '../activity/log'
import { audit } from '../audit/audit'
import { must, newest, type Statement } from '../database'
import { language, t } from '../language'
import { postPayment } from '../ledger/payments'
import { notify } from '../messages/notices'
import { money } from '../money'
import { sayHow } from '../payments/gateway'
import { storing, type Vaulted } from '../payments/methods'
import { sayCharges } from '../payments/pay'
import { type Attempt, type Intent, purchaseOf } from '../payments/purchases'
import { cartItems, carts } from '../schema/carts'
import { charges } from '../schema/charges'
import { payments } from '../schema/payments'
import { openCart } from './carts'
import { dueOf, type Line } from './kind'
import { itemKinds } from './kinds'

/** All that carrying out a cart needs. */
export interface Order {
  cartId: number
  familyId: number
  lines: Line[]
  /** The same lines in the family's language, for the page that tells what became of them. */
  said: { title: string; about: string }[]
  /** What the lines are about, in Spanish: the mail goes to the primary guardian, whatever whoever buys reads. */
  es?: string[]
  promo?: { id: number; once: boolean; uses: number }
  /** What is charged is paid later. */
  later: boolean
}

export interface CartIntent extends Intent {
  what: 'cart'
  order: Order
  guardianId: number
  /** A new card that is kept on file. */
  keep: Vaulted | null
}

/** What the page after a checkout tells of a line. */
export interface Told {
  title: string
  about: string
  becomes: Line['becomes']
  kind?: Line['kind']
  cents: number
  charges: boolean
}

const became = (line: Line) =>
  line.owing
    ? line.charges
      ? t('charged')
      : t('owed with the enrollment')
    : line.kind === 'pass'
      ? t('bought')
      : line.becomes === 'approved'
        ? t('enrolled')
        : t('requested')

/** "Ninja Kids (Mia, Wed 5:00 pm from Nov 25): requested". */
const sayLines = (lines: Line[], about: string[] = []) =>
  lines.map((line, nth) => `${line.title} (${about[nth] ?? line.about}): ${became(line)}`).join('; ')

/**
 * Every line of a cart carried out, and the cart with them: submitted, with what became of each. One mail tells all of it.
 * @param paid the money that came for it: its Payments entry, and each place's own payment
 */
export async function finishing(account: Account, order: Order, paid?: Attempt<CartIntent>): Promise<Statement[]> {
  const { cartId, familyId, lines, said, promo } = order
  const statements: Statement[] = []
  let once = promo?.once ?? false
  for (const [nth, line] of lines.entries()) {
    const told: Told = {
      title: said[nth]?.title ?? line.title,
      about: said[nth]?.about ?? line.about,
      becomes: line.becomes,
      kind: line.kind,
      cents: line.cents,
      charges: line.charges,
    }
    statements.push(
      ...(await itemKinds[line.kind].carryOut(account, familyId, line, promo && { id: promo.id, once })),
      telling(account, cartId, line, told),
    )
    if (line.promoUses) once = false
  }
  const charged = lines.filter(line => line.charges)
  const sum = charged.reduce((cents, line) => cents + line.cents, 0)
  const items = sayLines(lines)
  const told = () => sayLines(lines, language() === 'es' ? order.es : undefined)
  return [
    ...(lines.some(({ owing }) => owing) ? [withoutFees(account, cartId)] : []),
    ...statements,
    ...(paid ? payingFor(account, paid, charged) : []),
    account.db
      .update(carts)
      .set({ state: 'submitted', answers: JSON.stringify(paid ? { cents: paid.cents, how: paid.intent.how } : {}) })
      .where(eq(carts.id, cartId)),
    ...audit(account, 'check out', `checked out a cart: ${items}`, [['family', familyId]]),
    notify(account, {
      familyId,
      ...(paid
        ? {
            template: 'checkout-paid',
            values: { items: told, amount: money(paid.cents), paid_with: () => sayHow(paid.intent.how) },
          }
        : sum
          ? { template: 'checkout-charged', values: { items: told, amount: money(sum) } }
          : { template: 'checkout-submitted', values: { items: told } }),
    }),
  ]
}

/** Keeps what became of a line, for the page that tells it. */
function telling({ db, now }: Account, cartId: number, line: Line, told: Told): Statement {
  const kept = { particulars: JSON.stringify(told), cents: line.charges ? line.cents : 0 }
  if (line.owing) return db.insert(cartItems).values({ cartId, kind: 'anniversary', createdAt: now, ...kept })
  return db.update(cartItems).set(kept).where(eq(cartItems.id, line.itemId))
}

/** Takes out of a cart the fees that stood there while it was paid. */
const withoutFees = ({ db }: Account, cartId: number): Statement =>
  db.delete(cartItems).where(and(eq(cartItems.cartId, cartId), eq(cartItems.kind, 'anniversary')))

/**
 * The payment of a checkout: one entry (OA3), but a payment at each location, because each place keeps its own books.
 * The charges are the last ones of this batch, in the order of their lines.
 */
function payingFor(account: Account, attempt: Attempt<CartIntent>, charged: Line[]): Statement[] {
  const { id, cents, intent } = attempt
  const { familyId, locationId, type, methodId, on, how } = intent
  const chargeOf = (nth: number): SQL<number> => sql<number>`(${newest(charges)} - ${charged.length - 1 - nth})`
  // What is due later stands as an open charge, at its place.
  const paid = charged.filter(line => dueOf(line) > 0)
  const places = [...new Set([locationId, ...paid.map(line => line.locationId)])]
  const titles = paid.map(({ title }) => title)
  const deletedSchedule = charged.some(line => line.deletedSchedule)
  const wholly = sayCharges(titles)
  return [
    ...places.flatMap((place, nth) => {
      const parts = charged
        .map((line, at) => ({ place: line.locationId, chargeId: chargeOf(at), cents: dueOf(line) }))
        .filter(part => part.place === place && part.cents > 0)
      return postPayment(account, {
        familyId,
        locationId: place,
        type,
        methodId,
        cents: parts.reduce((sum, part) => sum + part.cents, 0),
        on,
        reference: how,
        attemptId: nth === 0 ? id : null,
        allocations: parts.map(({ chargeId, cents: part }) => ({ chargeId, cents: part })),
      })
    }),
    log(account, {
      kind: 'payment',
      status: 'notification',
      familyId,
      locationId,
      subject: 'payment',
      subjectId: newest(payments),
      particulars: { cents, how, charges: titles, deletedSchedule },
    }),
    ...audit(
      account,
      'pay',
      `paid ${money(cents)} with ${how} for ${wholly}`,
      [
        ['family', familyId],
        ['payment', newest(payments)],
      ],
      { after: { cents, how, charges: titles } },
    ),
  ]
}

/** How a cart that is paid ends, whenever the bank answers. */
export const cartPurchase = purchaseOf<CartIntent>('cart', {
  says: ({ order }) => sayCharges(order.lines.map(({ title }) => title)),
  from: at => at.cart,
  async paid(account, attempt) {
    const { order, keep, guardianId } = attempt.intent
    const { cartId, familyId } = order
    const waits = sql`exists (select 1 from ${carts} where ${carts.id} = ${cartId} and ${carts.state} = 'paying')`
    return [
      must(account, waits, 'already-handled'),
      ...(await finishing(account, order, attempt)),
      ...(keep ? storing(account, { familyId, guardianId, ...keep, makeDefault: false, recurring: false }) : []),
    ]
  },
  /** The cart is the family's again; where another one was begun meanwhile, its things go there. */
  undone(account, { intent }) {
    const { db } = account
    const { cartId, familyId, lines } = intent.order
    const { id: other } = openCart(familyId)
    return [
      ...(lines.some(({ owing }) => owing) ? [withoutFees(account, cartId)] : []),
      db
        .update(cartItems)
        .set({ cartId: sql`coalesce(${other}, ${cartId})` as unknown as number })
        .where(eq(cartItems.cartId, cartId)),
      db
        .update(carts)
        .set({ state: sql`case when ${other} is null then 'open' else 'dropped' end` as unknown as 'open' })
        .where(and(eq(carts.id, cartId), eq(carts.state, 'paying'))),
    ]
  },
})
