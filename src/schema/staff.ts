import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { locations } from './locations'
import { logins } from './logins'

export const staff = sqliteTable('staff', {
  id: integer('id').primaryKey(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  sortName: text('sort_name').notNull(),
  displayName: text('display_name'),
  loginId: integer('login_id').references(() => logins.id, { onDelete: 'set null' }),
  isAdmin: integer('is_admin').notNull().default(0),
  isOwner: integer('is_owner').notNull().default(0),
  email: text('email'),
  phone: text('phone'),
  pinHash: text('pin_hash'),
  biography: text('biography'),
  photoKey: text('photo_key'),
  portal: text('portal').notNull().default('{}'),
  landing: text('landing', { enum: ['dashboard', 'welcome'] })
    .notNull()
    .default('dashboard'),
  punchMode: text('punch_mode', { enum: ['one', 'two'] })
    .notNull()
    .default('two'),
  active: integer('active').notNull().default(1),
  source: text('source'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  otherPhone: text('other_phone'),
  updatesSeenOn: text('updates_seen_on'),
})

export const staffLocations = sqliteTable(
  'staff_locations',
  {
    staffId: integer('staff_id')
      .notNull()
      .references((): AnySQLiteColumn => staff.id, { onDelete: 'cascade' }),
    locationId: integer('location_id')
      .notNull()
      .references(() => locations.id, { onDelete: 'cascade' }),
  },
  t => [primaryKey({ columns: [t.staffId, t.locationId] })],
)

export const groups = sqliteTable('groups', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  isAdmin: integer('is_admin').notNull().default(0),
})

export const groupStaff = sqliteTable(
  'group_staff',
  {
    groupId: integer('group_id')
      .notNull()
      .references((): AnySQLiteColumn => groups.id, { onDelete: 'cascade' }),
    staffId: integer('staff_id')
      .notNull()
      .references((): AnySQLiteColumn => staff.id, { onDelete: 'cascade' }),
  },
  t => [primaryKey({ columns: [t.staffId, t.groupId] })],
)

export const permissions = sqliteTable('permissions', {
  id: integer('id').primaryKey(),
  groupId: integer('group_id').references((): AnySQLiteColumn => groups.id, { onDelete: 'cascade' }),
  staffId: integer('staff_id').references((): AnySQLiteColumn => staff.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  level: integer('level').notNull(),
})

export const staffLinks = sqliteTable('staff_links', {
  id: integer('id').primaryKey(),
  staffId: integer('staff_id')
    .notNull()
    .references((): AnySQLiteColumn => staff.id, { onDelete: 'cascade' }),
  purpose: text('purpose', { enum: ['invitation', 'password'] }).notNull(),
  tokenHash: text('token_hash').notNull(),
  address: text('address').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  endedAt: integer('ended_at'),
})
