import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { chargeCategories } from './billing'
import { charges } from './charges'
import { families } from './families'
import { locations } from './locations'
import { programs, zones } from './programs'
import { students } from './students'

export const partyStations = sqliteTable('party_stations', {
  id: integer('id').primaryKey(),
  locationId: integer('location_id').notNull().references(() => locations.id, { onDelete: 'restrict' }),
  zoneId: integer('zone_id').references(() => zones.id, { onDelete: 'set null' }),
  name: text('name').notNull(),
  leadHours: integer('lead_hours').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const partySlots = sqliteTable('party_slots', {
  id: integer('id').primaryKey(),
  stationId: integer('station_id').notNull().references((): AnySQLiteColumn => partyStations.id, { onDelete: 'cascade' }),
  weekday: integer('weekday').notNull(),
  startTime: text('start_time').notNull(),
  endTime: text('end_time').notNull(),
  retiredAt: integer('retired_at'),
})

export const partyPackages = sqliteTable('party_packages', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description'),
  programId: integer('program_id').notNull().references(() => programs.id, { onDelete: 'restrict' }),
  chargeCategoryId: integer('charge_category_id').notNull().references(() => chargeCategories.id, { onDelete: 'restrict' }),
  cents: integer('cents').notNull(),
  guests: integer('guests'),
  extraGuestCents: integer('extra_guest_cents'),
  retiredAt: integer('retired_at'),
})

export const partyAddOns = sqliteTable('party_add_ons', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  cents: integer('cents').notNull(),
  maxQuantity: integer('max_quantity'),
  retiredAt: integer('retired_at'),
})

export const parties = sqliteTable('parties', {
  id: integer('id').primaryKey(),
  stationId: integer('station_id').notNull().references((): AnySQLiteColumn => partyStations.id, { onDelete: 'restrict' }),
  slotId: integer('slot_id').notNull().references((): AnySQLiteColumn => partySlots.id, { onDelete: 'restrict' }),
  onDate: text('on_date').notNull(),
  packageId: integer('package_id').notNull().references((): AnySQLiteColumn => partyPackages.id, { onDelete: 'restrict' }),
  familyId: integer('family_id').notNull().references(() => families.id, { onDelete: 'restrict' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'set null' }),
  title: text('title').notNull(),
  guests: integer('guests'),
  notes: text('notes'),
  state: text('state', { enum: ['held', 'requested', 'confirmed', 'cancelled'] }).notNull(),
  expiresAt: integer('expires_at'),
  chargeId: integer('charge_id').references(() => charges.id, { onDelete: 'restrict' }),
  createdAt: integer('created_at').notNull(),
})

export const partyLines = sqliteTable('party_lines', {
  partyId: integer('party_id').notNull().references((): AnySQLiteColumn => parties.id, { onDelete: 'cascade' }),
  addOnId: integer('add_on_id').notNull().references((): AnySQLiteColumn => partyAddOns.id, { onDelete: 'restrict' }),
  quantity: integer('quantity').notNull(),
  cents: integer('cents').notNull(),
}, (t) => [primaryKey({ columns: [t.partyId, t.addOnId] })])
