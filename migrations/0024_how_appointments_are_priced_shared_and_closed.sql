-- The blackout dates of its program close an appointment as well, where it keeps to them (A9); only those that stop both lessons and tuition do.
ALTER TABLE appointments ADD COLUMN blackouts INTEGER NOT NULL DEFAULT 0 CHECK (blackouts IN (0,1));

-- What a schedule of appointments says: rows of minutes with what each student pays where there is one, where there are two and so on, and what peak times cost more. One JSON, because whoever reads a time reads its appointment anyway, and so one row more.
ALTER TABLE pricing_schedules ADD COLUMN lessons TEXT CHECK (lessons IS NULL OR json_valid(lessons));

-- What a booking was told that it costs, and the row of the schedule behind it: no later change of the schedule reaches it.
ALTER TABLE bookings ADD COLUMN cents INTEGER CHECK (cents >= 0);
ALTER TABLE bookings ADD COLUMN terms TEXT CHECK (terms IS NULL OR json_valid(terms));

-- A place in a time that somebody booked, offered to whoever has the link. One that was used names the booking it became.
CREATE TABLE booking_invitations (
  id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL REFERENCES bookings ON DELETE CASCADE, slot_id INTEGER NOT NULL REFERENCES appointment_slots ON DELETE CASCADE, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, guardian TEXT NOT NULL, address TEXT,
  token_hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER, used_by INTEGER REFERENCES bookings ON DELETE SET NULL
) STRICT;
CREATE INDEX invitations_to_slot ON booking_invitations (slot_id, expires_at);
CREATE INDEX invitations_of_family ON booking_invitations (family_id, created_at);
CREATE INDEX invitations_aged ON booking_invitations (expires_at);
