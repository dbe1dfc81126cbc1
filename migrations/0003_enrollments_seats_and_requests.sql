CREATE TABLE drop_reasons (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sort INTEGER NOT NULL DEFAULT 0, show_customers INTEGER NOT NULL DEFAULT 1 CHECK (show_customers IN (0,1)), is_system INTEGER NOT NULL DEFAULT 0 CHECK (is_system IN (0,1)), retired_at INTEGER) STRICT;

-- seat says how a place is taken: for all its dates, for the chosen days of a camp, or not at all (WAIT; requests while the setting does not count them).
-- A refused request is deleted together with its notes; charges, passes and tokens hold on to an enrollment and so forbid that (RESTRICT).
CREATE TABLE enrollments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, student_id INTEGER NOT NULL REFERENCES students ON DELETE RESTRICT, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, class_id INTEGER NOT NULL REFERENCES classes ON DELETE RESTRICT,
  type TEXT NOT NULL CHECK (type IN ('active','trial','makeup','single_day','wait')), state TEXT NOT NULL CHECK (state IN ('requested','approved','cancelled')),
  start_date TEXT NOT NULL CHECK (start_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'), drop_date TEXT CHECK (drop_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'), through_date TEXT NOT NULL GENERATED ALWAYS AS (coalesce(drop_date, '9999-12-31')) VIRTUAL,
  seat TEXT NOT NULL DEFAULT 'dates' CHECK (seat IN ('none','dates','days')), term_id INTEGER REFERENCES terms ON DELETE RESTRICT, drop_reason_id INTEGER REFERENCES drop_reasons ON DELETE SET NULL, auto_dropped INTEGER NOT NULL DEFAULT 0 CHECK (auto_dropped IN (0,1)),
  billing_schedule_id INTEGER REFERENCES billing_schedules ON DELETE RESTRICT, override_kind TEXT CHECK (override_kind IN ('flat','unit')), override_cents INTEGER CHECK (override_cents >= 0), override_until TEXT, override_prorates INTEGER NOT NULL DEFAULT 1 CHECK (override_prorates IN (0,1)),
  promo_code_id INTEGER REFERENCES promo_codes ON DELETE RESTRICT, from_enrollment_id INTEGER REFERENCES enrollments ON DELETE SET NULL, by TEXT NOT NULL CHECK (by IN ('customer','staff','autopilot','import')),
  notes TEXT, source TEXT UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  CHECK (drop_date IS NULL OR drop_date >= start_date), CHECK (type NOT IN ('trial','makeup','single_day') OR drop_date = start_date), CHECK (type <> 'wait' OR seat = 'none'), CHECK ((override_kind IS NULL) = (override_cents IS NULL))
) STRICT;
CREATE INDEX enrollments_of_class ON enrollments (class_id, through_date, start_date) WHERE state <> 'cancelled';
CREATE INDEX enrollments_of_student ON enrollments (student_id, through_date, class_id);
CREATE INDEX enrollments_of_family ON enrollments (family_id, through_date);
CREATE INDEX enrollments_waiting ON enrollments (class_id, created_at, id) WHERE type = 'wait' AND state = 'approved' AND drop_date IS NULL;
CREATE INDEX enrollments_requested ON enrollments (created_at, id) WHERE state = 'requested';
CREATE INDEX enrollments_starting ON enrollments (start_date, id) WHERE state <> 'cancelled';
CREATE INDEX enrollments_dropping ON enrollments (drop_date, id) WHERE drop_date IS NOT NULL AND state <> 'cancelled';
CREATE UNIQUE INDEX one_wait ON enrollments (student_id, class_id) WHERE type = 'wait' AND drop_date IS NULL AND state <> 'cancelled';
-- One type for each student and class at a time, WAIT beside: ranges cannot be unique, so the floor says it, whoever writes.
CREATE TRIGGER enrollments_once BEFORE INSERT ON enrollments WHEN new.type <> 'wait' AND new.state <> 'cancelled' AND EXISTS (SELECT 1 FROM enrollments e WHERE e.student_id = new.student_id AND e.class_id = new.class_id AND e.type <> 'wait' AND e.state <> 'cancelled' AND e.start_date <= coalesce(new.drop_date, '9999-12-31') AND e.through_date >= new.start_date) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;
CREATE TRIGGER enrollments_once_moved BEFORE UPDATE OF start_date, drop_date, type, state ON enrollments WHEN new.type <> 'wait' AND new.state <> 'cancelled' AND EXISTS (SELECT 1 FROM enrollments e WHERE e.id <> new.id AND e.student_id = new.student_id AND e.class_id = new.class_id AND e.type <> 'wait' AND e.state <> 'cancelled' AND e.start_date <= coalesce(new.drop_date, '9999-12-31') AND e.through_date >= new.start_date) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;
CREATE TRIGGER enrollments_stay_put BEFORE UPDATE OF student_id, class_id ON enrollments WHEN new.student_id <> old.student_id OR new.class_id <> old.class_id BEGIN SELECT RAISE(ABORT, 'guard:enrollment-moves-by-transfer'); END;
-- Staff choose WAIT to ACTIVE by transfer or enroll; a row that changed its type would take a place nobody guarded.
CREATE TRIGGER enrollments_wait_stays BEFORE UPDATE OF type ON enrollments WHEN old.type = 'wait' AND new.type <> 'wait' BEGIN SELECT RAISE(ABORT, 'guard:wait-needs-transfer'); END;

CREATE TABLE enrollment_days (enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE CASCADE, block_id INTEGER NOT NULL REFERENCES camp_blocks ON DELETE RESTRICT, on_date TEXT NOT NULL, PRIMARY KEY (enrollment_id, on_date)) STRICT, WITHOUT ROWID;

-- Whatever takes a place (enrollment, cart hold, waitlist offer) is one row here, and nothing else is ever counted. expires_at is compared, not swept: a late clean-up cannot keep a place shut.
CREATE TABLE seats (
  id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, from_date TEXT NOT NULL, to_date TEXT NOT NULL DEFAULT '9999-12-31', expires_at INTEGER,
  enrollment_id INTEGER REFERENCES enrollments ON DELETE CASCADE, cart_item_id INTEGER REFERENCES cart_items ON DELETE CASCADE, offer_id INTEGER REFERENCES waitlist_offers ON DELETE CASCADE,
  CHECK (from_date <= to_date), CHECK ((enrollment_id IS NOT NULL) + (cart_item_id IS NOT NULL) + (offer_id IS NOT NULL) = 1), CHECK ((enrollment_id IS NULL) = (expires_at IS NOT NULL))
) STRICT;
CREATE INDEX seats_counted ON seats (class_id, to_date, from_date, expires_at);
CREATE INDEX seats_of_enrollment ON seats (enrollment_id) WHERE enrollment_id IS NOT NULL;
CREATE INDEX seats_of_cart_item ON seats (cart_item_id) WHERE cart_item_id IS NOT NULL;
CREATE INDEX seats_of_offer ON seats (offer_id) WHERE offer_id IS NOT NULL;
CREATE INDEX seats_expiring ON seats (expires_at) WHERE expires_at IS NOT NULL;
-- Kept by the floor, so that no verb can enroll without being counted.
CREATE TRIGGER seats_begin AFTER INSERT ON enrollments WHEN new.seat = 'dates' AND new.state <> 'cancelled' BEGIN INSERT INTO seats (class_id, from_date, to_date, enrollment_id) VALUES (new.class_id, new.start_date, coalesce(new.drop_date, '9999-12-31'), new.id); END;
CREATE TRIGGER seats_follow AFTER UPDATE OF start_date, drop_date, seat, state ON enrollments WHEN new.seat <> 'days' OR new.state = 'cancelled' OR old.seat <> new.seat BEGIN DELETE FROM seats WHERE enrollment_id = new.id; INSERT INTO seats (class_id, from_date, to_date, enrollment_id) SELECT new.class_id, new.start_date, coalesce(new.drop_date, '9999-12-31'), new.id WHERE new.seat = 'dates' AND new.state <> 'cancelled'; INSERT INTO seats (class_id, from_date, to_date, enrollment_id) SELECT new.class_id, d.on_date, d.on_date, new.id FROM enrollment_days d WHERE d.enrollment_id = new.id AND new.seat = 'days' AND new.state <> 'cancelled'; END;
CREATE TRIGGER seats_of_days AFTER INSERT ON enrollment_days BEGIN INSERT INTO seats (class_id, from_date, to_date, enrollment_id) SELECT e.class_id, new.on_date, new.on_date, e.id FROM enrollments e WHERE e.id = new.enrollment_id AND e.seat = 'days' AND e.state <> 'cancelled'; END;
CREATE TRIGGER seats_of_days_end AFTER DELETE ON enrollment_days BEGIN DELETE FROM seats WHERE enrollment_id = old.enrollment_id AND from_date = old.on_date AND to_date = old.on_date; END;

CREATE TABLE carts (
  id INTEGER PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, family_id INTEGER REFERENCES families ON DELETE CASCADE, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, made_in TEXT NOT NULL CHECK (made_in IN ('portal','class_wizard','camp_wizard','point_of_sale')),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','paying','submitted','expired','dropped')), expires_at INTEGER NOT NULL, cap_at INTEGER NOT NULL, answers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)), created_at INTEGER NOT NULL, CHECK (expires_at <= cap_at)
) STRICT;
CREATE INDEX carts_of_family ON carts (family_id) WHERE state IN ('open','paying');
CREATE INDEX carts_expiring ON carts (expires_at) WHERE state IN ('open','paying');

CREATE TABLE cart_items (
  id INTEGER PRIMARY KEY, cart_id INTEGER NOT NULL REFERENCES carts ON DELETE CASCADE, kind TEXT NOT NULL CHECK (kind IN ('enrollment','product','pass','gift','party','booking','anniversary')),
  class_id INTEGER REFERENCES classes ON DELETE CASCADE, student_id INTEGER REFERENCES students ON DELETE CASCADE, type TEXT CHECK (type IN ('active','trial','makeup','single_day','wait')), start_date TEXT, drop_date TEXT, term_id INTEGER REFERENCES terms ON DELETE SET NULL,
  variant_id INTEGER REFERENCES product_variants ON DELETE CASCADE, quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0), particulars TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(particulars)), cents INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX items_of_cart ON cart_items (cart_id);

-- One transfer of an enrollment ever, one open request at a time; refused and withdrawn ones do not use it up.
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES enrollments ON DELETE RESTRICT, target_id INTEGER REFERENCES enrollments ON DELETE SET NULL, class_id INTEGER NOT NULL REFERENCES classes ON DELETE RESTRICT, type TEXT NOT NULL CHECK (type IN ('active','trial','makeup','single_day','wait')), term_id INTEGER REFERENCES terms ON DELETE SET NULL,
  on_date TEXT NOT NULL, previous_drop_date TEXT, copied_drop_date TEXT, keep_overrides INTEGER NOT NULL DEFAULT 1 CHECK (keep_overrides IN (0,1)), state TEXT NOT NULL CHECK (state IN ('requested','approved','denied','withdrawn')), notes TEXT, created_at INTEGER NOT NULL, decided_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_transfer ON transfers (source_id) WHERE state IN ('requested','approved');

CREATE TABLE drop_requests (
  id INTEGER PRIMARY KEY, enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE CASCADE, on_date TEXT NOT NULL, drop_reason_id INTEGER REFERENCES drop_reasons ON DELETE SET NULL, state TEXT NOT NULL CHECK (state IN ('requested','approved','denied','withdrawn')), automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0,1)), notes TEXT, created_at INTEGER NOT NULL, decided_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_open_drop ON drop_requests (enrollment_id) WHERE state = 'requested';

CREATE TABLE waitlist_offers (
  id INTEGER PRIMARY KEY, enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE CASCADE, class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, from_date TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','accepted','declined','expired','withdrawn')), offered_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, answered_at INTEGER, CHECK ((state = 'open') = (answered_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_open_offer ON waitlist_offers (enrollment_id) WHERE state = 'open';
CREATE INDEX offers_of_enrollment ON waitlist_offers (enrollment_id, offered_at);
CREATE INDEX offers_expiring ON waitlist_offers (expires_at) WHERE state = 'open';
CREATE TRIGGER offers_release AFTER UPDATE OF state ON waitlist_offers WHEN new.state <> 'open' BEGIN DELETE FROM seats WHERE offer_id = new.id; END;

-- One gesture of a parent, many rows; the window groups them by request and location.
CREATE TABLE absence_requests (id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, way TEXT NOT NULL CHECK (way IN ('by_date','by_enrollment','kiosk','staff')), from_date TEXT NOT NULL, to_date TEXT NOT NULL, from_time TEXT, to_time TEXT, notes TEXT, late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0,1)), created_at INTEGER NOT NULL, CHECK (from_date <= to_date)) STRICT;
CREATE INDEX absence_requests_of_family ON absence_requests (family_id, to_date);

CREATE TABLE absences (
  id INTEGER PRIMARY KEY, request_id INTEGER REFERENCES absence_requests ON DELETE CASCADE, enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE CASCADE, class_id INTEGER NOT NULL REFERENCES classes ON DELETE CASCADE, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT,
  on_date TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('pending','approved','denied','withdrawn')), excused INTEGER NOT NULL DEFAULT 1 CHECK (excused IN (0,1)), frees_place INTEGER NOT NULL DEFAULT 0 CHECK (frees_place IN (0,1)), created_at INTEGER NOT NULL, decided_at INTEGER, CHECK (frees_place = 0 OR state = 'approved')
) STRICT;
CREATE UNIQUE INDEX one_absence ON absences (enrollment_id, on_date) WHERE state IN ('pending','approved');
CREATE INDEX absences_of_enrollment ON absences (enrollment_id, on_date);
CREATE INDEX absences_of_class ON absences (class_id, on_date) WHERE state IN ('pending','approved');
CREATE INDEX places_freed ON absences (class_id, on_date) WHERE frees_place = 1;
-- An absence frees a place only while the enrollment still holds it: a drop before that day would otherwise count the place free twice.
CREATE TRIGGER gaps_end AFTER UPDATE OF start_date, drop_date, state ON enrollments BEGIN UPDATE absences SET frees_place = 0 WHERE enrollment_id = new.id AND frees_place = 1 AND (new.state = 'cancelled' OR on_date < new.start_date OR on_date > new.through_date); END;
CREATE INDEX absences_of_request ON absences (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE policies (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('family','student','appointment','transaction')), name TEXT NOT NULL, built_in TEXT UNIQUE, sort INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0,1)),
  required INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0,1)), show_web INTEGER NOT NULL DEFAULT 1 CHECK (show_web IN (0,1)), version_id INTEGER REFERENCES policy_versions ON DELETE RESTRICT, CHECK (active = 0 OR version_id IS NOT NULL), CHECK (active = 0 OR required = 0 OR show_web = 1)
) STRICT;
CREATE INDEX policies_asked ON policies (kind, sort) WHERE active = 1;

CREATE TABLE policy_versions (id INTEGER PRIMARY KEY, policy_id INTEGER NOT NULL REFERENCES policies ON DELETE RESTRICT, number INTEGER NOT NULL, body TEXT NOT NULL, published_at INTEGER NOT NULL, published_by INTEGER REFERENCES staff ON DELETE SET NULL, UNIQUE (policy_id, number)) STRICT;
CREATE TRIGGER policy_versions_stay BEFORE UPDATE OF policy_id, number, body, published_at ON policy_versions BEGIN SELECT RAISE(ABORT, 'guard:policy-version-immutable'); END;

-- Answers are appended; the newest one of a version and subject counts. student_id is NULL for family policies, hence two partial indexes.
CREATE TABLE policy_answers (
  id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL REFERENCES policy_versions ON DELETE RESTRICT, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, student_id INTEGER REFERENCES students ON DELETE CASCADE, answer TEXT NOT NULL CHECK (answer IN ('accepted','rejected','put_off')),
  guardian_id INTEGER REFERENCES guardians ON DELETE SET NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, electronic INTEGER NOT NULL CHECK (electronic IN (0,1)), ip TEXT, at INTEGER NOT NULL
) STRICT;
CREATE INDEX answers_of_student ON policy_answers (student_id, version_id, id) WHERE student_id IS NOT NULL;
CREATE INDEX answers_of_family ON policy_answers (family_id, version_id, id) WHERE student_id IS NULL;
CREATE INDEX enrollments_by_from_enrollment ON enrollments (from_enrollment_id) WHERE from_enrollment_id IS NOT NULL;
CREATE INDEX enrollments_by_class ON enrollments (class_id);
CREATE INDEX carts_by_family ON carts (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX cart_items_by_student ON cart_items (student_id) WHERE student_id IS NOT NULL;
CREATE INDEX cart_items_by_class ON cart_items (class_id) WHERE class_id IS NOT NULL;
CREATE INDEX transfers_by_class ON transfers (class_id);
CREATE INDEX transfers_by_target ON transfers (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX transfers_by_source ON transfers (source_id);
CREATE INDEX drop_requests_by_enrollment ON drop_requests (enrollment_id);
CREATE INDEX waitlist_offers_by_class ON waitlist_offers (class_id);
CREATE INDEX absences_by_class ON absences (class_id);
CREATE INDEX policy_answers_by_guardian ON policy_answers (guardian_id) WHERE guardian_id IS NOT NULL;
CREATE INDEX policy_answers_by_family ON policy_answers (family_id);
