import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const keywords = sqliteTable('keywords', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  colour: text('colour'),
  givesPriority: integer('gives_priority').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const keywordLinks = sqliteTable(
  'keyword_links',
  {
    keywordId: integer('keyword_id')
      .notNull()
      .references((): AnySQLiteColumn => keywords.id, { onDelete: 'cascade' }),
    subject: text('subject', { enum: ['family', 'student', 'staff', 'program', 'class', 'appointment'] }).notNull(),
    subjectId: integer('subject_id').notNull(),
  },
  t => [primaryKey({ columns: [t.subject, t.subjectId, t.keywordId] })],
)
