import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'
import { staff } from './staff'

export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey(),
  job: text('job').notNull(),
  key: text('key').notNull(),
  body: text('body').notNull(),
  dueAt: integer('due_at').notNull(),
  sentAt: integer('sent_at'),
  doneAt: integer('done_at'),
  tries: integer('tries').notNull().default(0),
  failure: text('failure'),
  createdAt: integer('created_at').notNull(),
})

export const inbox = sqliteTable('inbox', {
  key: text('key').primaryKey(),
  at: integer('at').notNull(),
})

export const messages = sqliteTable('messages', {
  id: integer('id').primaryKey(),
  way: text('way', { enum: ['in', 'out'] }).notNull(),
  channel: text('channel', { enum: ['email', 'sms', 'push'] }).notNull(),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'set null' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  address: text('address').notNull(),
  subject: text('subject'),
  body: text('body'),
  state: text('state').notNull(),
  providerId: text('provider_id'),
  key: text('key'),
  readAt: integer('read_at'),
  at: integer('at').notNull(),
})
