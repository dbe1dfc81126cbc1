-- A punch that paid a booking, as punches of enrollments are: what ends without having taken place lets go of it, so that nobody gives one back by hand. A move takes it along.
CREATE TABLE booking_punches (id INTEGER PRIMARY KEY, pass_id INTEGER NOT NULL REFERENCES passes ON DELETE RESTRICT, booking_id INTEGER NOT NULL UNIQUE REFERENCES bookings ON DELETE CASCADE, at INTEGER NOT NULL, who TEXT NOT NULL) STRICT;
CREATE INDEX booking_punches_of_pass ON booking_punches (pass_id, at);
CREATE TRIGGER booking_punches_count AFTER INSERT ON booking_punches BEGIN UPDATE passes SET used = used + 1 WHERE id = new.pass_id; END;
CREATE TRIGGER booking_punches_back AFTER DELETE ON booking_punches BEGIN UPDATE passes SET used = used - 1 WHERE id = old.pass_id; END;
CREATE TRIGGER booking_punches_return AFTER UPDATE OF state ON bookings WHEN new.state IN ('cancelled','denied') AND old.state NOT IN ('cancelled','denied') BEGIN DELETE FROM booking_punches WHERE booking_id = new.id; END;
-- A booking is paid with a punch or with money.
CREATE TRIGGER booking_punches_or_charge BEFORE INSERT ON booking_punches WHEN EXISTS (SELECT 1 FROM bookings WHERE id = new.booking_id AND charge_id IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'guard:changed-meanwhile'); END;
CREATE TRIGGER bookings_charge_or_punch BEFORE UPDATE OF charge_id ON bookings WHEN new.charge_id IS NOT NULL AND EXISTS (SELECT 1 FROM booking_punches WHERE booking_id = new.id) BEGIN SELECT RAISE(ABORT, 'guard:changed-meanwhile'); END;

-- What a family was told that moving its booking to this time costs, until that is decided.
ALTER TABLE bookings ADD COLUMN move_fee_cents INTEGER NOT NULL DEFAULT 0 CHECK (move_fee_cents >= 0);
