-- A link that is mailed to a guardian: only its hash is kept, it opens once and for a while. An invitation makes a log-in or joins one; the other sets a new password.
CREATE TABLE guardian_links (
  id INTEGER PRIMARY KEY, guardian_id INTEGER NOT NULL REFERENCES guardians ON DELETE CASCADE, purpose TEXT NOT NULL CHECK (purpose IN ('invitation','password')), token_hash TEXT NOT NULL UNIQUE, address TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE INDEX links_of_guardian ON guardian_links (guardian_id, created_at);
CREATE INDEX links_aged ON guardian_links (expires_at);

-- The secret address of a calendar is a guardian's own, so that it ends with that guardian's access and nobody else's.
ALTER TABLE guardians ADD COLUMN feed_token TEXT;
CREATE UNIQUE INDEX guardians_by_feed ON guardians (feed_token) WHERE feed_token IS NOT NULL;

CREATE TABLE attendance (
  meeting_id INTEGER NOT NULL REFERENCES meetings ON DELETE RESTRICT, enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE RESTRICT, mark TEXT NOT NULL CHECK (mark IN ('present','absent','tardy')), excused INTEGER NOT NULL DEFAULT 0 CHECK (excused IN (0,1)),
  made_in TEXT NOT NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, at INTEGER NOT NULL, PRIMARY KEY (meeting_id, enrollment_id), CHECK (excused = 0 OR mark = 'absent')
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_of ON attendance (enrollment_id, meeting_id);

-- Pending and spent are one fact (a makeup holds it) seen before and after its date, so neither is stored. What was missed is a day of an enrollment, whether or not its meeting stands as a row yet.
CREATE TABLE makeup_tokens (
  id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students ON DELETE RESTRICT, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, program_id INTEGER REFERENCES programs ON DELETE SET NULL,
  enrollment_id INTEGER REFERENCES enrollments ON DELETE RESTRICT, missed_on TEXT, issued_by TEXT NOT NULL, issued_at INTEGER NOT NULL, expires_on TEXT NOT NULL DEFAULT '9999-12-31', comment TEXT,
  used_by INTEGER REFERENCES enrollments ON DELETE SET NULL, revoked_at INTEGER, CHECK (used_by IS NULL OR revoked_at IS NULL), CHECK ((enrollment_id IS NULL) = (missed_on IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_token_a_missed_day ON makeup_tokens (enrollment_id, missed_on) WHERE enrollment_id IS NOT NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX one_token_a_makeup ON makeup_tokens (used_by) WHERE used_by IS NOT NULL;
CREATE INDEX tokens_of_student ON makeup_tokens (student_id, expires_on, id);
-- A makeup that is refused is deleted (the key lets go of it); one that is cancelled gives its token back without anyone remembering to.
CREATE TRIGGER tokens_return AFTER UPDATE OF state ON enrollments WHEN new.type = 'makeup' AND new.state = 'cancelled' BEGIN UPDATE makeup_tokens SET used_by = NULL WHERE used_by = new.id; END;
