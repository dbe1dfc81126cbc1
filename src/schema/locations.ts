import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const locations = sqliteTable('locations', {
  id: integer('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull().default('USD'),
  phone: text('phone'),
  email: text('email'),
  address: text('address'),
  sort: integer('sort').notNull().default(0),
  closedAt: integer('closed_at'),
  createdAt: integer('created_at').notNull(),
})
