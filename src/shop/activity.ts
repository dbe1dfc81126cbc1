import { asc, eq, sql } from 'drizzle-orm'
import { type Account, locationOf } from '../accounts/account'
import { type About, type EntryRow, type Fact, type Kind, look } from '../activity/kind'
import { sayDate, sayMoment } from '../clock'
import { money } from '../money'
import * as paths from '../paths'
import { charges } from '../schema/charges'
import { giftCodes } from '../schema/gifts'
import { orderLines, orders } from '../schema/orders'
import { products, productVariants } from '../schema/products'

interface Ordered {
  cents: number
  how: string
  items: string[]
}

const states = {
  paid: 'Paid, to be picked',
  picked: 'Picked, waits to be picked up',
  picked_up: 'Picked up',
  returned: 'Given back',
} as const

const ledgerOf = (account: Account, { familyId }: EntryRow) =>
  familyId ? paths.office(account.slug).familyLedger(familyId) : undefined

/** The order as it is now, with what to fetch from where (OA9). */
function orderDetails(account: Account, { subjectId: id }: About) {
  const asks = [
    account.db
      .select({
        number: orders.number,
        state: orders.state,
        locationId: orders.locationId,
        pickedUpAt: orders.pickedUpAt,
        cents: charges.cents,
      })
      .from(orders)
      .leftJoin(charges, eq(charges.id, orders.chargeId))
      .where(eq(orders.id, id)),
    account.db
      .select({
        id: orderLines.id,
        item: products.title,
        variation: productVariants.name,
        quantity: orderLines.quantity,
        picked: orderLines.picked,
      })
      .from(orderLines)
      .innerJoin(productVariants, eq(productVariants.id, orderLines.variantId))
      .innerJoin(products, eq(products.id, productVariants.productId))
      .where(eq(orderLines.orderId, id))
      .orderBy(asc(products.title), asc(orderLines.id)),
  ] as const
  return look(asks, (entry, [[order], lines]) => {
    if (!order) return { facts: [{ label: 'Order', text: 'It is not there any more.' }] }
    const place = locationOf(account, order.locationId)
    const facts: Fact[] = [
      { label: 'Order', text: `${order.number}: ${money(order.cents ?? 0)}`, href: ledgerOf(account, entry) },
      { label: 'State', text: states[order.state] },
    ]
    if (order.pickedUpAt)
      facts.push({ label: 'Picked up', text: sayMoment(order.pickedUpAt, place?.timeZone ?? 'UTC') })
    const picks = lines.map(({ picked, variation, ...line }) => ({
      ...line,
      variation: variation || undefined,
      place: place?.name,
      picked: picked === 1,
    }))
    return { facts, picks }
  })
}

/** Purchases from the shop: picked, then dismissed one by one in the details (OA9). */
export const onlineOrderKind: Kind = {
  icon: 'order',
  statuses: ['special'],
  permission: 'Point of Sale',
  dismiss: [],
  dismissInDetails: true,
  sentence(account, entry) {
    const { cents, how, items } = entry.particulars as unknown as Ordered
    return {
      what: items.length > 3 ? `${items.slice(0, 3).join('; ')} and ${items.length - 3} more` : items.join('; '),
      whatHref: paths.office(account.slug).entry(entry.id),
      subs: [{ icon: 'money', text: `${money(cents)} paid with ${how}. To be picked.` }],
    }
  },
  details: orderDetails,
}

interface Gift {
  cents: number
  how: string
  lastFour: string
  receiver: string | null
  /** A guest, with the address. */
  buyer?: string
}

/** Gift certificates that were bought: paid, and nothing to decide. */
export const giftCardKind: Kind = {
  icon: 'gift',
  statuses: ['special'],
  permission: 'Point of Sale',
  dismiss: ['special'],
  sentence(account, entry) {
    const { cents, how, lastFour, receiver, buyer } = entry.particulars as unknown as Gift
    return {
      what: `Gift certificate of ${money(cents)} ending ${lastFour}${receiver ? `, for ${receiver}` : ''}`,
      whatHref: ledgerOf(account, entry),
      subs: [{ icon: 'money', text: `${money(cents)} paid with ${how}${buyer ? ` by ${buyer}` : ''}.` }],
    }
  },
  details: (account, { subjectId }) =>
    look(
      [
        account.db
          .select({
            lastFour: giftCodes.lastFour,
            worthCents: giftCodes.worthCents,
            leftCents: giftCodes.leftCents,
            expiresOn: giftCodes.expiresOn,
            voidedAt: giftCodes.voidedAt,
            receiver: sql<string | null>`json_extract(${giftCodes.guest}, '$.name')`.as('receiver'),
          })
          .from(giftCodes)
          .where(eq(giftCodes.id, subjectId)),
      ],
      (entry, [[gift]]) => {
        if (!gift) return { facts: [{ label: 'Gift certificate', text: 'It is not there any more.' }] }
        const facts: Fact[] = [
          {
            label: 'Gift certificate',
            text: `${money(gift.worthCents)}, ending ${gift.lastFour}`,
            href: ledgerOf(account, entry),
          },
          { label: 'Left', text: gift.voidedAt ? 'Voided' : money(gift.leftCents) },
        ]
        if (gift.receiver) facts.push({ label: 'For', text: gift.receiver })
        if (gift.expiresOn) facts.push({ label: 'Expires', text: sayDate(gift.expiresOn, { year: true }) })
        return { facts }
      },
    ),
}
