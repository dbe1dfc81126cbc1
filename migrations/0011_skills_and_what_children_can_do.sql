-- Tree > level > event > skill. A skill stands once in the bank and may occur in several events: a result counts wherever it does.
CREATE TABLE skill_levels (id INTEGER PRIMARY KEY, tree_id INTEGER NOT NULL REFERENCES skill_trees ON DELETE CASCADE, sort INTEGER NOT NULL, name TEXT NOT NULL, code TEXT, description TEXT, UNIQUE (tree_id, name)) STRICT;
CREATE TABLE skill_events (id INTEGER PRIMARY KEY, level_id INTEGER NOT NULL REFERENCES skill_levels ON DELETE CASCADE, sort INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (level_id, name)) STRICT;
CREATE TABLE skills (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event_skills (event_id INTEGER NOT NULL REFERENCES skill_events ON DELETE CASCADE, skill_id INTEGER NOT NULL REFERENCES skills ON DELETE CASCADE, sort INTEGER NOT NULL, PRIMARY KEY (event_id, skill_id)) STRICT, WITHOUT ROWID;
-- Results are added, never changed: the newest one of a skill counts. Stars are one to five.
CREATE TABLE skill_results (
  id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students ON DELETE CASCADE, skill_id INTEGER NOT NULL REFERENCES skills ON DELETE RESTRICT, stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  class_id INTEGER REFERENCES classes ON DELETE SET NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX results_of_student ON skill_results (student_id, skill_id, id);
-- A level that was passed stays passed, and its certificate with it.
CREATE TABLE skill_passes (student_id INTEGER NOT NULL REFERENCES students ON DELETE CASCADE, level_id INTEGER NOT NULL REFERENCES skill_levels ON DELETE CASCADE, at INTEGER NOT NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, PRIMARY KEY (student_id, level_id)) STRICT, WITHOUT ROWID;
