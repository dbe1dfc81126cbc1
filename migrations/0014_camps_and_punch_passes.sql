-- Rows are blocks (or days), columns the children of a family in the same camp; a table smaller than what is asked goes on with its last column.
CREATE TABLE pricing_cells (schedule_id INTEGER NOT NULL REFERENCES pricing_schedules ON DELETE CASCADE, blocks INTEGER NOT NULL CHECK (blocks > 0), nth_student INTEGER NOT NULL CHECK (nth_student > 0), cents INTEGER NOT NULL CHECK (cents >= 0), PRIMARY KEY (schedule_id, blocks, nth_student)) STRICT, WITHOUT ROWID;
CREATE INDEX meetings_of_block ON meetings (camp_block_id, on_date) WHERE camp_block_id IS NOT NULL;
CREATE INDEX days_of_block ON enrollment_days (block_id, on_date);
CREATE INDEX camps_ending ON classes (end_date, sort_name, id) WHERE kind = 'camp';
-- Until when a location has camps that families may see: the menu of every page asks.
CREATE INDEX camps_shown ON classes (location_id, end_date) WHERE kind = 'camp' AND state = 'active' AND show_portal = 1;
-- What a cart holds beside classes: each page of it asks, and most have none. Only days of a camp have a last day in a cart.
CREATE INDEX camps_in_carts ON cart_items (cart_id) WHERE drop_date IS NOT NULL;
CREATE INDEX passes_in_carts ON cart_items (cart_id) WHERE kind = 'pass';
INSERT INTO charge_categories (id, name) VALUES (7, 'Camps'), (8, 'Punch passes');

-- A child may come to a camp on Monday and be enrolled for Friday later: there a day is taken once, not the span from the first to the last.
DROP TRIGGER enrollments_once;
DROP TRIGGER enrollments_once_moved;
CREATE TRIGGER enrollments_once BEFORE INSERT ON enrollments WHEN new.type <> 'wait' AND new.state <> 'cancelled' AND (SELECT kind FROM classes WHERE id = new.class_id) <> 'camp' AND EXISTS (SELECT 1 FROM enrollments e WHERE e.student_id = new.student_id AND e.class_id = new.class_id AND e.type <> 'wait' AND e.state <> 'cancelled' AND e.start_date <= coalesce(new.drop_date, '9999-12-31') AND e.through_date >= new.start_date) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;
CREATE TRIGGER enrollments_once_moved BEFORE UPDATE OF start_date, drop_date, type, state ON enrollments WHEN new.type <> 'wait' AND new.state <> 'cancelled' AND (SELECT kind FROM classes WHERE id = new.class_id) <> 'camp' AND EXISTS (SELECT 1 FROM enrollments e WHERE e.id <> new.id AND e.student_id = new.student_id AND e.class_id = new.class_id AND e.type <> 'wait' AND e.state <> 'cancelled' AND e.start_date <= coalesce(new.drop_date, '9999-12-31') AND e.through_date >= new.start_date) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;
CREATE TRIGGER enrollment_days_once BEFORE INSERT ON enrollment_days WHEN EXISTS (SELECT 1 FROM enrollments n JOIN enrollments e ON e.student_id = n.student_id AND e.class_id = n.class_id AND e.id <> n.id AND e.state <> 'cancelled' JOIN enrollment_days d ON d.enrollment_id = e.id AND d.on_date = new.on_date WHERE n.id = new.enrollment_id) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;

CREATE TABLE pass_products (
  id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT, holder TEXT NOT NULL CHECK (holder IN ('family','student')), variant_id INTEGER REFERENCES product_variants ON DELETE SET NULL, cents INTEGER NOT NULL CHECK (cents >= 0), punches INTEGER NOT NULL CHECK (punches > 0), valid_days INTEGER CHECK (valid_days > 0),
  allowed TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(allowed)), show_portal INTEGER NOT NULL DEFAULT 1 CHECK (show_portal IN (0,1)), retired_at INTEGER
) STRICT;
CREATE TABLE passes (
  id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES pass_products ON DELETE RESTRICT, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, student_id INTEGER REFERENCES students ON DELETE RESTRICT, charge_id INTEGER REFERENCES charges ON DELETE RESTRICT,
  punches INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0, bought_on TEXT NOT NULL, active_on TEXT NOT NULL, expires_on TEXT NOT NULL DEFAULT '9999-12-31', suspended_at INTEGER, CHECK (used BETWEEN 0 AND punches)
) STRICT;
CREATE INDEX passes_of_family ON passes (family_id, expires_on);
CREATE INDEX passes_by_student ON passes (student_id) WHERE student_id IS NOT NULL;
CREATE INDEX passes_by_charge ON passes (charge_id) WHERE charge_id IS NOT NULL;
-- A punch is the enrollment it paid for. A refused request goes with its punch, a cancelled one lets go of it, so that nobody has to remember to give it back.
CREATE TABLE punches (id INTEGER PRIMARY KEY, pass_id INTEGER NOT NULL REFERENCES passes ON DELETE RESTRICT, enrollment_id INTEGER NOT NULL UNIQUE REFERENCES enrollments ON DELETE CASCADE, at INTEGER NOT NULL, who TEXT NOT NULL) STRICT;
CREATE INDEX punches_of_pass ON punches (pass_id, at);
CREATE TRIGGER punches_count AFTER INSERT ON punches BEGIN UPDATE passes SET used = used + 1 WHERE id = new.pass_id; END;
CREATE TRIGGER punches_back AFTER DELETE ON punches BEGIN UPDATE passes SET used = used - 1 WHERE id = old.pass_id; END;
CREATE TRIGGER punches_return AFTER UPDATE OF state ON enrollments WHEN new.type = 'single_day' AND new.state = 'cancelled' AND old.state <> 'cancelled' BEGIN DELETE FROM punches WHERE enrollment_id = new.id; END;
