import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What retention removed; the row without `finishedAt` is under way, one a subject. */
export const retentionRuns = sqliteTable('retention_runs', {
  id: integer('id').primaryKey(),
  subject: text('subject').notNull(),
  beforeAt: integer('before_at').notNull(),
  removed: integer('removed').notNull().default(0),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
})

/** One row: when retention looked last, and who goes on with it. */
export const retentionLooks = sqliteTable('retention_looks', {
  id: integer('id').primaryKey(),
  pass: text('pass').notNull(),
  beganAt: integer('began_at').notNull(),
  endedAt: integer('ended_at'),
})
