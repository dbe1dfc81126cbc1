-- A schedule of days, and what they do to the classes of the programs that it is attached to (A0).
CREATE TABLE blackout_schedules (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, effect TEXT NOT NULL CHECK (effect IN ('billing','closures','both')), retired_at INTEGER) STRICT;
CREATE TABLE blackout_dates (schedule_id INTEGER NOT NULL REFERENCES blackout_schedules ON DELETE CASCADE, on_date TEXT NOT NULL, label TEXT, PRIMARY KEY (schedule_id, on_date)) STRICT, WITHOUT ROWID;
CREATE TABLE program_blackouts (program_id INTEGER NOT NULL REFERENCES programs ON DELETE CASCADE, schedule_id INTEGER NOT NULL REFERENCES blackout_schedules ON DELETE CASCADE, PRIMARY KEY (program_id, schedule_id)) STRICT, WITHOUT ROWID;
CREATE INDEX program_blackouts_of_schedule ON program_blackouts (schedule_id);

-- The same days once more, as [date, effect]: whoever reads a class reads its program anyway, and so no row more.
ALTER TABLE programs ADD COLUMN closures TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(closures));

-- Who may enroll, until a moment or for good; a class's own word goes before its program's, that before the business's (CP7).
ALTER TABLE programs ADD COLUMN open_to TEXT NOT NULL DEFAULT 'all' CHECK (open_to IN ('all','new','returning'));
ALTER TABLE programs ADD COLUMN open_to_until INTEGER;
ALTER TABLE classes ADD COLUMN open_to TEXT NOT NULL DEFAULT 'all' CHECK (open_to IN ('all','new','returning'));
ALTER TABLE classes ADD COLUMN open_to_until INTEGER;
