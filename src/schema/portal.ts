import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { locations } from './locations'

export const announcements = sqliteTable('announcements', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['announcement', 'alert'] }).notNull(),
  place: text('place', { enum: ['front', 'account', 'checkout'] }).notNull(),
  title: text('title').notNull(),
  text: text('text').notNull().default(''),
  locationId: integer('location_id').references(() => locations.id, { onDelete: 'cascade' }),
  fromAt: integer('from_at').notNull(),
  untilAt: integer('until_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const pictures = sqliteTable('pictures', {
  hash: text('hash').primaryKey(),
  type: text('type', { enum: ['image/png', 'image/jpeg', 'image/webp'] }).notNull(),
  content: text('content').notNull(),
  createdAt: integer('created_at').notNull(),
})
