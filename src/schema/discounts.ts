import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const discountSchedules = sqliteTable('discount_schedules', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  countClasses: text('count_classes', { enum: ['one', 'one_per_student', 'total'] }).notNull(),
  countStudents: text('count_students', { enum: ['one', 'total'] }).notNull(),
  unit: text('unit', { enum: ['cents', 'percent'] }).notNull(),
  deletedAt: integer('deleted_at'),
})

export const discountCells = sqliteTable('discount_cells', {
  scheduleId: integer('schedule_id').notNull().references((): AnySQLiteColumn => discountSchedules.id, { onDelete: 'cascade' }),
  nthClass: integer('nth_class').notNull(),
  nthStudent: integer('nth_student').notNull(),
  amount: integer('amount').notNull(),
}, (t) => [primaryKey({ columns: [t.scheduleId, t.nthClass, t.nthStudent] })])
