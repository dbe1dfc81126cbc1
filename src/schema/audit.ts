import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const audit = sqliteTable('audit', {
  id: integer('id').primaryKey(),
  at: integer('at').notNull(),
  who: text('who').notNull(),
  loginId: integer('login_id'),
  madeIn: text('made_in', {
    enum: [
      'office',
      'staff_portal',
      'customer_portal',
      'app',
      'check_in_kiosk',
      'time_clock_kiosk',
      'autopilot',
      'system',
      'import',
    ],
  }).notNull(),
  ip: text('ip'),
  action: text('action').notNull(),
  summary: text('summary').notNull(),
  before: text('before'),
  after: text('after'),
  operation: text('operation'),
})

export const auditSubjects = sqliteTable(
  'audit_subjects',
  {
    subject: text('subject').notNull(),
    subjectId: integer('subject_id').notNull(),
    auditId: integer('audit_id')
      .notNull()
      .references((): AnySQLiteColumn => audit.id, { onDelete: 'cascade' }),
  },
  t => [primaryKey({ columns: [t.subject, t.subjectId, t.auditId] })],
)
