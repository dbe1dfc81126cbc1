-- What staff write down about a family, each with its day and who wrote it; pinned ones stand first. A note that is removed is kept, so that the audit log has something to point at.
CREATE TABLE family_notes (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, body TEXT NOT NULL, pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0,1)),
  who TEXT NOT NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT;
CREATE INDEX notes_of_family ON family_notes (family_id, pinned DESC, created_at DESC, id DESC) WHERE removed_at IS NULL;
CREATE INDEX family_notes_by_family ON family_notes (family_id);
CREATE INDEX family_notes_by_staff ON family_notes (staff_id) WHERE staff_id IS NOT NULL;
