import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, newest, Refusal, type Statement } from '../database'
import { stockMoves } from '../schema/orders'
import { products, productVariants } from '../schema/products'

/** Category 3 is Pro shop (migration 0004). */
const proShop = 3

/** Puts a product on the shelf. @returns its id */
export async function createProduct(
  account: Account,
  wish: { title: string; description?: string | null; programId: number; categoryId?: number; showPortal?: boolean },
  answer?: Answer,
): Promise<number> {
  const { title, description, programId, categoryId, showPortal = true } = wish
  return made(
    account,
    account.db
      .insert(products)
      .values({
        title,
        description: description ?? null,
        programId,
        chargeCategoryId: categoryId ?? proShop,
        showPortal: showPortal ? 1 : 0,
      })
      .returning({ id: products.id }),
    audit(account, 'product', `created the product ${title}`, [['product', newest(products)]], { after: wish }),
    answer,
  )
}

/** Adds a variation of a product, with its price. @returns its id */
export async function createVariant(
  account: Account,
  wish: { productId: number; name: string; cents: number; saleCents?: number | null; tracksStock?: boolean },
  answer?: Answer,
): Promise<number> {
  const { productId, name, cents, saleCents, tracksStock = true } = wish
  return made(
    account,
    account.db
      .insert(productVariants)
      .values({ productId, name, cents, saleCents: saleCents ?? null, tracksStock: tracksStock ? 1 : 0 })
      .returning({ id: productVariants.id }),
    audit(account, 'product', `added the variation ${name}`, [['product', productId]], { after: wish }),
    answer,
  )
}

/** Books goods in at a location. @throws Refusal 'amount-out-of-range' */
export async function receiveStock(
  account: Account,
  goods: { variantId: number; locationId: number; quantity: number },
  answer?: Answer,
): Promise<void> {
  const { variantId, locationId, quantity } = goods
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw new Refusal('amount-out-of-range')
  await commit(
    account,
    [
      account.db.insert(stockMoves).values({
        variantId,
        locationId,
        step: quantity,
        reason: 'received',
        at: account.now,
        who: account.actor.name,
      }),
      ...audit(account, 'stock', `received ${quantity} into stock`, [['variant', variantId]], { after: goods }),
    ],
    answer,
  )
}

/** Commits one new row with its audit line. @returns the row's id */
async function made(account: Account, row: Statement, told: Statement[], answer?: Answer): Promise<number> {
  const [[first] = []] = (await commit(account, [row, ...told], answer)) as [{ id: number }[]]
  return first?.id ?? 0
}
