import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bookings } from './appointments'
import { charges } from './charges'
import { enrollments } from './enrollments'
import { families } from './families'
import { productVariants } from './products'
import { students } from './students'

export const passProducts = sqliteTable('pass_products', {
  id: integer('id').primaryKey(),
  slug: text('slug').notNull(),
  title: text('title').notNull(),
  description: text('description'),
  holder: text('holder', { enum: ['family', 'student'] }).notNull(),
  variantId: integer('variant_id').references(() => productVariants.id, { onDelete: 'set null' }),
  cents: integer('cents').notNull(),
  punches: integer('punches').notNull(),
  validDays: integer('valid_days'),
  /**
   * What it is for, as `{"programs": [1, 2], "uses": "both", "services": [3]}`: programs and services of appointments, all
   * where none is named; for classes alone where no use is.
   */
  allowed: text('allowed').notNull().default('{}'),
  showPortal: integer('show_portal').notNull().default(1),
  retiredAt: integer('retired_at'),
})

export const passes = sqliteTable('passes', {
  id: integer('id').primaryKey(),
  productId: integer('product_id')
    .notNull()
    .references(() => passProducts.id, { onDelete: 'restrict' }),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'restrict' }),
  chargeId: integer('charge_id').references(() => charges.id, { onDelete: 'restrict' }),
  punches: integer('punches').notNull(),
  used: integer('used').notNull().default(0),
  boughtOn: text('bought_on').notNull(),
  activeOn: text('active_on').notNull(),
  expiresOn: text('expires_on').notNull().default('9999-12-31'),
  suspendedAt: integer('suspended_at'),
})

export const punches = sqliteTable('punches', {
  id: integer('id').primaryKey(),
  passId: integer('pass_id')
    .notNull()
    .references((): AnySQLiteColumn => passes.id, { onDelete: 'restrict' }),
  enrollmentId: integer('enrollment_id')
    .notNull()
    .references(() => enrollments.id, { onDelete: 'cascade' }),
  at: integer('at').notNull(),
  who: text('who').notNull(),
})

/** A punch that paid a booking; the others paid a day of a class. */
export const bookingPunches = sqliteTable('booking_punches', {
  id: integer('id').primaryKey(),
  passId: integer('pass_id')
    .notNull()
    .references((): AnySQLiteColumn => passes.id, { onDelete: 'restrict' }),
  bookingId: integer('booking_id')
    .notNull()
    .unique()
    .references(() => bookings.id, { onDelete: 'cascade' }),
  at: integer('at').notNull(),
  who: text('who').notNull(),
})
