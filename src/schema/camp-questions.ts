import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { camps } from './classes'
import { enrollments } from './enrollments'

export const campQuestions = sqliteTable('camp_questions', {
  id: integer('id').primaryKey(),
  classId: integer('class_id')
    .notNull()
    .references(() => camps.classId, { onDelete: 'cascade' }),
  label: text('label').notNull(),
  kind: text('kind', { enum: ['yes_no', 'text', 'choice'] }).notNull(),
  choices: text('choices').notNull().default('[]'),
  required: integer('required').notNull().default(0),
  feeCents: integer('fee_cents').notNull().default(0),
  sort: integer('sort').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const campAnswers = sqliteTable(
  'camp_answers',
  {
    enrollmentId: integer('enrollment_id')
      .notNull()
      .references(() => enrollments.id, { onDelete: 'cascade' }),
    questionId: integer('question_id')
      .notNull()
      .references(() => campQuestions.id, { onDelete: 'cascade' }),
    answer: text('answer').notNull(),
    feeCents: integer('fee_cents').notNull().default(0),
  },
  t => [primaryKey({ columns: [t.enrollmentId, t.questionId] })],
)
