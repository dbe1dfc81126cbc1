import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { staff } from './staff'

export const tasks = sqliteTable('tasks', {
  id: integer('id').primaryKey(),
  kind: text('kind').notNull(),
  title: text('title').notNull(),
  who: text('who').notNull(),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  state: text('state', { enum: ['waiting', 'running', 'done', 'failed', 'cancelled'] }).notNull(),
  input: text('input').notNull(),
  cursor: text('cursor'),
  done: integer('done').notNull().default(0),
  total: integer('total'),
  failures: integer('failures').notNull().default(0),
  resultKey: text('result_key'),
  createdAt: integer('created_at').notNull(),
  movedAt: integer('moved_at'),
  finishedAt: integer('finished_at'),
})

export const taskItems = sqliteTable('task_items', {
  taskId: integer('task_id').notNull().references((): AnySQLiteColumn => tasks.id, { onDelete: 'cascade' }),
  item: text('item').notNull(),
  state: text('state', { enum: ['waiting', 'done', 'refused'] }).notNull(),
  report: text('report'),
}, (t) => [primaryKey({ columns: [t.taskId, t.item] })])
