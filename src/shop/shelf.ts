import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Account } from '../accounts/account'
import { orderLines, orders, stock } from '../schema/orders'
import { productCategories, products, productVariants } from '../schema/products'

/** What is shown on the web, with what lies on the shelf of a location: a row for each variation. */
export function shelfQuery({ db }: Account, locationId: number, narrowed?: SQL) {
  return db
    .select({
      productId: sql<number>`${products.id}`.as('product_id'),
      title: products.title,
      description: products.description,
      category: sql<string | null>`${productCategories.name}`.as('category'),
      variantId: sql<number>`${productVariants.id}`.as('variant_id'),
      variation: sql<string>`${productVariants.name}`.as('variation'),
      cents: productVariants.cents,
      saleCents: productVariants.saleCents,
      /** Nothing where stock is not kept. */
      left: sql<number | null>`case when ${productVariants.tracksStock} = 1 then coalesce(${stock.onHand}, 0) end`.as(
        'left_there',
      ),
    })
    .from(products)
    .innerJoin(productVariants, eq(productVariants.productId, products.id))
    .leftJoin(productCategories, eq(productCategories.id, products.productCategoryId))
    .leftJoin(stock, and(eq(stock.variantId, productVariants.id), eq(stock.locationId, locationId)))
    .where(and(eq(products.active, 1), eq(products.showPortal, 1), isNull(productVariants.retiredAt), narrowed))
    .orderBy(asc(products.title), asc(products.id), asc(productVariants.id))
    .limit(300)
}

export type ShelfRow = Awaited<ReturnType<typeof shelfQuery>>[number]

/** Orders with what they cost, newest first. */
export function ordersQuery({ db }: Account, where: SQL | undefined, most: number) {
  return db
    .select({
      id: sql<number>`${orders.id}`.as('order_id'),
      number: orders.number,
      state: orders.state,
      locationId: orders.locationId,
      createdAt: orders.createdAt,
      cents:
        sql<number>`coalesce((select sum(l.quantity * l.cents) from order_lines l where l.order_id = ${orders.id}), 0)`.as(
          'order_cents',
        ),
    })
    .from(orders)
    .where(where)
    .orderBy(sql`${orders.createdAt} desc`, sql`${orders.id} desc`)
    .limit(most)
}

/** What was ordered: "Leotard, blue" and how many. */
export function linesQuery({ db }: Account, orderId: SQL | number) {
  return db
    .select({
      orderId: orderLines.orderId,
      item: products.title,
      variation: productVariants.name,
      quantity: orderLines.quantity,
      cents: sql<number>`${orderLines.cents}`.as('each_cents'),
    })
    .from(orderLines)
    .innerJoin(productVariants, eq(productVariants.id, orderLines.variantId))
    .innerJoin(products, eq(products.id, productVariants.productId))
    .where(sql`${orderLines.orderId} = ${orderId}`)
    .orderBy(asc(orderLines.id))
    .limit(200)
}
