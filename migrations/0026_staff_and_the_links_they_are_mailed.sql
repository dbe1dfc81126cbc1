-- What a staff door mails: an invitation makes a log-in or moves one to another address, the other link sets a new password. Only its hash is kept, it opens once and for a while.
CREATE TABLE staff_links (
  id INTEGER PRIMARY KEY, staff_id INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, purpose TEXT NOT NULL CHECK (purpose IN ('invitation','password')), token_hash TEXT NOT NULL UNIQUE, address TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE INDEX links_of_staff ON staff_links (staff_id, created_at);
CREATE INDEX staff_links_aged ON staff_links (expires_at);

ALTER TABLE staff ADD COLUMN other_phone TEXT;
-- The list of everybody, active or not.
CREATE INDEX staff_by_sort_name ON staff (sort_name, id);
CREATE INDEX appointments_of_staff ON appointments (staff_id, id);
