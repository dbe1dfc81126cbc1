-- What a booking costs, the same for each; nothing is free. It is charged when it is booked, so a booking knows its charge.
ALTER TABLE appointments ADD COLUMN cents INTEGER NOT NULL DEFAULT 0 CHECK (cents >= 0);
ALTER TABLE bookings ADD COLUMN charge_id INTEGER REFERENCES charges ON DELETE RESTRICT;
CREATE INDEX bookings_by_charge ON bookings (charge_id) WHERE charge_id IS NOT NULL;

-- Staff list times by day, those that were closed and are still booked among them.
CREATE INDEX slots_by_time ON appointment_slots (starts_at, id);

-- The gift certificates of a business, newest first.
CREATE INDEX gift_codes_listed ON gift_codes (created_at DESC, id DESC);
CREATE INDEX parties_listed ON parties (on_date, id);
