import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { discountSchedules } from './discounts'
import { locations } from './locations'

export const skillTrees = sqliteTable('skill_trees', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  retiredAt: integer('retired_at'),
})

export const programs = sqliteTable('programs', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['class', 'camp', 'appointment', 'party', 'non_class'] })
    .notNull()
    .default('class'),
  discountScheduleId: integer('discount_schedule_id').references(() => discountSchedules.id, { onDelete: 'set null' }),
  skillTreeId: integer('skill_tree_id').references((): AnySQLiteColumn => skillTrees.id, { onDelete: 'set null' }),
  imageKey: text('image_key'),
  sort: integer('sort').notNull().default(0),
  retiredAt: integer('retired_at'),
  source: text('source'),
  closures: text('closures').notNull().default('[]'),
  openTo: text('open_to', { enum: ['all', 'new', 'returning'] })
    .notNull()
    .default('all'),
  openToUntil: integer('open_to_until'),
})

export const levels = sqliteTable('levels', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  sort: integer('sort').notNull(),
  colour: text('colour'),
  imageKey: text('image_key'),
  retiredAt: integer('retired_at'),
})

export const zones = sqliteTable('zones', {
  id: integer('id').primaryKey(),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  name: text('name').notNull(),
  maxClasses: integer('max_classes'),
  retiredAt: integer('retired_at'),
})

export const terms = sqliteTable('terms', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['session', 'rolling'] }).notNull(),
  locationId: integer('location_id').references(() => locations.id, { onDelete: 'restrict' }),
  startDate: text('start_date').notNull(),
  endDate: text('end_date').notNull(),
  registrationFrom: integer('registration_from'),
  registrationTo: integer('registration_to'),
  priorityFrom: integer('priority_from'),
  priorityTo: integer('priority_to'),
  retiredAt: integer('retired_at'),
})
