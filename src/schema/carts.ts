import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { promoCodes } from './billing'
import { classes } from './classes'
import { families } from './families'
import { productVariants } from './products'
import { terms } from './programs'
import { staff } from './staff'
import { students } from './students'

export const carts = sqliteTable('carts', {
  id: integer('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'cascade' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  madeIn: text('made_in', { enum: ['portal', 'class_wizard', 'camp_wizard', 'point_of_sale'] }).notNull(),
  state: text('state', { enum: ['open', 'paying', 'submitted', 'expired', 'dropped'] })
    .notNull()
    .default('open'),
  expiresAt: integer('expires_at').notNull(),
  capAt: integer('cap_at').notNull(),
  answers: text('answers').notNull().default('{}'),
  createdAt: integer('created_at').notNull(),
  promoCodeId: integer('promo_code_id').references(() => promoCodes.id, { onDelete: 'set null' }),
})

export const cartItems = sqliteTable('cart_items', {
  id: integer('id').primaryKey(),
  cartId: integer('cart_id')
    .notNull()
    .references((): AnySQLiteColumn => carts.id, { onDelete: 'cascade' }),
  kind: text('kind', { enum: ['enrollment', 'product', 'pass', 'gift', 'party', 'booking', 'anniversary'] }).notNull(),
  classId: integer('class_id').references(() => classes.id, { onDelete: 'cascade' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'cascade' }),
  type: text('type', { enum: ['active', 'trial', 'makeup', 'single_day', 'wait'] }),
  startDate: text('start_date'),
  dropDate: text('drop_date'),
  termId: integer('term_id').references(() => terms.id, { onDelete: 'set null' }),
  variantId: integer('variant_id').references(() => productVariants.id, { onDelete: 'cascade' }),
  quantity: integer('quantity').notNull().default(1),
  particulars: text('particulars').notNull().default('{}'),
  cents: integer('cents').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  notes: text('notes'),
})
