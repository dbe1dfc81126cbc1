import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'
import { orders } from './orders'

export const giftCodes = sqliteTable('gift_codes', {
  id: integer('id').primaryKey(),
  codeHash: text('code_hash').notNull(),
  lastFour: text('last_four').notNull(),
  boughtCents: integer('bought_cents').notNull(),
  worthCents: integer('worth_cents').notNull(),
  leftCents: integer('left_cents').notNull(),
  buyerFamilyId: integer('buyer_family_id').references(() => families.id, { onDelete: 'restrict' }),
  receiverFamilyId: integer('receiver_family_id').references(() => families.id, { onDelete: 'restrict' }),
  guest: text('guest'),
  orderId: integer('order_id').references(() => orders.id, { onDelete: 'restrict' }),
  expiresOn: text('expires_on'),
  voidedAt: integer('voided_at'),
  createdAt: integer('created_at').notNull(),
})
