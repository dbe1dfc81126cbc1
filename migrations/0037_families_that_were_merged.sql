-- Families that became one: which record stayed, who did it, and until when it can be undone. The record that went is kept too, as state 'merged'.
CREATE TABLE family_merges (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, names TEXT NOT NULL CHECK (json_valid(names)), who TEXT NOT NULL, made_at INTEGER NOT NULL, undo_until INTEGER NOT NULL, undone_at INTEGER, undone_by TEXT
) STRICT;
CREATE INDEX merges_of_family ON family_merges (family_id, id);
CREATE INDEX merges_made ON family_merges (made_at);

-- What each of them had: undoing goes by these rows. was is what the merge wrote over, mark what a row said then that would show that somebody changed it since, stays that an undo left it where it is.
CREATE TABLE family_merge_rows (
  merge_id INTEGER NOT NULL REFERENCES family_merges ON DELETE CASCADE, thing TEXT NOT NULL, row_id INTEGER NOT NULL, from_id INTEGER NOT NULL, student_id INTEGER, was TEXT CHECK (was IS NULL OR json_valid(was)), mark TEXT, stays INTEGER NOT NULL DEFAULT 0 CHECK (stays IN (0,1)),
  PRIMARY KEY (merge_id, thing, row_id, from_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_rows_of_student ON family_merge_rows (merge_id, student_id) WHERE student_id IS NOT NULL;
