import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** When the clock, the queue and what was given up were last seen at work. */
export const signs = sqliteTable('signs', {
  name: text('name', { enum: ['clock', 'queue', 'dead letters'] }).primaryKey(),
  at: integer('at').notNull(),
  number: integer('number').notNull().default(0),
})
