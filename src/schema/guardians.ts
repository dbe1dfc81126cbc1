import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { guardians } from './families'

export const guardianLinks = sqliteTable('guardian_links', {
  id: integer('id').primaryKey(),
  guardianId: integer('guardian_id')
    .notNull()
    .references(() => guardians.id, { onDelete: 'cascade' }),
  purpose: text('purpose', { enum: ['invitation', 'password'] }).notNull(),
  tokenHash: text('token_hash').notNull(),
  address: text('address').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  endedAt: integer('ended_at'),
})
