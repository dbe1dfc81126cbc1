import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const customFields = sqliteTable('custom_fields', {
  id: integer('id').primaryKey(),
  subject: text('subject', { enum: ['family', 'student', 'staff'] })
    .notNull()
    .default('student'),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['text', 'long_text', 'number', 'date', 'yes_no', 'choice'] }).notNull(),
  /** One a line. */
  choices: text('choices'),
  portal: text('portal', { enum: ['hidden', 'shown', 'editable', 'required'] })
    .notNull()
    .default('hidden'),
  sort: integer('sort').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const customValues = sqliteTable(
  'custom_values',
  {
    fieldId: integer('field_id')
      .notNull()
      .references((): AnySQLiteColumn => customFields.id, { onDelete: 'cascade' }),
    subjectId: integer('subject_id').notNull(),
    value: text('value').notNull(),
  },
  t => [primaryKey({ columns: [t.fieldId, t.subjectId] })],
)
