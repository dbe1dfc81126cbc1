import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { cartItems } from './carts'
import { charges } from './charges'
import { families } from './families'
import { locations } from './locations'
import { productVariants } from './products'
import { staff } from './staff'

export const orders = sqliteTable('orders', {
  id: integer('id').primaryKey(),
  number: text('number').notNull(),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'restrict' }),
  guest: text('guest'),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  madeIn: text('made_in', { enum: ['portal', 'point_of_sale'] }).notNull(),
  chargeId: integer('charge_id').references(() => charges.id, { onDelete: 'restrict' }),
  state: text('state', { enum: ['paid', 'picked', 'picked_up', 'returned'] }).notNull(),
  pickedAt: integer('picked_at'),
  pickedUpAt: integer('picked_up_at'),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  createdAt: integer('created_at').notNull(),
})

export const orderLines = sqliteTable('order_lines', {
  id: integer('id').primaryKey(),
  orderId: integer('order_id').notNull().references((): AnySQLiteColumn => orders.id, { onDelete: 'restrict' }),
  variantId: integer('variant_id').notNull().references(() => productVariants.id, { onDelete: 'restrict' }),
  quantity: integer('quantity').notNull(),
  listedCents: integer('listed_cents').notNull(),
  cents: integer('cents').notNull(),
  picked: integer('picked').notNull().default(0),
  returned: integer('returned').notNull().default(0),
})

export const stock = sqliteTable('stock', {
  variantId: integer('variant_id').notNull().references(() => productVariants.id, { onDelete: 'cascade' }),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'cascade' }),
  onHand: integer('on_hand').notNull().default(0),
}, (t) => [primaryKey({ columns: [t.variantId, t.locationId] })])

export const stockMoves = sqliteTable('stock_moves', {
  id: integer('id').primaryKey(),
  variantId: integer('variant_id').notNull().references(() => productVariants.id, { onDelete: 'restrict' }),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  step: integer('step').notNull(),
  reason: text('reason', { enum: ['received', 'sold', 'returned', 'counted', 'held', 'released', 'transferred'] }).notNull(),
  orderLineId: integer('order_line_id').references((): AnySQLiteColumn => orderLines.id, { onDelete: 'restrict' }),
  cartItemId: integer('cart_item_id').references(() => cartItems.id, { onDelete: 'set null' }),
  at: integer('at').notNull(),
  who: text('who').notNull(),
})
