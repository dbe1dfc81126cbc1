import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { blasts } from './blasts'
import { families } from './families'
import { staff } from './staff'

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
  blastId: integer('blast_id').references(() => blasts.id, { onDelete: 'cascade' }),
  template: text('template'),
  data: text('data'),
  dueAt: integer('due_at'),
  leaseUntil: integer('lease_until'),
  tries: integer('tries').notNull().default(0),
  reason: text('reason'),
})

export const suppressions = sqliteTable(
  'suppressions',
  {
    channel: text('channel', { enum: ['email', 'sms', 'push'] }).notNull(),
    folded: text('folded').notNull(),
    reason: text('reason', { enum: ['bounced', 'complained'] }).notNull(),
    at: integer('at').notNull(),
  },
  t => [primaryKey({ columns: [t.channel, t.folded] })],
)

export const localMail = sqliteTable('local_mail', {
  id: integer('id').primaryKey(),
  key: text('key').notNull(),
  recipient: text('recipient').notNull(),
  mail: text('mail').notNull(),
  at: integer('at').notNull(),
})
