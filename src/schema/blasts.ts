import { type AnySQLiteColumn, blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { staff } from './staff'
import { tasks } from './tasks'

export const blasts = sqliteTable('blasts', {
  id: integer('id').primaryKey(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  audience: text('audience').notNull(),
  live: integer('live').notNull().default(0),
  state: text('state', { enum: ['draft', 'scheduled', 'sending', 'sent', 'cancelled'] }).notNull(),
  sendAt: integer('send_at'),
  origin: text('origin').notNull(),
  reached: integer('reached').notNull().default(0),
  expandedAt: integer('expanded_at'),
  version: integer('version').notNull().default(1),
  who: text('who').notNull(),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  taskId: integer('task_id').references(() => tasks.id, { onDelete: 'set null' }),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  finishedAt: integer('finished_at'),
})

export const blastFiles = sqliteTable('blast_files', {
  id: integer('id').primaryKey(),
  blastId: integer('blast_id')
    .notNull()
    .references((): AnySQLiteColumn => blasts.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  type: text('type').notNull(),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
})

export const blastTallies = sqliteTable(
  'blast_tallies',
  {
    blastId: integer('blast_id')
      .notNull()
      .references((): AnySQLiteColumn => blasts.id, { onDelete: 'cascade' }),
    state: text('state').notNull(),
    mails: integer('mails').notNull(),
  },
  t => [primaryKey({ columns: [t.blastId, t.state] })],
)
