import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const billingSchedules = sqliteTable('billing_schedules', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  cycle: text('cycle', { enum: ['month_session', 'calendar_month', 'four_weeks'] }).notNull(),
  retiredAt: integer('retired_at'),
})

export const promoCodes = sqliteTable('promo_codes', {
  id: integer('id').primaryKey(),
  code: text('code').notNull(),
  kind: text('kind', { enum: ['amount', 'percent', 'billing_schedule', 'trial'] }).notNull(),
  amount: integer('amount'),
  billingScheduleId: integer('billing_schedule_id').references((): AnySQLiteColumn => billingSchedules.id, { onDelete: 'set null' }),
  stackable: integer('stackable').notNull().default(0),
  maxUses: integer('max_uses'),
  oncePerFamily: integer('once_per_family').notNull().default(0),
  uses: integer('uses').notNull().default(0),
  fromOn: text('from_on'),
  untilOn: text('until_on'),
  retiredAt: integer('retired_at'),
})

export const chargeCategories = sqliteTable('charge_categories', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  expiresOn: text('expires_on'),
  source: text('source'),
})
