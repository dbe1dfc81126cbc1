import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const templates = sqliteTable('templates', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['blast', 'automatic'] }).notNull(),
  name: text('name').notNull(),
  language: text('language').notNull().default('en'),
  createdAt: integer('created_at').notNull(),
  retiredAt: integer('retired_at'),
})

export const templateVersions = sqliteTable(
  'template_versions',
  {
    templateId: integer('template_id')
      .notNull()
      .references((): AnySQLiteColumn => templates.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    who: text('who').notNull(),
    at: integer('at').notNull(),
  },
  t => [primaryKey({ columns: [t.templateId, t.version] })],
)
