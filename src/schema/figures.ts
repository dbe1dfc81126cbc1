import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const figures = sqliteTable(
  'figures',
  {
    name: text('name', {
      enum: ['enrollments', 'families', 'students', 'classes', 'staff', 'active_families', 'active_students'],
    }).notNull(),
    /** 0 is the whole business. */
    locationId: integer('location_id').notNull(),
    /** 0 is all programs. */
    programId: integer('program_id').notNull().default(0),
    number: integer('number').notNull(),
    onDate: text('on_date').notNull(),
    at: integer('at').notNull(),
  },
  t => [primaryKey({ columns: [t.name, t.onDate, t.locationId, t.programId] })],
)

export const moneySums = sqliteTable(
  'money_sums',
  {
    kind: text('kind', { enum: ['charges', 'payments', 'credits'] }).notNull(),
    /** A month of charges, a day of payments and credits. */
    period: text('period').notNull(),
    locationId: integer('location_id').notNull(),
    programId: integer('program_id').notNull().default(0),
    categoryId: integer('category_id').notNull().default(0),
    cents: integer('cents').notNull(),
  },
  t => [primaryKey({ columns: [t.kind, t.period, t.locationId, t.programId, t.categoryId] })],
)

export const summed = sqliteTable('summed', {
  source: text('source', { enum: ['charge_lines', 'payments'] }).primaryKey(),
  throughId: integer('through_id').notNull(),
})
