import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { classes } from './classes'
import { dropReasons, enrollments } from './enrollments'
import { families } from './families'
import { locations } from './locations'
import { terms } from './programs'

export const transfers = sqliteTable('transfers', {
  id: integer('id').primaryKey(),
  sourceId: integer('source_id')
    .notNull()
    .references(() => enrollments.id, { onDelete: 'restrict' }),
  targetId: integer('target_id').references(() => enrollments.id, { onDelete: 'set null' }),
  classId: integer('class_id')
    .notNull()
    .references(() => classes.id, { onDelete: 'restrict' }),
  type: text('type', { enum: ['active', 'trial', 'makeup', 'single_day', 'wait'] }).notNull(),
  termId: integer('term_id').references(() => terms.id, { onDelete: 'set null' }),
  onDate: text('on_date').notNull(),
  previousDropDate: text('previous_drop_date'),
  copiedDropDate: text('copied_drop_date'),
  keepOverrides: integer('keep_overrides').notNull().default(1),
  state: text('state', { enum: ['requested', 'approved', 'denied', 'withdrawn'] }).notNull(),
  notes: text('notes'),
  createdAt: integer('created_at').notNull(),
  decidedAt: integer('decided_at'),
})

export const dropRequests = sqliteTable('drop_requests', {
  id: integer('id').primaryKey(),
  enrollmentId: integer('enrollment_id')
    .notNull()
    .references(() => enrollments.id, { onDelete: 'cascade' }),
  onDate: text('on_date').notNull(),
  dropReasonId: integer('drop_reason_id').references(() => dropReasons.id, { onDelete: 'set null' }),
  state: text('state', { enum: ['requested', 'approved', 'denied', 'withdrawn'] }).notNull(),
  automatic: integer('automatic').notNull().default(0),
  notes: text('notes'),
  createdAt: integer('created_at').notNull(),
  decidedAt: integer('decided_at'),
  days: text('days'),
  previousDropDate: text('previous_drop_date'),
  creditCents: integer('credit_cents').notNull().default(0),
  undoneAt: integer('undone_at'),
})

export const absenceRequests = sqliteTable('absence_requests', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'cascade' }),
  way: text('way', { enum: ['by_date', 'by_enrollment', 'kiosk', 'staff'] }).notNull(),
  fromDate: text('from_date').notNull(),
  toDate: text('to_date').notNull(),
  fromTime: text('from_time'),
  toTime: text('to_time'),
  notes: text('notes'),
  late: integer('late').notNull().default(0),
  createdAt: integer('created_at').notNull(),
})

export const absences = sqliteTable('absences', {
  id: integer('id').primaryKey(),
  requestId: integer('request_id').references((): AnySQLiteColumn => absenceRequests.id, { onDelete: 'cascade' }),
  enrollmentId: integer('enrollment_id')
    .notNull()
    .references(() => enrollments.id, { onDelete: 'cascade' }),
  classId: integer('class_id')
    .notNull()
    .references(() => classes.id, { onDelete: 'cascade' }),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  onDate: text('on_date').notNull(),
  state: text('state', { enum: ['pending', 'approved', 'denied', 'withdrawn'] }).notNull(),
  excused: integer('excused').notNull().default(1),
  freesPlace: integer('frees_place').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  decidedAt: integer('decided_at'),
})
