-- What a business counts, by day, place (0 is the whole business) and program (0 is all of them): kept, because every page after a log-in shows it, and a dashboard compares it with days that are over.
DROP TABLE figures;
CREATE TABLE figures (
  name TEXT NOT NULL CHECK (name IN ('enrollments','families','students','classes','staff','active_families','active_students')), location_id INTEGER NOT NULL, program_id INTEGER NOT NULL DEFAULT 0, number INTEGER NOT NULL, on_date TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (name, on_date, location_id, program_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX figures_aged ON figures (on_date, at);

-- Charges by month, payments and credits by day. The books are only ever added to, so what was added since the last look is added here: a line is summed once.
CREATE TABLE money_sums (
  kind TEXT NOT NULL CHECK (kind IN ('charges','payments','credits')), period TEXT NOT NULL, location_id INTEGER NOT NULL, program_id INTEGER NOT NULL DEFAULT 0, category_id INTEGER NOT NULL DEFAULT 0, cents INTEGER NOT NULL,
  PRIMARY KEY (kind, period, location_id, program_id, category_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE summed (source TEXT PRIMARY KEY CHECK (source IN ('charge_lines','payments')), through_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO summed (source, through_id) VALUES ('charge_lines', 0), ('payments', 0);

-- The dashboard of one person; who never arranged it has none of these and sees the one that everybody begins with.
CREATE TABLE widgets (
  id INTEGER PRIMARY KEY, staff_id INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, sort INTEGER NOT NULL, kind TEXT NOT NULL, width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 3), choices TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(choices))
) STRICT;
CREATE INDEX widgets_of_staff ON widgets (staff_id, sort, id);

-- What the widgets of a week and of a month look for.
CREATE INDEX activity_of_kind ON activity (kind, created_at);
CREATE INDEX absences_on ON absences (on_date) WHERE state IN ('pending','approved');
CREATE INDEX transfers_on ON transfers (on_date) WHERE state = 'approved';
CREATE INDEX attendance_tardy ON attendance (at) WHERE mark = 'tardy';
CREATE INDEX results_newest ON skill_results (at);
CREATE INDEX passes_newest ON skill_passes (at);
