import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { locations } from './locations'
import { programs } from './programs'

export const ledgerAccounts = sqliteTable('ledger_accounts', {
  id: integer('id').primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['receivable', 'income', 'tax', 'money', 'credit_given', 'gift_liability', 'fee', 'rounding', 'opening'] }).notNull(),
  programId: integer('program_id').references(() => programs.id, { onDelete: 'restrict' }),
  quickbooks: text('quickbooks'),
})

export const ledgerEntries = sqliteTable('ledger_entries', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['charge', 'adjustment', 'payment', 'refund', 'credit', 'void', 'gift_sale', 'gift_use', 'opening', 'transfer'] }).notNull(),
  effectiveOn: text('effective_on').notNull(),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  memo: text('memo').notNull(),
  reversesId: integer('reverses_id').references((): AnySQLiteColumn => ledgerEntries.id, { onDelete: 'restrict' }),
  operation: text('operation').notNull(),
  who: text('who').notNull(),
  createdAt: integer('created_at').notNull(),
})
