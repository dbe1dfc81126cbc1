import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const guard = sqliteTable('guard', {
  code: text('code').notNull(),
  ok: integer('ok'),
})

export const answers = sqliteTable('answers', {
  key: text('key').notNull(),
  path: text('path').notNull(),
  who: text('who').notNull(),
  status: integer('status').notNull(),
  location: text('location'),
  report: text('report'),
  at: integer('at').notNull(),
}, (t) => [primaryKey({ columns: [t.key, t.path] })])
