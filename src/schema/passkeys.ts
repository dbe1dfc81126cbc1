import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { logins } from './logins'
import { loginSessions } from './sessions'

export const passkeys = sqliteTable('passkeys', {
  id: integer('id').primaryKey(),
  loginId: integer('login_id')
    .notNull()
    .references(() => logins.id, { onDelete: 'cascade' }),
  credentialId: text('credential_id').notNull(),
  publicKey: text('public_key').notNull(),
  counter: integer('counter').notNull().default(0),
  transports: text('transports').notNull().default('[]'),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
  usedAt: integer('used_at'),
})

export const loginCodes = sqliteTable('login_codes', {
  sessionId: text('session_id')
    .primaryKey()
    .references(() => loginSessions.id, { onDelete: 'cascade' }),
  codeHash: text('code_hash').notNull(),
  tries: integer('tries').notNull().default(0),
  mails: integer('mails').notNull().default(1),
  expiresAt: integer('expires_at').notNull(),
})
