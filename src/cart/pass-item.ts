import { sql } from 'drizzle-orm'
import { zoneAt } from '../accounts/account'
import { today } from '../clock'
import { t } from '../language'
import { type PassProduct, productsQuery } from '../passes/passes'
import { sellPass } from '../passes/sell'
import { because } from '../refusals'
import { cartItems } from '../schema/carts'
import { passProducts } from '../schema/passes'
import { type CartItem, type ItemKind, reading } from './kind'

interface Kept extends Record<string, unknown> {
  locationId: number
  product: Pick<PassProduct, 'id' | 'title' | 'cents' | 'punches' | 'validDays'>
  studentId: number | null
}

const productIn = ({ particulars }: CartItem) => Number(particulars.productId ?? 0)

const reads = reading(
  1,
  (account, { id }) => [
    productsQuery(
      account,
      sql`${passProducts.id} in (select json_extract(${cartItems.particulars}, '$.productId') from ${cartItems} where ${cartItems.cartId} = ${id} and ${cartItems.kind} = 'pass')`,
    ),
  ],
  (_account, guardian, items, [products]) =>
    items.flatMap(item => {
      const product = products.find(({ id }) => id === productIn(item))
      if (!product) return []
      const { id, title, cents, punches, validDays, showPortal, retiredAt } = product
      const child = guardian.students.find(one => one.id === item.studentId)
      const { locationId } = guardian.family
      const kept: Kept = { locationId, product: { id, title, cents, punches, validDays }, studentId: item.studentId }
      const sold = showPortal === 1 && retiredAt === null
      return [
        {
          itemId: item.id,
          kind: 'pass' as const,
          title,
          about: child
            ? t('Punch pass for {child}, punches: {punches}', { child: child.firstName, punches })
            : t('Punch pass for the family, punches: {punches}', { punches }),
          locationId,
          cents,
          parts: [],
          why: [],
          charges: cents > 0,
          becomes: 'approved' as const,
          lapsed: false,
          needsNoHold: true,
          warnings: [],
          problem: sold ? undefined : { code: 'not-for-sale', sentence: t(because('not-for-sale')) },
          promoUses: 0,
          deletedSchedule: false,
          data: kept,
        },
      ]
    }),
)

/** A punch pass: there is enough of it for everybody, so nothing is kept (CP4). */
export const passItem: ItemKind = {
  ...reads,
  hold: () => [],
  async carryOut(account, familyId, line) {
    const { locationId, product, studentId } = line.data as Kept
    const zone = zoneAt(account, locationId)
    return sellPass(account, { familyId, locationId, product, studentId, day: today(account.now, zone) })
  },
}
