import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'
import { students } from './students'

export const familyMerges = sqliteTable('family_merges', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'cascade' }),
  names: text('names').notNull(),
  who: text('who').notNull(),
  madeAt: integer('made_at').notNull(),
  undoUntil: integer('undo_until').notNull(),
  undoneAt: integer('undone_at'),
  undoneBy: text('undone_by'),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'cascade' }),
})

export const familyMergeRows = sqliteTable(
  'family_merge_rows',
  {
    mergeId: integer('merge_id')
      .notNull()
      .references(() => familyMerges.id, { onDelete: 'cascade' }),
    thing: text('thing').notNull(),
    rowId: integer('row_id').notNull(),
    fromId: integer('from_id').notNull(),
    studentId: integer('student_id'),
    was: text('was'),
    mark: text('mark'),
    stays: integer('stays').notNull().default(0),
  },
  t => [primaryKey({ columns: [t.mergeId, t.thing, t.rowId, t.fromId] })],
)
