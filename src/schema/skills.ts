import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { classes } from './classes'
import { skillTrees } from './programs'
import { staff } from './staff'
import { students } from './students'

export const skillLevels = sqliteTable('skill_levels', {
  id: integer('id').primaryKey(),
  treeId: integer('tree_id')
    .notNull()
    .references(() => skillTrees.id, { onDelete: 'cascade' }),
  sort: integer('sort').notNull(),
  name: text('name').notNull(),
  code: text('code'),
  description: text('description'),
})

export const skillEvents = sqliteTable('skill_events', {
  id: integer('id').primaryKey(),
  levelId: integer('level_id')
    .notNull()
    .references(() => skillLevels.id, { onDelete: 'cascade' }),
  sort: integer('sort').notNull(),
  name: text('name').notNull(),
})

export const skills = sqliteTable('skills', { id: integer('id').primaryKey(), name: text('name').notNull() })

export const eventSkills = sqliteTable(
  'event_skills',
  {
    eventId: integer('event_id')
      .notNull()
      .references(() => skillEvents.id, { onDelete: 'cascade' }),
    skillId: integer('skill_id')
      .notNull()
      .references(() => skills.id, { onDelete: 'cascade' }),
    sort: integer('sort').notNull(),
  },
  t => [primaryKey({ columns: [t.eventId, t.skillId] })],
)

export const skillResults = sqliteTable('skill_results', {
  id: integer('id').primaryKey(),
  studentId: integer('student_id')
    .notNull()
    .references(() => students.id, { onDelete: 'cascade' }),
  skillId: integer('skill_id')
    .notNull()
    .references(() => skills.id, { onDelete: 'restrict' }),
  stars: integer('stars').notNull(),
  classId: integer('class_id').references(() => classes.id, { onDelete: 'set null' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  at: integer('at').notNull(),
})

export const skillPasses = sqliteTable(
  'skill_passes',
  {
    studentId: integer('student_id')
      .notNull()
      .references(() => students.id, { onDelete: 'cascade' }),
    levelId: integer('level_id')
      .notNull()
      .references(() => skillLevels.id, { onDelete: 'cascade' }),
    at: integer('at').notNull(),
    staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  },
  t => [primaryKey({ columns: [t.studentId, t.levelId] })],
)
