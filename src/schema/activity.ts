import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'
import { locations } from './locations'
import { staff } from './staff'
import { students } from './students'

export const activity = sqliteTable('activity', {
  id: integer('id').primaryKey(),
  kind: text('kind', {
    enum: [
      'absence',
      'appointment',
      'appointment_cancelled',
      'appointment_reschedule',
      'autopay',
      'payment',
      'gift_card',
      'new_account',
      'enrollment',
      'drop',
      'transfer',
      'party',
      'policy',
      'student',
      'online_order',
      'opt_out',
      'deletion_request',
    ],
  }).notNull(),
  status: text('status', { enum: ['pending', 'approved', 'notification', 'special'] }).notNull(),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'set null' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'set null' }),
  locationId: integer('location_id').references(() => locations.id, { onDelete: 'set null' }),
  subject: text('subject').notNull(),
  subjectId: integer('subject_id'),
  particulars: text('particulars').notNull().default('{}'),
  notes: text('notes'),
  hasNotes: integer('has_notes').notNull().default(0),
  by: text('by').notNull(),
  ip: text('ip'),
  createdAt: integer('created_at').notNull(),
  closedAt: integer('closed_at'),
  outcome: text('outcome', { enum: ['approved', 'denied', 'dismissed', 'withdrawn', 'replaced'] }),
  closedBy: text('closed_by'),
  operation: text('operation'),
})

/** Open entries that wait for a decision, by place; 0 is none. Triggers keep it. */
export const waiting = sqliteTable('waiting', {
  locationId: integer('location_id').primaryKey(),
  entries: integer('entries').notNull(),
})

export const activityNotes = sqliteTable('activity_notes', {
  id: integer('id').primaryKey(),
  activityId: integer('activity_id')
    .notNull()
    .references((): AnySQLiteColumn => activity.id, { onDelete: 'cascade' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  body: text('body').notNull(),
  at: integer('at').notNull(),
})
