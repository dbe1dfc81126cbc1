import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { promoCodes } from './billing'
import { enrollments } from './enrollments'
import { families } from './families'

export const promoScopes = sqliteTable(
  'promo_scopes',
  {
    promoCodeId: integer('promo_code_id')
      .notNull()
      .references((): AnySQLiteColumn => promoCodes.id, { onDelete: 'cascade' }),
    subject: text('subject', { enum: ['program', 'class', 'product', 'category'] }).notNull(),
    subjectId: integer('subject_id').notNull(),
  },
  t => [primaryKey({ columns: [t.promoCodeId, t.subject, t.subjectId] })],
)

export const promoUses = sqliteTable('promo_uses', {
  id: integer('id').primaryKey(),
  promoCodeId: integer('promo_code_id')
    .notNull()
    .references((): AnySQLiteColumn => promoCodes.id, { onDelete: 'restrict' }),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  enrollmentId: integer('enrollment_id').references((): AnySQLiteColumn => enrollments.id, { onDelete: 'cascade' }),
  onceKey: text('once_key'),
  at: integer('at').notNull(),
})
