import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { locations } from './locations'
import { staff } from './staff'

export const news = sqliteTable('news', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  text: text('text').notNull(),
  locationId: integer('location_id').references(() => locations.id, { onDelete: 'cascade' }),
  fromAt: integer('from_at').notNull(),
  untilAt: integer('until_at'),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  by: text('by').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})
