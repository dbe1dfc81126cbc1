import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { charges } from './charges'
import { pricingSchedules } from './classes'
import { families } from './families'
import { locations } from './locations'
import { programs, zones } from './programs'
import { staff } from './staff'
import { students } from './students'

export const services = sqliteTable('services', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description'),
  minutes: integer('minutes').notNull(),
  sort: integer('sort').notNull().default(0),
  retiredAt: integer('retired_at'),
})

export const appointments = sqliteTable('appointments', {
  id: integer('id').primaryKey(),
  serviceId: integer('service_id')
    .notNull()
    .references((): AnySQLiteColumn => services.id, { onDelete: 'restrict' }),
  staffId: integer('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'restrict' }),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  programId: integer('program_id')
    .notNull()
    .references(() => programs.id, { onDelete: 'restrict' }),
  pricingScheduleId: integer('pricing_schedule_id').references(() => pricingSchedules.id, { onDelete: 'restrict' }),
  zoneId: integer('zone_id').references(() => zones.id, { onDelete: 'set null' }),
  sharing: text('sharing', { enum: ['private', 'semi_private', 'invite'] })
    .notNull()
    .default('private'),
  maxStudents: integer('max_students').notNull().default(1),
  /** For whom it is, as `{"minAge": "P5Y", "maxAge": "P7Y", "gender": "female"}`; what is left out is no limit. */
  criteria: text('criteria').notNull().default('{}'),
  recurrence: text('recurrence'),
  state: text('state', { enum: ['active', 'inactive'] })
    .notNull()
    .default('active'),
  createdAt: integer('created_at').notNull(),
  /** What a booking costs where no pricing schedule says; 0 is free. */
  cents: integer('cents').notNull().default(0),
  /** Whether the blackout dates of its program close it. */
  blackouts: integer('blackouts').notNull().default(0),
})

export const appointmentSlots = sqliteTable('appointment_slots', {
  id: integer('id').primaryKey(),
  appointmentId: integer('appointment_id')
    .notNull()
    .references((): AnySQLiteColumn => appointments.id, { onDelete: 'cascade' }),
  staffId: integer('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'restrict' }),
  onDate: text('on_date').notNull(),
  startTime: text('start_time').notNull(),
  endTime: text('end_time').notNull(),
  startsAt: integer('starts_at').notNull(),
  endsAt: integer('ends_at').notNull(),
  maxStudents: integer('max_students').notNull(),
  state: text('state', { enum: ['open', 'closed'] })
    .notNull()
    .default('open'),
})

export const bookings = sqliteTable('bookings', {
  id: integer('id').primaryKey(),
  slotId: integer('slot_id')
    .notNull()
    .references((): AnySQLiteColumn => appointmentSlots.id, { onDelete: 'restrict' }),
  place: integer('place').notNull(),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  studentId: integer('student_id').references(() => students.id, { onDelete: 'restrict' }),
  invitedBy: integer('invited_by').references((): AnySQLiteColumn => bookings.id, { onDelete: 'set null' }),
  state: text('state', { enum: ['held', 'requested', 'booked', 'done', 'no_show', 'cancelled', 'denied'] }).notNull(),
  expiresAt: integer('expires_at'),
  movesBookingId: integer('moves_booking_id').references((): AnySQLiteColumn => bookings.id, { onDelete: 'set null' }),
  notes: text('notes'),
  feeCents: integer('fee_cents').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  decidedAt: integer('decided_at'),
  chargeId: integer('charge_id').references(() => charges.id, { onDelete: 'restrict' }),
  /** What it was told that it costs. */
  cents: integer('cents'),
  /** The row of the pricing schedule behind that, as JSON. */
  terms: text('terms'),
  /** What moving a booking here costs, as the family was told when it asked. */
  moveFeeCents: integer('move_fee_cents').notNull().default(0),
})

export const bookingInvitations = sqliteTable('booking_invitations', {
  id: integer('id').primaryKey(),
  bookingId: integer('booking_id')
    .notNull()
    .references((): AnySQLiteColumn => bookings.id, { onDelete: 'cascade' }),
  slotId: integer('slot_id')
    .notNull()
    .references((): AnySQLiteColumn => appointmentSlots.id, { onDelete: 'cascade' }),
  familyId: integer('family_id')
    .notNull()
    .references(() => families.id, { onDelete: 'restrict' }),
  /** Who invites, as the invited read it. */
  guardian: text('guardian').notNull(),
  /** Where it was mailed; none for a link that is handed on. */
  address: text('address'),
  tokenHash: text('token_hash').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  endedAt: integer('ended_at'),
  usedBy: integer('used_by').references((): AnySQLiteColumn => bookings.id, { onDelete: 'set null' }),
})

/** True for a booking that takes a place; the states are spelled as the index one_booking_a_place has them, which finds them only so. */
export const holdsPlace = (state: SQLWrapper): SQL => sql`${state} in ('held','requested','booked','done','no_show')`
