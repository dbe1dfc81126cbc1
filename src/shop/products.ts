import { eq, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { audit } from '../audit/audit'
import { type Answer, commit, must, newest, Refusal, read, type Statement } from '../database'
import { found } from '../http'
import { stock, stockMoves } from '../schema/orders'
import { productCategories, products, productVariants } from '../schema/products'
import { programs } from '../schema/programs'

/** Category 3 is Pro shop (migration 0004). */
const proShop = 3

/** Puts a product on the shelf. @returns its id */
export async function createProduct(
  account: Account,
  wish: {
    title: string
    description?: string | null
    programId: number
    /** The charge category; Pro shop when left out. */
    categoryId?: number
    /** What it is listed under, by name. */
    category?: string | null
    showPortal?: boolean
  },
  answer?: Answer,
): Promise<number> {
  const { title, description, programId, categoryId: chargeCategory, category = null, showPortal = true } = wish
  return made(
    account,
    account.db
      .insert(products)
      .values({
        title,
        description: description ?? null,
        programId,
        chargeCategoryId: chargeCategory ?? proShop,
        productCategoryId: categoryId(category),
        showPortal: showPortal ? 1 : 0,
      })
      .returning({ id: products.id }),
    audit(account, 'product', `created the product ${title}`, [['product', newest(products)]], { after: wish }),
    answer,
    [mustHaveProgram(account, programId), ...categoryNamed(account, category)],
  )
}

/** Adds a variation of a product, with its price. @returns its id */
export async function createVariant(
  account: Account,
  wish: {
    productId: number
    name: string
    cents: number
    saleCents?: number | null
    tracksStock?: boolean
    sku?: string | null
  },
  answer?: Answer,
): Promise<number> {
  const { productId, name, cents, saleCents, tracksStock = true, sku } = wish
  return made(
    account,
    account.db
      .insert(productVariants)
      .values({
        productId,
        name,
        cents,
        saleCents: saleCents ?? null,
        tracksStock: tracksStock ? 1 : 0,
        sku: sku ?? null,
      })
      .returning({ id: productVariants.id }),
    audit(account, 'product', `added the variation ${name}`, [['product', productId]], { after: wish }),
    answer,
    [mustBeOwn(account, sku ?? null)],
  )
}

const mustBeOwn = (account: Account, sku: string | null, id = 0) =>
  must(
    account,
    sql`not exists (select 1 from ${productVariants} where ${productVariants.sku} = ${sku ?? ''} and ${productVariants.id} <> ${id})`,
    'sku-taken',
  )

/** Changes a product; its category is found by its name, or made. @throws NotFound */
export async function changeProduct(
  account: Account,
  id: number,
  change: {
    title: string
    description: string | null
    category: string | null
    programId: number
    active: boolean
    showPortal: boolean
  },
  answer?: Answer,
): Promise<void> {
  const { title, description, category, programId, active, showPortal } = change
  const [rows] = await read(account, [
    account.db
      .select({ title: products.title, active: products.active, showPortal: products.showPortal })
      .from(products)
      .where(eq(products.id, id)),
  ])
  const before = found(rows)
  await commit(
    account,
    [
      mustHaveProgram(account, programId),
      ...categoryNamed(account, category),
      account.db
        .update(products)
        .set({
          title,
          description,
          programId,
          productCategoryId: categoryId(category),
          active: active ? 1 : 0,
          showPortal: showPortal ? 1 : 0,
        })
        .where(eq(products.id, id)),
      ...audit(account, 'product', `changed the product ${title}`, [['product', id]], { before, after: change }),
    ],
    answer,
  )
}

const mustHaveProgram = (account: Account, programId: number) =>
  must(account, sql`exists (select 1 from ${programs} where ${programs.id} = ${programId})`, 'changed-meanwhile')

const categoryId = (name: string | null) =>
  (name === null ? null : sql`(select min(id) from ${productCategories} where ${productCategories.name} = ${name})`) as
    | number
    | null

const categoryNamed = ({ db }: Account, name: string | null): Statement[] =>
  name === null
    ? []
    : [
        db
          .insert(productCategories)
          .select(
            sql`select null, null, ${name}, 0 where not exists (select 1 from ${productCategories} where ${productCategories.name} = ${name})`,
          ),
      ]

/** Changes a variation, or takes it off the shelf; what was sold keeps its price. @throws NotFound; Refusal 'sku-taken' */
export async function changeVariant(
  account: Account,
  id: number,
  change: {
    name: string
    sku: string | null
    cents: number
    saleCents: number | null
    tracksStock: boolean
    retired: boolean
  },
  answer?: Answer,
): Promise<void> {
  const { name, sku, cents, saleCents, tracksStock, retired } = change
  const [rows] = await read(account, [
    account.db
      .select({
        productId: productVariants.productId,
        name: productVariants.name,
        cents: productVariants.cents,
        saleCents: productVariants.saleCents,
        retiredAt: productVariants.retiredAt,
      })
      .from(productVariants)
      .where(eq(productVariants.id, id)),
  ])
  const { productId, retiredAt, ...before } = found(rows)
  await commit(
    account,
    [
      mustBeOwn(account, sku, id),
      account.db
        .update(productVariants)
        .set({
          name,
          sku,
          cents,
          saleCents,
          tracksStock: tracksStock ? 1 : 0,
          retiredAt: retired ? (retiredAt ?? account.now) : null,
        })
        .where(eq(productVariants.id, id)),
      ...audit(account, 'product', `changed the variation ${name}`, [['product', productId]], {
        before,
        after: change,
      }),
    ],
    answer,
  )
}

/** Sets what lies on the shelf of a location to what was counted there. */
export async function countStock(
  account: Account,
  counted: { variantId: number; locationId: number; quantity: number },
  answer?: Answer,
): Promise<void> {
  const { variantId, locationId, quantity } = counted
  if (!Number.isSafeInteger(quantity) || quantity < 0) throw new Refusal('amount-out-of-range')
  const there = sql`coalesce((select ${stock.onHand} from ${stock} where ${stock.variantId} = ${variantId} and ${stock.locationId} = ${locationId}), 0)`
  await commit(
    account,
    [
      account.db
        .insert(stockMoves)
        .select(
          sql`select null, ${variantId}, ${locationId}, cast(${quantity} as integer) - ${there}, 'counted', null, null, ${account.now}, ${account.actor.name} where ${there} <> ${quantity}`,
        ),
      ...audit(account, 'stock', `counted ${quantity} in stock`, [['variant', variantId]], { after: counted }),
    ],
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

/** Commits one new row with its audit line, behind what must hold or be there. @returns the row's id */
async function made(
  account: Account,
  row: Statement,
  told: Statement[],
  answer?: Answer,
  before: Statement[] = [],
): Promise<number> {
  const results = (await commit(account, [...before, row, ...told], answer)) as { id: number }[][]
  return results[before.length]?.[0]?.id ?? 0
}
