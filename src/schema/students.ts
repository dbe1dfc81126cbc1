import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'

export const grades = sqliteTable('grades', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  sort: integer('sort').notNull(),
  ageFrom: integer('age_from'),
  retiredAt: integer('retired_at'),
})

export const students = sqliteTable('students', {
  id: integer('id').primaryKey(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  sortName: text('sort_name').notNull(),
  birthDate: text('birth_date'),
  gender: text('gender', { enum: ['male', 'female', 'unstated'] })
    .notNull()
    .default('unstated'),
  gradeId: integer('grade_id').references((): AnySQLiteColumn => grades.id, { onDelete: 'set null' }),
  gradeIsFixed: integer('grade_is_fixed').notNull().default(0),
  medical: text('medical'),
  notes: text('notes'),
  photoKey: text('photo_key'),
  qrToken: text('qr_token'),
  qrMadeAt: integer('qr_made_at'),
  state: text('state', { enum: ['open', 'anonymised'] })
    .notNull()
    .default('open'),
  source: text('source'),
  firstEnrolledOn: text('first_enrolled_on'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  mergedInto: integer('merged_into').references((): AnySQLiteColumn => students.id, { onDelete: 'set null' }),
})

export const familyStudents = sqliteTable(
  'family_students',
  {
    familyId: integer('family_id')
      .notNull()
      .references(() => families.id, { onDelete: 'restrict' }),
    studentId: integer('student_id')
      .notNull()
      .references((): AnySQLiteColumn => students.id, { onDelete: 'cascade' }),
    share: integer('share').notNull().default(10000),
    isHome: integer('is_home').notNull().default(1),
    mayEnroll: integer('may_enroll').notNull().default(1),
    maySeeMedical: integer('may_see_medical').notNull().default(1),
    createdAt: integer('created_at').notNull(),
  },
  t => [primaryKey({ columns: [t.familyId, t.studentId] })],
)
