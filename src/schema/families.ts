import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { locations } from './locations'
import { logins } from './logins'

export const referralSources = sqliteTable('referral_sources', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  sort: integer('sort').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const families = sqliteTable('families', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  sortName: text('sort_name').notNull(),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  state: text('state', { enum: ['open', 'suspended', 'merged', 'anonymised'] })
    .notNull()
    .default('open'),
  mergedInto: integer('merged_into').references((): AnySQLiteColumn => families.id, { onDelete: 'restrict' }),
  suspendedNote: text('suspended_note'),
  referralSourceId: integer('referral_source_id').references((): AnySQLiteColumn => referralSources.id, {
    onDelete: 'set null',
  }),
  publicCode: text('public_code').notNull(),
  notes: text('notes'),
  source: text('source'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const guardians = sqliteTable('guardians', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references((): AnySQLiteColumn => families.id, { onDelete: 'cascade' }),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  relationship: text('relationship'),
  role: text('role', { enum: ['primary', 'secondary'] })
    .notNull()
    .default('secondary'),
  loginId: integer('login_id').references(() => logins.id, { onDelete: 'set null' }),
  access: text('access', { enum: ['none', 'invited', 'revoked', 'limited', 'full'] })
    .notNull()
    .default('none'),
  mayPay: integer('may_pay').notNull().default(0),
  madeInApp: integer('made_in_app').notNull().default(0),
  pinHash: text('pin_hash'),
  createdAt: integer('created_at').notNull(),
  removedAt: integer('removed_at'),
  feedToken: text('feed_token'),
})

export const contacts = sqliteTable('contacts', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references((): AnySQLiteColumn => families.id, { onDelete: 'cascade' }),
  guardianId: integer('guardian_id').references((): AnySQLiteColumn => guardians.id, { onDelete: 'set null' }),
  kind: text('kind', { enum: ['email', 'phone'] }).notNull(),
  value: text('value').notNull(),
  folded: text('folded').notNull(),
  label: text('label'),
  isLogin: integer('is_login').notNull().default(0),
  isPrimary: integer('is_primary').notNull().default(0),
  blastConsent: text('blast_consent', { enum: ['unasked', 'in', 'out'] })
    .notNull()
    .default('unasked'),
  consentAt: integer('consent_at'),
  verifiedAt: integer('verified_at'),
  createdAt: integer('created_at').notNull(),
})

export const addresses = sqliteTable('addresses', {
  id: integer('id').primaryKey(),
  familyId: integer('family_id')
    .notNull()
    .references((): AnySQLiteColumn => families.id, { onDelete: 'cascade' }),
  guardianId: integer('guardian_id').references((): AnySQLiteColumn => guardians.id, { onDelete: 'set null' }),
  kind: text('kind', { enum: ['mailing', 'billing', 'home'] })
    .notNull()
    .default('mailing'),
  line1: text('line1').notNull(),
  line2: text('line2'),
  city: text('city'),
  region: text('region'),
  postalCode: text('postal_code'),
  country: text('country'),
  createdAt: integer('created_at').notNull(),
})
