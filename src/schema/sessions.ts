import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { families } from './families'
import { locations } from './locations'
import { logins } from './logins'

export const loginSessions = sqliteTable('login_sessions', {
  id: text('id').primaryKey(),
  loginId: integer('login_id').notNull().references(() => logins.id, { onDelete: 'cascade' }),
  createdAt: integer('created_at').notNull(),
  seenAt: integer('seen_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  stay: integer('stay').notNull().default(0),
  secondFactorAt: integer('second_factor_at'),
  locationId: integer('location_id').references(() => locations.id, { onDelete: 'set null' }),
  familyId: integer('family_id').references(() => families.id, { onDelete: 'cascade' }),
  ip: text('ip'),
  agent: text('agent'),
  endedAt: integer('ended_at'),
})
