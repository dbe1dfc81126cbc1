import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Keys of what was handled already: a message or a webhook that comes twice finds its own. */
export const inbox = sqliteTable('inbox', {
  key: text('key').primaryKey(),
  at: integer('at').notNull(),
})
