import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { chargeCategories } from './billing'
import { charges } from './charges'
import { families } from './families'
import { ledgerAccounts, ledgerEntries } from './ledger'
import { locations } from './locations'
import { payments } from './payments'
import { programs } from './programs'

export const ledgerLines = sqliteTable('ledger_lines', {
  id: integer('id').primaryKey(),
  entryId: integer('entry_id').notNull().references(() => ledgerEntries.id, { onDelete: 'restrict' }),
  accountId: integer('account_id').notNull().references(() => ledgerAccounts.id, { onDelete: 'restrict' }),
  cents: integer('cents').notNull(),
  effectiveOn: text('effective_on').notNull(),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'restrict' }),
  chargeId: integer('charge_id').references(() => charges.id, { onDelete: 'restrict' }),
  paymentId: integer('payment_id').references(() => payments.id, { onDelete: 'restrict' }),
  programId: integer('program_id').references(() => programs.id, { onDelete: 'restrict' }),
  categoryId: integer('category_id').references(() => chargeCategories.id, { onDelete: 'restrict' }),
})

export const familyBalances = sqliteTable('family_balances', {
  familyId: integer('family_id').notNull().references(() => families.id, { onDelete: 'restrict' }),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  cents: integer('cents').notNull(),
}, (t) => [primaryKey({ columns: [t.familyId, t.locationId] })])
