import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const settings = sqliteTable(
  'settings',
  {
    name: text('name').notNull(),
    locationId: integer('location_id').notNull().default(0),
    value: text('value').notNull(),
    updatedAt: integer('updated_at').notNull(),
    who: text('who').notNull(),
  },
  t => [primaryKey({ columns: [t.name, t.locationId] })],
)
