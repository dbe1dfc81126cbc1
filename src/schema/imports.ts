import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const imports = sqliteTable('imports', {
  id: integer('id').primaryKey(),
  kind: text('kind').notNull(),
  fileName: text('file_name').notNull(),
  digest: text('digest').notNull(),
  state: text('state', { enum: ['staging', 'checked', 'publishing', 'published', 'refused'] }).notNull(),
  lines: integer('lines').notNull().default(0),
  problem: text('problem'),
  summary: text('summary').notNull().default('{}'),
  cursor: text('cursor'),
  who: text('who').notNull(),
  createdAt: integer('created_at').notNull(),
  publishedAt: integer('published_at'),
})

export const importRows = sqliteTable(
  'import_rows',
  {
    importId: integer('import_id')
      .notNull()
      .references((): AnySQLiteColumn => imports.id, { onDelete: 'cascade' }),
    line: integer('line').notNull(),
    data: text('data').notNull(),
    refused: text('refused'),
  },
  t => [primaryKey({ columns: [t.importId, t.line] })],
)
