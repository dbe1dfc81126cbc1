import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { billingSchedules, chargeCategories } from './billing'
import { discountSchedules } from './discounts'
import { locations } from './locations'
import { levels, programs, skillTrees, terms, zones } from './programs'
import { staff } from './staff'

export const classes = sqliteTable('classes', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['class', 'camp'] })
    .notNull()
    .default('class'),
  name: text('name').notNull(),
  sortName: text('sort_name').notNull(),
  description: text('description'),
  locationId: integer('location_id')
    .notNull()
    .references(() => locations.id, { onDelete: 'restrict' }),
  programId: integer('program_id')
    .notNull()
    .references(() => programs.id, { onDelete: 'restrict' }),
  levelId: integer('level_id').references(() => levels.id, { onDelete: 'set null' }),
  zoneId: integer('zone_id').references(() => zones.id, { onDelete: 'set null' }),
  maxStudents: integer('max_students').notNull(),
  minAgeDays: integer('min_age_days'),
  maxAgeDays: integer('max_age_days'),
  minAge: text('min_age'),
  maxAge: text('max_age'),
  gender: text('gender', { enum: ['male', 'female', 'any'] })
    .notNull()
    .default('any'),
  billDates: text('bill_dates', { enum: ['monthly', 'rolling', 'session', 'camp'] })
    .notNull()
    .default('monthly'),
  startDate: text('start_date'),
  endDate: text('end_date'),
  registrationFrom: integer('registration_from'),
  registrationTo: integer('registration_to'),
  priorityFrom: integer('priority_from'),
  priorityTo: integer('priority_to'),
  showPortal: integer('show_portal').notNull().default(1),
  showOpenings: integer('show_openings').notNull().default(1),
  allowRegistration: integer('allow_registration').notNull().default(1),
  singleDayOnly: integer('single_day_only').notNull().default(0),
  offerWaitlist: integer('offer_waitlist').notNull().default(0),
  offerUnfit: integer('offer_unfit').notNull().default(0),
  prorate: integer('prorate').notNull().default(1),
  discounts: integer('discounts').notNull().default(1),
  discountScheduleId: integer('discount_schedule_id').references(() => discountSchedules.id, { onDelete: 'set null' }),
  singleDayCents: integer('single_day_cents'),
  skillTreeId: integer('skill_tree_id').references(() => skillTrees.id, { onDelete: 'set null' }),
  state: text('state', { enum: ['active', 'inactive'] })
    .notNull()
    .default('active'),
  source: text('source'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  openTo: text('open_to', { enum: ['all', 'new', 'returning'] })
    .notNull()
    .default('all'),
  openToUntil: integer('open_to_until'),
})

export const classTerms = sqliteTable(
  'class_terms',
  {
    classId: integer('class_id')
      .notNull()
      .references((): AnySQLiteColumn => classes.id, { onDelete: 'cascade' }),
    termId: integer('term_id')
      .notNull()
      .references(() => terms.id, { onDelete: 'restrict' }),
  },
  t => [primaryKey({ columns: [t.classId, t.termId] })],
)

export const classInstructors = sqliteTable(
  'class_instructors',
  {
    classId: integer('class_id')
      .notNull()
      .references((): AnySQLiteColumn => classes.id, { onDelete: 'cascade' }),
    staffId: integer('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    sort: integer('sort').notNull().default(0),
  },
  t => [primaryKey({ columns: [t.classId, t.staffId] })],
)

export const classTuitions = sqliteTable('class_tuitions', {
  id: integer('id').primaryKey(),
  classId: integer('class_id')
    .notNull()
    .references((): AnySQLiteColumn => classes.id, { onDelete: 'cascade' }),
  billingScheduleId: integer('billing_schedule_id')
    .notNull()
    .references(() => billingSchedules.id, { onDelete: 'restrict' }),
  unit: text('unit', { enum: ['flat', 'hour', 'timeslot'] })
    .notNull()
    .default('flat'),
  cents: integer('cents').notNull(),
  isDefault: integer('is_default').notNull().default(0),
  fromDate: text('from_date').notNull().default('0000-01-01'),
})

export const campTypes = sqliteTable('camp_types', {
  id: integer('id').primaryKey(),
  singular: text('singular').notNull(),
  plural: text('plural').notNull(),
  chargeCategoryId: integer('charge_category_id').references(() => chargeCategories.id, { onDelete: 'set null' }),
  bannerKey: text('banner_key'),
  retiredAt: integer('retired_at'),
})

export const pricingSchedules = sqliteTable('pricing_schedules', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  use: text('use', { enum: ['camp', 'appointment'] }).notNull(),
  countStudents: text('count_students', { enum: ['one', 'total'] })
    .notNull()
    .default('one'),
  depositKind: text('deposit_kind', { enum: ['none', 'cents', 'percent'] })
    .notNull()
    .default('none'),
  deposit: integer('deposit').notNull().default(0),
  retiredAt: integer('retired_at'),
  /** The prices of appointments, as JSON; those of camps are cells. */
  lessons: text('lessons'),
})

export const pricingCells = sqliteTable(
  'pricing_cells',
  {
    scheduleId: integer('schedule_id')
      .notNull()
      .references((): AnySQLiteColumn => pricingSchedules.id, { onDelete: 'cascade' }),
    blocks: integer('blocks').notNull(),
    nthStudent: integer('nth_student').notNull(),
    cents: integer('cents').notNull(),
  },
  t => [primaryKey({ columns: [t.scheduleId, t.blocks, t.nthStudent] })],
)

export const camps = sqliteTable('camps', {
  classId: integer('class_id')
    .primaryKey()
    .references((): AnySQLiteColumn => classes.id, { onDelete: 'cascade' }),
  campTypeId: integer('camp_type_id')
    .notNull()
    .references((): AnySQLiteColumn => campTypes.id, { onDelete: 'restrict' }),
  pricingScheduleId: integer('pricing_schedule_id')
    .notNull()
    .references((): AnySQLiteColumn => pricingSchedules.id, { onDelete: 'restrict' }),
  chargeCategoryId: integer('charge_category_id')
    .notNull()
    .references(() => chargeCategories.id, { onDelete: 'restrict' }),
  attend: text('attend', { enum: ['whole', 'blocks', 'days'] })
    .notNull()
    .default('whole'),
  dueAtSignup: text('due_at_signup', { enum: ['none', 'deposit', 'full'] })
    .notNull()
    .default('full'),
  autoApprove: integer('auto_approve').notNull().default(0),
  alias: text('alias'),
  allowWaitlist: integer('allow_waitlist').notNull().default(0),
})

export const campBlocks = sqliteTable('camp_blocks', {
  id: integer('id').primaryKey(),
  classId: integer('class_id')
    .notNull()
    .references((): AnySQLiteColumn => camps.classId, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  sort: integer('sort').notNull().default(0),
  maxStudents: integer('max_students'),
})

export const timeslots = sqliteTable('timeslots', {
  id: integer('id').primaryKey(),
  classId: integer('class_id')
    .notNull()
    .references((): AnySQLiteColumn => classes.id, { onDelete: 'cascade' }),
  weekday: integer('weekday').notNull(),
  startTime: text('start_time').notNull(),
  endTime: text('end_time').notNull(),
  zoneId: integer('zone_id').references(() => zones.id, { onDelete: 'set null' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  fromDate: text('from_date').notNull().default('0000-01-01'),
  toDate: text('to_date').notNull().default('9999-12-31'),
})

export const meetings = sqliteTable('meetings', {
  id: integer('id').primaryKey(),
  classId: integer('class_id')
    .notNull()
    .references((): AnySQLiteColumn => classes.id, { onDelete: 'cascade' }),
  timeslotId: integer('timeslot_id').references((): AnySQLiteColumn => timeslots.id, { onDelete: 'set null' }),
  campBlockId: integer('camp_block_id').references((): AnySQLiteColumn => campBlocks.id, { onDelete: 'set null' }),
  onDate: text('on_date').notNull(),
  startTime: text('start_time').notNull(),
  endTime: text('end_time').notNull(),
  startsAt: integer('starts_at').notNull(),
  endsAt: integer('ends_at').notNull(),
  zoneId: integer('zone_id').references(() => zones.id, { onDelete: 'set null' }),
  staffId: integer('staff_id').references(() => staff.id, { onDelete: 'set null' }),
  substituteId: integer('substitute_id').references(() => staff.id, { onDelete: 'set null' }),
  state: text('state', { enum: ['planned', 'cancelled', 'closed'] })
    .notNull()
    .default('planned'),
  cancelReason: text('cancel_reason'),
  takenAt: integer('taken_at'),
  takenBy: integer('taken_by').references(() => staff.id, { onDelete: 'set null' }),
  billable: integer('billable').notNull().default(1),
  /** Canceled, it brings makeup tokens. */
  givesTokens: integer('gives_tokens').notNull().default(0),
})
