import { sql } from 'drizzle-orm'
import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { billingSchedules, promoCodes } from './billing'
import { cartItems } from './carts'
import { campBlocks, classes } from './classes'
import { families } from './families'
import { terms } from './programs'
import { students } from './students'

export const dropReasons = sqliteTable('drop_reasons', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  sort: integer('sort').notNull().default(0),
  showCustomers: integer('show_customers').notNull().default(1),
  isSystem: integer('is_system').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const enrollments = sqliteTable('enrollments', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  studentId: integer('student_id').notNull().references(() => students.id, { onDelete: 'restrict' }),
  familyId: integer('family_id').notNull().references(() => families.id, { onDelete: 'restrict' }),
  classId: integer('class_id').notNull().references(() => classes.id, { onDelete: 'restrict' }),
  type: text('type', { enum: ['active', 'trial', 'makeup', 'single_day', 'wait'] }).notNull(),
  state: text('state', { enum: ['requested', 'approved', 'cancelled'] }).notNull(),
  startDate: text('start_date').notNull(),
  dropDate: text('drop_date'),
  throughDate: text('through_date').notNull().generatedAlwaysAs(sql`coalesce(drop_date, '9999-12-31')`, { mode: 'virtual' }),
  seat: text('seat', { enum: ['none', 'dates', 'days'] }).notNull().default('dates'),
  termId: integer('term_id').references(() => terms.id, { onDelete: 'restrict' }),
  dropReasonId: integer('drop_reason_id').references((): AnySQLiteColumn => dropReasons.id, { onDelete: 'set null' }),
  autoDropped: integer('auto_dropped').notNull().default(0),
  billingScheduleId: integer('billing_schedule_id').references(() => billingSchedules.id, { onDelete: 'restrict' }),
  overrideKind: text('override_kind', { enum: ['flat', 'unit'] }),
  overrideCents: integer('override_cents'),
  overrideUntil: text('override_until'),
  overrideProrates: integer('override_prorates').notNull().default(1),
  promoCodeId: integer('promo_code_id').references(() => promoCodes.id, { onDelete: 'restrict' }),
  fromEnrollmentId: integer('from_enrollment_id').references((): AnySQLiteColumn => enrollments.id, { onDelete: 'set null' }),
  by: text('by', { enum: ['customer', 'staff', 'autopilot', 'import'] }).notNull(),
  notes: text('notes'),
  source: text('source'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const enrollmentDays = sqliteTable('enrollment_days', {
  enrollmentId: integer('enrollment_id').notNull().references((): AnySQLiteColumn => enrollments.id, { onDelete: 'cascade' }),
  blockId: integer('block_id').notNull().references(() => campBlocks.id, { onDelete: 'restrict' }),
  onDate: text('on_date').notNull(),
}, (t) => [primaryKey({ columns: [t.enrollmentId, t.onDate] })])

export const waitlistOffers = sqliteTable('waitlist_offers', {
  id: integer('id').primaryKey(),
  enrollmentId: integer('enrollment_id').notNull().references((): AnySQLiteColumn => enrollments.id, { onDelete: 'cascade' }),
  classId: integer('class_id').notNull().references(() => classes.id, { onDelete: 'cascade' }),
  fromDate: text('from_date').notNull(),
  tokenHash: text('token_hash').notNull(),
  state: text('state', { enum: ['open', 'accepted', 'declined', 'expired', 'withdrawn'] }).notNull().default('open'),
  offeredAt: integer('offered_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  answeredAt: integer('answered_at'),
})

export const seats = sqliteTable('seats', {
  id: integer('id').primaryKey(),
  classId: integer('class_id').notNull().references(() => classes.id, { onDelete: 'cascade' }),
  fromDate: text('from_date').notNull(),
  toDate: text('to_date').notNull().default('9999-12-31'),
  expiresAt: integer('expires_at'),
  enrollmentId: integer('enrollment_id').references((): AnySQLiteColumn => enrollments.id, { onDelete: 'cascade' }),
  cartItemId: integer('cart_item_id').references(() => cartItems.id, { onDelete: 'cascade' }),
  offerId: integer('offer_id').references((): AnySQLiteColumn => waitlistOffers.id, { onDelete: 'cascade' }),
})
