CREATE TABLE programs (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'class' CHECK (kind IN ('class','camp','appointment','party','non_class')), discount_schedule_id INTEGER REFERENCES discount_schedules ON DELETE SET NULL,
  skill_tree_id INTEGER REFERENCES skill_trees ON DELETE SET NULL, image_key TEXT, sort INTEGER NOT NULL DEFAULT 0, retired_at INTEGER, source TEXT UNIQUE
) STRICT;

CREATE TABLE levels (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sort INTEGER NOT NULL, colour TEXT, image_key TEXT, retired_at INTEGER) STRICT;

CREATE TABLE zones (id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, name TEXT NOT NULL, max_classes INTEGER, retired_at INTEGER, UNIQUE (location_id, name)) STRICT;

CREATE TABLE terms (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('session','rolling')), location_id INTEGER REFERENCES locations ON DELETE RESTRICT, start_date TEXT NOT NULL, end_date TEXT NOT NULL,
  registration_from INTEGER, registration_to INTEGER, priority_from INTEGER, priority_to INTEGER, retired_at INTEGER, CHECK (start_date <= end_date)
) STRICT;
CREATE INDEX terms_ending ON terms (end_date) WHERE retired_at IS NULL;

-- A camp is a class with blocks instead of weekly timeslots: enrollments, seats, attendance, keywords, instructors and the Enrollments page are the same for both.
CREATE TABLE classes (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL DEFAULT 'class' CHECK (kind IN ('class','camp')), name TEXT NOT NULL, sort_name TEXT NOT NULL, description TEXT,
  location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, program_id INTEGER NOT NULL REFERENCES programs ON DELETE RESTRICT, level_id INTEGER REFERENCES levels ON DELETE SET NULL, zone_id INTEGER REFERENCES zones ON DELETE SET NULL,
  max_students INTEGER NOT NULL CHECK (max_students >= 0), min_age_days INTEGER, max_age_days INTEGER, min_age TEXT, max_age TEXT, gender TEXT NOT NULL DEFAULT 'any' CHECK (gender IN ('male','female','any')),
  bill_dates TEXT NOT NULL DEFAULT 'monthly' CHECK (bill_dates IN ('monthly','rolling','session','camp')), start_date TEXT, end_date TEXT,
  registration_from INTEGER, registration_to INTEGER, priority_from INTEGER, priority_to INTEGER,
  show_portal INTEGER NOT NULL DEFAULT 1 CHECK (show_portal IN (0,1)), show_openings INTEGER NOT NULL DEFAULT 1 CHECK (show_openings IN (0,1)), allow_registration INTEGER NOT NULL DEFAULT 1 CHECK (allow_registration IN (0,1)),
  single_day_only INTEGER NOT NULL DEFAULT 0 CHECK (single_day_only IN (0,1)), offer_waitlist INTEGER NOT NULL DEFAULT 0 CHECK (offer_waitlist IN (0,1)), offer_unfit INTEGER NOT NULL DEFAULT 0 CHECK (offer_unfit IN (0,1)),
  prorate INTEGER NOT NULL DEFAULT 1 CHECK (prorate IN (0,1)), discounts INTEGER NOT NULL DEFAULT 1 CHECK (discounts IN (0,1)), discount_schedule_id INTEGER REFERENCES discount_schedules ON DELETE SET NULL, single_day_cents INTEGER,
  skill_tree_id INTEGER REFERENCES skill_trees ON DELETE SET NULL, state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active','inactive')), source TEXT UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  CHECK ((kind = 'camp') = (bill_dates = 'camp')), CHECK (start_date IS NULL OR end_date IS NULL OR start_date <= end_date)
) STRICT;
CREATE INDEX classes_listed ON classes (state, kind, sort_name, id);
CREATE INDEX classes_of_location ON classes (location_id, state, kind, sort_name, id);
CREATE INDEX classes_of_program ON classes (program_id, state, sort_name, id);
CREATE INDEX classes_public ON classes (kind, location_id, level_id) WHERE state = 'active' AND show_portal = 1;
-- Rolling and session bill dates are never exchanged: the dates of enrollments already made would change their meaning.
CREATE TRIGGER classes_keep_bill_dates BEFORE UPDATE OF bill_dates ON classes WHEN old.bill_dates <> new.bill_dates AND (old.bill_dates IN ('rolling','session') OR new.bill_dates IN ('rolling','session')) BEGIN SELECT RAISE(ABORT, 'guard:bill-dates-fixed'); END;

CREATE TABLE class_terms (class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, term_id INTEGER NOT NULL REFERENCES terms ON DELETE RESTRICT, PRIMARY KEY (class_id, term_id)) STRICT, WITHOUT ROWID;
CREATE INDEX classes_of_term ON class_terms (term_id, class_id);

CREATE TABLE class_instructors (class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, staff_id INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, sort INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (class_id, staff_id)) STRICT, WITHOUT ROWID;
CREATE INDEX classes_of_instructor ON class_instructors (staff_id, class_id);

CREATE TABLE billing_schedules (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cycle TEXT NOT NULL CHECK (cycle IN ('month_session','calendar_month','four_weeks')), retired_at INTEGER) STRICT;

CREATE TABLE class_tuitions (
  id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, billing_schedule_id INTEGER NOT NULL REFERENCES billing_schedules ON DELETE RESTRICT,
  unit TEXT NOT NULL DEFAULT 'flat' CHECK (unit IN ('flat','hour','timeslot')), cents INTEGER NOT NULL CHECK (cents >= 0), is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)), from_date TEXT NOT NULL DEFAULT '0000-01-01', UNIQUE (class_id, billing_schedule_id, from_date)
) STRICT;

-- A changed timetable ends a timeslot and begins another, so that what happened keeps its time and its instructor.
CREATE TABLE timeslots (
  id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6), start_time TEXT NOT NULL CHECK (start_time GLOB '[0-2][0-9]:[0-5][0-9]'), end_time TEXT NOT NULL CHECK (end_time GLOB '[0-2][0-9]:[0-5][0-9]'),
  zone_id INTEGER REFERENCES zones ON DELETE SET NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, from_date TEXT NOT NULL DEFAULT '0000-01-01', to_date TEXT NOT NULL DEFAULT '9999-12-31', CHECK (start_time < end_time), CHECK (from_date <= to_date)
) STRICT;
CREATE INDEX timeslots_of_class ON timeslots (class_id, weekday);
CREATE INDEX timeslots_in_zone ON timeslots (zone_id, weekday, start_time);

-- Meetings are rows (past, and about a quarter ahead): attendance, substitutes, cancellations and feeds need something to point at, and a roster may not depend on today's timetable.
CREATE TABLE meetings (
  id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, timeslot_id INTEGER REFERENCES timeslots ON DELETE SET NULL, camp_block_id INTEGER REFERENCES camp_blocks ON DELETE SET NULL,
  on_date TEXT NOT NULL CHECK (on_date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'), start_time TEXT NOT NULL, end_time TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
  zone_id INTEGER REFERENCES zones ON DELETE SET NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, substitute_id INTEGER REFERENCES staff ON DELETE SET NULL,
  state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned','cancelled','closed')), cancel_reason TEXT, taken_at INTEGER, taken_by INTEGER REFERENCES staff ON DELETE SET NULL,
  billable INTEGER NOT NULL DEFAULT 1 CHECK (billable IN (0,1)), CHECK (starts_at < ends_at), UNIQUE (class_id, on_date, start_time)
) STRICT;
CREATE INDEX meetings_on ON meetings (on_date, start_time, class_id);
CREATE INDEX meetings_of_timeslot ON meetings (timeslot_id, on_date) WHERE timeslot_id IS NOT NULL;
CREATE INDEX meetings_by_staff ON meetings (coalesce(substitute_id, staff_id), on_date);
CREATE INDEX meetings_ending_untaken ON meetings (ends_at) WHERE taken_at IS NULL AND state = 'planned';

CREATE TABLE camp_types (id INTEGER PRIMARY KEY, singular TEXT NOT NULL, plural TEXT NOT NULL, charge_category_id INTEGER REFERENCES charge_categories ON DELETE SET NULL, banner_key TEXT, retired_at INTEGER) STRICT;

CREATE TABLE pricing_schedules (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, use TEXT NOT NULL CHECK (use IN ('camp','appointment')), count_students TEXT NOT NULL DEFAULT 'one' CHECK (count_students IN ('one','total')), deposit_kind TEXT NOT NULL DEFAULT 'none' CHECK (deposit_kind IN ('none','cents','percent')), deposit INTEGER NOT NULL DEFAULT 0, retired_at INTEGER
) STRICT;

CREATE TABLE camps (
  class_id INTEGER PRIMARY KEY REFERENCES classes ON DELETE CASCADE, camp_type_id INTEGER NOT NULL REFERENCES camp_types ON DELETE RESTRICT, pricing_schedule_id INTEGER NOT NULL REFERENCES pricing_schedules ON DELETE RESTRICT, charge_category_id INTEGER NOT NULL REFERENCES charge_categories ON DELETE RESTRICT,
  attend TEXT NOT NULL DEFAULT 'whole' CHECK (attend IN ('whole','blocks','days')), due_at_signup TEXT NOT NULL DEFAULT 'full' CHECK (due_at_signup IN ('none','deposit','full')), auto_approve INTEGER NOT NULL DEFAULT 0 CHECK (auto_approve IN (0,1)), alias TEXT
) STRICT;

CREATE TABLE camp_blocks (id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES camps ON DELETE CASCADE, name TEXT NOT NULL, sort INTEGER NOT NULL DEFAULT 0, max_students INTEGER) STRICT;
CREATE INDEX blocks_of_camp ON camp_blocks (class_id, sort);

CREATE TABLE services (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT, minutes INTEGER NOT NULL CHECK (minutes > 0), sort INTEGER NOT NULL DEFAULT 0, retired_at INTEGER) STRICT;

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY, service_id INTEGER NOT NULL REFERENCES services ON DELETE RESTRICT, staff_id INTEGER NOT NULL REFERENCES staff ON DELETE RESTRICT, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, program_id INTEGER NOT NULL REFERENCES programs ON DELETE RESTRICT,
  pricing_schedule_id INTEGER REFERENCES pricing_schedules ON DELETE RESTRICT, zone_id INTEGER REFERENCES zones ON DELETE SET NULL, sharing TEXT NOT NULL DEFAULT 'private' CHECK (sharing IN ('private','semi_private','invite')), max_students INTEGER NOT NULL DEFAULT 1 CHECK (max_students > 0),
  criteria TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(criteria)), recurrence TEXT CHECK (recurrence IS NULL OR json_valid(recurrence)), state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active','inactive')), created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE appointment_slots (
  id INTEGER PRIMARY KEY, appointment_id INTEGER NOT NULL REFERENCES appointments ON DELETE CASCADE, staff_id INTEGER NOT NULL REFERENCES staff ON DELETE RESTRICT, on_date TEXT NOT NULL, start_time TEXT NOT NULL, end_time TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
  max_students INTEGER NOT NULL CHECK (max_students > 0), state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','closed')), UNIQUE (staff_id, starts_at), CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX slots_of_appointment ON appointment_slots (appointment_id, starts_at);
CREATE INDEX slots_on ON appointment_slots (starts_at) WHERE state = 'open';

-- place numbers the seats of a slot, so that two bookings of the last one meet in a unique index; a hold is a booking that runs out.
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY, slot_id INTEGER NOT NULL REFERENCES appointment_slots ON DELETE RESTRICT, place INTEGER NOT NULL CHECK (place > 0), family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, student_id INTEGER REFERENCES students ON DELETE RESTRICT, invited_by INTEGER REFERENCES bookings ON DELETE SET NULL,
  state TEXT NOT NULL CHECK (state IN ('held','requested','booked','done','no_show','cancelled','denied')), expires_at INTEGER, moves_booking_id INTEGER REFERENCES bookings ON DELETE SET NULL, notes TEXT, fee_cents INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, decided_at INTEGER,
  CHECK ((state = 'held') = (expires_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_booking_a_place ON bookings (slot_id, place) WHERE state IN ('held','requested','booked','done','no_show');
CREATE UNIQUE INDEX one_move_a_booking ON bookings (moves_booking_id) WHERE moves_booking_id IS NOT NULL AND state = 'requested';
CREATE INDEX bookings_of_family ON bookings (family_id, created_at);
CREATE INDEX bookings_held ON bookings (expires_at) WHERE state = 'held';

CREATE TABLE party_stations (id INTEGER PRIMARY KEY, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, zone_id INTEGER REFERENCES zones ON DELETE SET NULL, name TEXT NOT NULL, lead_hours INTEGER NOT NULL DEFAULT 0, retired_at INTEGER) STRICT;

CREATE TABLE party_slots (id INTEGER PRIMARY KEY, station_id INTEGER NOT NULL REFERENCES party_stations ON DELETE CASCADE, weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6), start_time TEXT NOT NULL, end_time TEXT NOT NULL, retired_at INTEGER, CHECK (start_time < end_time)) STRICT;

CREATE TABLE party_packages (id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT, program_id INTEGER NOT NULL REFERENCES programs ON DELETE RESTRICT, charge_category_id INTEGER NOT NULL REFERENCES charge_categories ON DELETE RESTRICT, cents INTEGER NOT NULL CHECK (cents >= 0), guests INTEGER, extra_guest_cents INTEGER, retired_at INTEGER) STRICT;

CREATE TABLE party_add_ons (id INTEGER PRIMARY KEY, name TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents >= 0), max_quantity INTEGER, retired_at INTEGER) STRICT;

CREATE TABLE parties (
  id INTEGER PRIMARY KEY, station_id INTEGER NOT NULL REFERENCES party_stations ON DELETE RESTRICT, slot_id INTEGER NOT NULL REFERENCES party_slots ON DELETE RESTRICT, on_date TEXT NOT NULL, package_id INTEGER NOT NULL REFERENCES party_packages ON DELETE RESTRICT,
  family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, student_id INTEGER REFERENCES students ON DELETE SET NULL, title TEXT NOT NULL, guests INTEGER, notes TEXT, state TEXT NOT NULL CHECK (state IN ('held','requested','confirmed','cancelled')), expires_at INTEGER, charge_id INTEGER REFERENCES charges ON DELETE RESTRICT, created_at INTEGER NOT NULL,
  CHECK ((state = 'held') = (expires_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX one_party_a_slot ON parties (station_id, on_date, slot_id) WHERE state <> 'cancelled';
CREATE INDEX parties_of_family ON parties (family_id, on_date);

CREATE TABLE party_lines (party_id INTEGER NOT NULL REFERENCES parties ON DELETE CASCADE, add_on_id INTEGER NOT NULL REFERENCES party_add_ons ON DELETE RESTRICT, quantity INTEGER NOT NULL CHECK (quantity > 0), cents INTEGER NOT NULL, PRIMARY KEY (party_id, add_on_id)) STRICT, WITHOUT ROWID;
CREATE INDEX bookings_by_moves_booking ON bookings (moves_booking_id) WHERE moves_booking_id IS NOT NULL;
CREATE INDEX bookings_by_invited_by ON bookings (invited_by) WHERE invited_by IS NOT NULL;
CREATE INDEX bookings_by_student ON bookings (student_id) WHERE student_id IS NOT NULL;
CREATE INDEX parties_by_student ON parties (student_id) WHERE student_id IS NOT NULL;

CREATE TABLE skill_trees (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, retired_at INTEGER) STRICT;
