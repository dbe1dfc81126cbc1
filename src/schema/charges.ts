import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { chargeCategories } from './billing'
import { discountSchedules } from './discounts'
import { enrollments } from './enrollments'
import { families } from './families'
import { ledgerEntries } from './ledger'
import { locations } from './locations'
import { programs } from './programs'
import { students } from './students'
import { tasks } from './tasks'

export const charges = sqliteTable('charges', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id').notNull().references(() => families.id, { onDelete: 'restrict' }),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  kind: text('kind', { enum: ['class', 'camp', 'appointment', 'party', 'anniversary', 'late', 'product', 'pass', 'gift', 'other'] }).notNull(),
  title: text('title').notNull(),
  chargeOn: text('charge_on').notNull(),
  dueOn: text('due_on').notNull(),
  earlyBirdOn: text('early_bird_on'),
  cents: integer('cents').notNull().default(0),
  openCents: integer('open_cents').notNull().default(0),
  taskId: integer('task_id').references(() => tasks.id, { onDelete: 'set null' }),
  who: text('who').notNull(),
  source: text('source'),
  createdAt: integer('created_at').notNull(),
})

export const chargeLines = sqliteTable('charge_lines', {
  id: integer('id').primaryKey(),
  chargeId: integer('charge_id').notNull().references((): AnySQLiteColumn => charges.id, { onDelete: 'restrict' }),
  kind: text('kind', { enum: ['tuition', 'camp', 'anniversary', 'discount', 'promo', 'tax', 'appointment', 'party', 'product', 'fee', 'void', 'other'] }).notNull(),
  cents: integer('cents').notNull(),
  programId: integer('program_id').references(() => programs.id, { onDelete: 'restrict' }),
  categoryId: integer('category_id').notNull().references(() => chargeCategories.id, { onDelete: 'restrict' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'restrict' }),
  enrollmentId: integer('enrollment_id').references(() => enrollments.id, { onDelete: 'restrict' }),
  forFrom: text('for_from'),
  forTo: text('for_to'),
  discountScheduleId: integer('discount_schedule_id').references(() => discountSchedules.id, { onDelete: 'restrict' }),
  entryId: integer('entry_id').references(() => ledgerEntries.id, { onDelete: 'restrict' }),
  createdAt: integer('created_at').notNull(),
})

export const priceTraces = sqliteTable('price_traces', {
  lineId: integer('line_id').primaryKey().references((): AnySQLiteColumn => chargeLines.id, { onDelete: 'cascade' }),
  steps: text('steps').notNull(),
  deletedSchedule: integer('deleted_schedule').notNull().default(0),
})

export const tuitionClaims = sqliteTable('tuition_claims', {
  enrollmentId: integer('enrollment_id').notNull().references(() => enrollments.id, { onDelete: 'restrict' }),
  categoryId: integer('category_id').notNull().references(() => chargeCategories.id, { onDelete: 'restrict' }),
  chargeId: integer('charge_id').notNull().references((): AnySQLiteColumn => charges.id, { onDelete: 'restrict' }),
  familyId: integer('family_id').notNull().references(() => families.id, { onDelete: 'restrict' }),
}, (t) => [primaryKey({ columns: [t.enrollmentId, t.categoryId, t.familyId] })])
