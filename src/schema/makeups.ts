import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { enrollments } from './enrollments'
import { families } from './families'
import { locations } from './locations'
import { programs } from './programs'
import { students } from './students'

export const makeupTokens = sqliteTable('makeup_tokens', {
  id: integer('id').primaryKey(),
  studentId: integer('student_id')
    .notNull()
    .references(() => students.id, { onDelete: 'restrict' }),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  programId: integer('program_id').references(() => programs.id, { onDelete: 'set null' }),
  enrollmentId: integer('enrollment_id').references(() => enrollments.id, { onDelete: 'restrict' }),
  missedOn: text('missed_on'),
  issuedBy: text('issued_by').notNull(),
  issuedAt: integer('issued_at').notNull(),
  expiresOn: text('expires_on').notNull().default('9999-12-31'),
  comment: text('comment'),
  usedBy: integer('used_by').references(() => enrollments.id, { onDelete: 'set null' }),
  revokedAt: integer('revoked_at'),
})
