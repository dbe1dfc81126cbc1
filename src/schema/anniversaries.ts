import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { chargeCategories } from './billing'
import { charges } from './charges'
import { families } from './families'
import { programs } from './programs'
import { students } from './students'

export const anniversaryFees = sqliteTable('anniversary_fees', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  per: text('per', { enum: ['student', 'family'] }).notNull(),
  programId: integer('program_id')
    .notNull()
    .references(() => programs.id, { onDelete: 'restrict' }),
  chargeCategoryId: integer('charge_category_id')
    .notNull()
    .references(() => chargeCategories.id, { onDelete: 'restrict' }),
  cents: integer('cents').notNull(),
  months: integer('months'),
  retiredAt: integer('retired_at'),
})

export const anniversaryPrograms = sqliteTable(
  'anniversary_programs',
  {
    feeId: integer('fee_id')
      .notNull()
      .references((): AnySQLiteColumn => anniversaryFees.id, { onDelete: 'cascade' }),
    programId: integer('program_id')
      .notNull()
      .references(() => programs.id, { onDelete: 'cascade' }),
  },
  t => [primaryKey({ columns: [t.feeId, t.programId] })],
)

export const anniversaryDues = sqliteTable('anniversary_dues', {
  id: integer('id').primaryKey(),
  feeId: integer('fee_id')
    .notNull()
    .references((): AnySQLiteColumn => anniversaryFees.id, { onDelete: 'cascade' }),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'cascade' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'cascade' }),
  nextOn: text('next_on').notNull().default('0000-01-01'),
  customCents: integer('custom_cents'),
  lastChargeId: integer('last_charge_id').references(() => charges.id, { onDelete: 'set null' }),
})
