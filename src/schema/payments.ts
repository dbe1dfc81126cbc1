import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { charges } from './charges'
import { families, guardians } from './families'
import { giftCodes } from './gifts'
import { ledgerEntries } from './ledger'
import { locations } from './locations'

export const paymentMethods = sqliteTable('payment_methods', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  guardianId: integer('guardian_id')
    .notNull()
    .references(() => guardians.id, { onDelete: 'restrict' }),
  kind: text('kind', { enum: ['card', 'bank_account'] }).notNull(),
  gateway: text('gateway').notNull(),
  token: text('token').notNull(),
  brand: text('brand'),
  lastFour: text('last_four').notNull(),
  expires: text('expires'),
  isDefault: integer('is_default').notNull().default(0),
  recurring: integer('recurring').notNull().default(0),
  invalidAt: integer('invalid_at'),
  removedAt: integer('removed_at'),
  createdAt: integer('created_at').notNull(),
})

export const paymentAttempts = sqliteTable('payment_attempts', {
  id: integer('id').primaryKey(),
  key: text('key').notNull(),
  way: text('way', { enum: ['charge', 'refund', 'store'] }).notNull(),
  gateway: text('gateway').notNull(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  methodId: integer('method_id').references((): AnySQLiteColumn => paymentMethods.id, { onDelete: 'set null' }),
  cents: integer('cents').notNull(),
  intent: text('intent').notNull(),
  state: text('state', { enum: ['started', 'uncertain', 'succeeded', 'declined', 'abandoned'] }).notNull(),
  gatewayId: text('gateway_id'),
  reason: text('reason'),
  tries: integer('tries').notNull().default(0),
  nextLookAt: integer('next_look_at'),
  createdAt: integer('created_at').notNull(),
  settledAt: integer('settled_at'),
})

export const payments = sqliteTable('payments', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  type: text('type', {
    enum: ['card', 'bank_account', 'cash', 'check', 'external', 'coupon', 'house', 'other_credit', 'gift'],
  }).notNull(),
  methodId: integer('method_id').references((): AnySQLiteColumn => paymentMethods.id, { onDelete: 'set null' }),
  cents: integer('cents').notNull(),
  openCents: integer('open_cents').notNull(),
  refundedCents: integer('refunded_cents').notNull().default(0),
  paidOn: text('paid_on').notNull(),
  reference: text('reference'),
  giftCodeId: integer('gift_code_id').references(() => giftCodes.id, { onDelete: 'restrict' }),
  attemptId: integer('attempt_id').references((): AnySQLiteColumn => paymentAttempts.id, { onDelete: 'restrict' }),
  entryId: integer('entry_id').references(() => ledgerEntries.id, { onDelete: 'restrict' }),
  who: text('who').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const allocations = sqliteTable('allocations', {
  id: integer('id').primaryKey(),
  paymentId: integer('payment_id')
    .notNull()
    .references((): AnySQLiteColumn => payments.id, { onDelete: 'restrict' }),
  chargeId: integer('charge_id')
    .notNull()
    .references(() => charges.id, { onDelete: 'restrict' }),
  cents: integer('cents').notNull(),
  at: integer('at').notNull(),
  who: text('who').notNull(),
})

export const giftUses = sqliteTable('gift_uses', {
  id: integer('id').primaryKey(),
  giftCodeId: integer('gift_code_id')
    .notNull()
    .references(() => giftCodes.id, { onDelete: 'restrict' }),
  cents: integer('cents').notNull(),
  paymentId: integer('payment_id').references((): AnySQLiteColumn => payments.id, { onDelete: 'restrict' }),
  at: integer('at').notNull(),
  who: text('who').notNull(),
})

/** What the gateway of a laptop knows of its own payment pages. */
export const testPages = sqliteTable('test_pages', {
  id: text('id').primaryKey(),
  key: text('key').notNull(),
  order: text('order').notNull(),
  state: text('state', { enum: ['open', 'answered', 'left'] }).notNull(),
  token: text('token'),
  answersAt: integer('answers_at'),
  createdAt: integer('created_at').notNull(),
})
