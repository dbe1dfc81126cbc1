import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const logins = sqliteTable('logins', {
  id: integer('id').primaryKey(),
  door: text('door', { enum: ['staff', 'guardian'] }).notNull(),
  email: text('email').notNull(),
  passwordHash: text('password_hash'),
  passwordSetAt: integer('password_set_at'),
  verifiedAt: integer('verified_at'),
  secondFactor: text('second_factor'),
  secondFactorAt: integer('second_factor_at'),
  lastSeenAt: integer('last_seen_at'),
  disabledAt: integer('disabled_at'),
  language: text('language').notNull().default('en'),
  createdAt: integer('created_at').notNull(),
  languageAt: integer('language_at'),
})

export const loginAttempts = sqliteTable(
  'login_attempts',
  {
    door: text('door', { enum: ['staff', 'guardian'] }).notNull(),
    email: text('email').notNull(),
    failures: integer('failures').notNull().default(0),
    lockedUntil: integer('locked_until').notNull().default(0),
    lastAt: integer('last_at').notNull(),
  },
  t => [primaryKey({ columns: [t.door, t.email] })],
)
