import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families, guardians } from './families'
import { staff } from './staff'
import { students } from './students'

export const policies = sqliteTable('policies', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['family', 'student', 'appointment', 'transaction'] }).notNull(),
  name: text('name').notNull(),
  builtIn: text('built_in'),
  sort: integer('sort').notNull().default(0),
  active: integer('active').notNull().default(0),
  required: integer('required').notNull().default(0),
  showWeb: integer('show_web').notNull().default(1),
  versionId: integer('version_id').references((): AnySQLiteColumn => policyVersions.id, { onDelete: 'restrict' }),
})

export const policyVersions = sqliteTable('policy_versions', {
  id: integer('id').primaryKey(),
  policyId: integer('policy_id').notNull().references((): AnySQLiteColumn => policies.id, { onDelete: 'restrict' }),
  number: integer('number').notNull(),
  body: text('body').notNull(),
  publishedAt: integer('published_at').notNull(),
  publishedBy: integer('published_by').references(() => staff.id, { onDelete: 'set null' }),
})

export const policyAnswers = sqliteTable('policy_answers', {
  id: integer('id').primaryKey(),
  versionId: integer('version_id').notNull().references((): AnySQLiteColumn => policyVersions.id, { onDelete: 'restrict' }),
  familyId: integer('family_id').notNull().references(() => families.id, { onDelete: 'cascade' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'cascade' }),
  answer: text('answer', { enum: ['accepted', 'rejected', 'put_off'] }).notNull(),
  guardianId: integer('guardian_id').references(() => guardians.id, { onDelete: 'set null' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  electronic: integer('electronic').notNull(),
  ip: text('ip'),
  at: integer('at').notNull(),
})
