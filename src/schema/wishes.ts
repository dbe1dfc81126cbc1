import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { staff } from './staff'

export const featureRequests = sqliteTable('feature_requests', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  text: text('text').notNull().default(''),
  state: text('state', { enum: ['open', 'planned', 'done', 'declined'] })
    .notNull()
    .default('open'),
  votes: integer('votes').notNull().default(0),
  answer: text('answer'),
  answeredBy: text('answered_by'),
  answeredAt: integer('answered_at'),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  by: text('by').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const featureVotes = sqliteTable(
  'feature_votes',
  {
    requestId: integer('request_id')
      .notNull()
      .references(() => featureRequests.id, { onDelete: 'cascade' }),
    staffId: integer('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
  },
  t => [primaryKey({ columns: [t.requestId, t.staffId] })],
)
