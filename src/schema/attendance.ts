import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { meetings } from './classes'
import { enrollments } from './enrollments'
import { staff } from './staff'

export const attendance = sqliteTable(
  'attendance',
  {
    meetingId: integer('meeting_id')
      .notNull()
      .references(() => meetings.id, { onDelete: 'restrict' }),
    enrollmentId: integer('enrollment_id')
      .notNull()
      .references(() => enrollments.id, { onDelete: 'restrict' }),
    mark: text('mark', { enum: ['present', 'absent', 'tardy'] }).notNull(),
    excused: integer('excused').notNull().default(0),
    madeIn: text('made_in').notNull(),
    staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
    at: integer('at').notNull(),
  },
  t => [primaryKey({ columns: [t.meetingId, t.enrollmentId] })],
)
