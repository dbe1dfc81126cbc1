import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'
import { staff } from './staff'

export const familyNotes = sqliteTable('family_notes', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'cascade' }),
  body: text('body').notNull(),
  pinned: integer('pinned').notNull().default(0),
  who: text('who').notNull(),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  createdAt: integer('created_at').notNull(),
  removedAt: integer('removed_at'),
})
