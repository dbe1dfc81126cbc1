import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const figures = sqliteTable(
  'figures',
  {
    name: text('name', { enum: ['enrollments', 'families', 'students', 'classes'] }).notNull(),
    /** 0 is the whole business. */
    locationId: integer('location_id').notNull(),
    number: integer('number').notNull(),
    onDate: text('on_date').notNull(),
    at: integer('at').notNull(),
  },
  t => [primaryKey({ columns: [t.name, t.locationId] })],
)
