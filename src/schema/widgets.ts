import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { staff } from './staff'

export const widgets = sqliteTable('widgets', {
  id: integer('id').primaryKey(),
  staffId: integer('staff_id')
    .notNull()
    .references((): AnySQLiteColumn => staff.id, { onDelete: 'cascade' }),
  sort: integer('sort').notNull(),
  kind: text('kind').notNull(),
  /** Of three columns. */
  width: integer('width').notNull(),
  choices: text('choices').notNull().default('{}'),
})
