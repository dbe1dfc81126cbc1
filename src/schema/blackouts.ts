import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { programs } from './programs'

export const blackoutSchedules = sqliteTable('blackout_schedules', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  effect: text('effect', { enum: ['billing', 'closures', 'both'] }).notNull(),
  retiredAt: integer('retired_at'),
})

export const blackoutDates = sqliteTable(
  'blackout_dates',
  {
    scheduleId: integer('schedule_id')
      .notNull()
      .references((): AnySQLiteColumn => blackoutSchedules.id, { onDelete: 'cascade' }),
    onDate: text('on_date').notNull(),
    label: text('label'),
  },
  t => [primaryKey({ columns: [t.scheduleId, t.onDate] })],
)

export const programBlackouts = sqliteTable(
  'program_blackouts',
  {
    programId: integer('program_id')
      .notNull()
      .references(() => programs.id, { onDelete: 'cascade' }),
    scheduleId: integer('schedule_id')
      .notNull()
      .references((): AnySQLiteColumn => blackoutSchedules.id, { onDelete: 'cascade' }),
  },
  t => [primaryKey({ columns: [t.programId, t.scheduleId] })],
)
