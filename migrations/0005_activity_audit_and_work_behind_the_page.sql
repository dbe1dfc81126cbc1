-- must(condition, code): one insert that aborts the batch when ok is not 1, and leaves no row when it is.
CREATE TABLE guard (code TEXT NOT NULL, ok INTEGER) STRICT;
CREATE TRIGGER guard_refuses BEFORE INSERT ON guard WHEN coalesce(new.ok, 0) = 0 BEGIN SELECT RAISE(ABORT, 'guard:' || new.code); END;
CREATE TRIGGER guard_forgets BEFORE INSERT ON guard WHEN new.ok <> 0 BEGIN SELECT RAISE(IGNORE); END;

-- The window's floor. subject/subject_id have no foreign key: an entry outlives what it speaks of, and a denied enrollment is gone. No kind has more than two statuses, so a filter never needs more than four arms.
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('absence','appointment','appointment_cancelled','appointment_reschedule','autopay','payment','gift_card','new_account','enrollment','drop','transfer','party','policy','student','online_order','opt_out','deletion_request')),
  status TEXT NOT NULL CHECK (status IN ('pending','approved','notification','special')), family_id INTEGER REFERENCES families ON DELETE SET NULL, student_id INTEGER REFERENCES students ON DELETE SET NULL, location_id INTEGER REFERENCES locations ON DELETE SET NULL,
  subject TEXT NOT NULL, subject_id INTEGER, particulars TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(particulars)), notes TEXT, has_notes INTEGER NOT NULL DEFAULT 0 CHECK (has_notes IN (0,1)), by TEXT NOT NULL, ip TEXT,
  created_at INTEGER NOT NULL, closed_at INTEGER, outcome TEXT CHECK (outcome IN ('approved','denied','dismissed','withdrawn','replaced')), closed_by TEXT, operation TEXT, CHECK ((closed_at IS NULL) = (outcome IS NULL)), CHECK ((notes IS NOT NULL) <= has_notes)
) STRICT;
CREATE INDEX activity_all ON activity (created_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX activity_location ON activity (location_id, created_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX activity_status ON activity (status, has_notes, created_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX activity_kind ON activity (status, has_notes, kind, created_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX activity_status_location ON activity (status, has_notes, location_id, created_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX activity_kind_location ON activity (status, has_notes, kind, location_id, created_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX activity_of_subject ON activity (subject, subject_id);
CREATE INDEX activity_of_family ON activity (family_id, created_at) WHERE family_id IS NOT NULL;
CREATE INDEX activity_aged ON activity (created_at, id);

-- How many open entries wait for a decision, by place (0 is none): every page of the Office shows it, and counting would read a hundred rows each time. Triggers, because entries are closed by many verbs, by cascades and by retention, and a count that drifts is worse than none.
CREATE TABLE waiting (location_id INTEGER PRIMARY KEY, entries INTEGER NOT NULL) STRICT;
CREATE TRIGGER waiting_comes AFTER INSERT ON activity WHEN new.status = 'pending' AND new.closed_at IS NULL BEGIN INSERT INTO waiting (location_id, entries) VALUES (coalesce(new.location_id, 0), 1) ON CONFLICT (location_id) DO UPDATE SET entries = entries + 1; END;
CREATE TRIGGER waiting_leaves AFTER UPDATE OF status, location_id, closed_at ON activity WHEN old.status = 'pending' AND old.closed_at IS NULL BEGIN UPDATE waiting SET entries = entries - 1 WHERE location_id = coalesce(old.location_id, 0); END;
CREATE TRIGGER waiting_returns AFTER UPDATE OF status, location_id, closed_at ON activity WHEN new.status = 'pending' AND new.closed_at IS NULL BEGIN INSERT INTO waiting (location_id, entries) VALUES (coalesce(new.location_id, 0), 1) ON CONFLICT (location_id) DO UPDATE SET entries = entries + 1; END;
CREATE TRIGGER waiting_goes AFTER DELETE ON activity WHEN old.status = 'pending' AND old.closed_at IS NULL BEGIN UPDATE waiting SET entries = entries - 1 WHERE location_id = coalesce(old.location_id, 0); END;

CREATE TABLE activity_notes (id INTEGER PRIMARY KEY, activity_id INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX notes_of_activity ON activity_notes (activity_id);
CREATE TRIGGER activity_notes_show AFTER INSERT ON activity_notes BEGIN UPDATE activity SET has_notes = 1 WHERE id = new.activity_id; END;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, login_id INTEGER, made_in TEXT NOT NULL CHECK (made_in IN ('office','staff_portal','customer_portal','app','check_in_kiosk','time_clock_kiosk','autopilot','system','import')), ip TEXT, action TEXT NOT NULL, summary TEXT NOT NULL, before TEXT CHECK (before IS NULL OR json_valid(before)), after TEXT CHECK (after IS NULL OR json_valid(after)), operation TEXT
) STRICT;
CREATE INDEX audit_newest ON audit (at DESC, id DESC);
CREATE INDEX audit_by_login ON audit (login_id, at DESC) WHERE login_id IS NOT NULL;
CREATE INDEX audit_in ON audit (made_in, at DESC);

CREATE TABLE audit_subjects (subject TEXT NOT NULL, subject_id INTEGER NOT NULL, audit_id INTEGER NOT NULL REFERENCES audit ON DELETE CASCADE, PRIMARY KEY (subject, subject_id, audit_id)) STRICT, WITHOUT ROWID;
CREATE INDEX subjects_of_audit ON audit_subjects (audit_id);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'guard:audit-append-only'); END;
-- Only what is older than two years may go (and only retention names it): the row's own time is compared with its run's.
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit WHEN NOT EXISTS (SELECT 1 FROM retention_runs r WHERE r.subject = 'audit' AND r.finished_at IS NULL AND old.at < r.before_at) BEGIN SELECT RAISE(ABORT, 'guard:audit-append-only'); END;

CREATE TABLE answers (key TEXT NOT NULL, path TEXT NOT NULL, who TEXT NOT NULL, status INTEGER NOT NULL, location TEXT, report TEXT, at INTEGER NOT NULL, PRIMARY KEY (key, path)) STRICT, WITHOUT ROWID;
CREATE INDEX answers_aged ON answers (at);

CREATE TABLE outbox (id INTEGER PRIMARY KEY, job TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL CHECK (json_valid(body)), due_at INTEGER NOT NULL, sent_at INTEGER, done_at INTEGER, tries INTEGER NOT NULL DEFAULT 0, failure TEXT, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE inbox (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_aged ON inbox (at);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, who TEXT NOT NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, state TEXT NOT NULL CHECK (state IN ('waiting','running','done','failed','cancelled')), input TEXT NOT NULL CHECK (json_valid(input)), cursor TEXT, done INTEGER NOT NULL DEFAULT 0, total INTEGER, failures INTEGER NOT NULL DEFAULT 0, result_key TEXT, created_at INTEGER NOT NULL, moved_at INTEGER, finished_at INTEGER
) STRICT;
CREATE INDEX tasks_of_staff ON tasks (staff_id, created_at DESC);
CREATE INDEX tasks_running ON tasks (moved_at) WHERE state IN ('waiting','running');
CREATE INDEX tasks_finished ON tasks (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE task_items (task_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE, item TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting','done','refused')), report TEXT, PRIMARY KEY (task_id, item)) STRICT, WITHOUT ROWID;
CREATE INDEX items_waiting ON task_items (task_id, item) WHERE state = 'waiting';

CREATE TABLE messages (id INTEGER PRIMARY KEY, way TEXT NOT NULL CHECK (way IN ('in','out')), channel TEXT NOT NULL CHECK (channel IN ('email','sms','push')), family_id INTEGER REFERENCES families ON DELETE SET NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, address TEXT NOT NULL, subject TEXT, body TEXT, state TEXT NOT NULL, provider_id TEXT UNIQUE, key TEXT UNIQUE, read_at INTEGER, at INTEGER NOT NULL) STRICT;
CREATE INDEX messages_of_family ON messages (family_id, at DESC) WHERE family_id IS NOT NULL;
CREATE INDEX messages_aged ON messages (at);

-- location_id 0 is the business, so that the override and its fallback are one index look-up; the registry of names and defaults is code.
CREATE TABLE settings (name TEXT NOT NULL, location_id INTEGER NOT NULL DEFAULT 0, value TEXT NOT NULL CHECK (json_valid(value)), updated_at INTEGER NOT NULL, who TEXT NOT NULL, PRIMARY KEY (name, location_id)) STRICT, WITHOUT ROWID;

-- problem is why nothing of the file can be published; summary is what was counted, so that a page need not read every line again.
CREATE TABLE imports (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, file_name TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('staging','checked','publishing','published','refused')), lines INTEGER NOT NULL DEFAULT 0, problem TEXT, summary TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(summary)), cursor TEXT, who TEXT NOT NULL, created_at INTEGER NOT NULL, published_at INTEGER) STRICT;
CREATE UNIQUE INDEX published_once ON imports (kind, digest) WHERE state = 'published';

CREATE TABLE import_rows (import_id INTEGER NOT NULL REFERENCES imports ON DELETE CASCADE, line INTEGER NOT NULL, data TEXT NOT NULL CHECK (json_valid(data)), refused TEXT, PRIMARY KEY (import_id, line)) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_refused ON import_rows (import_id, line) WHERE refused IS NOT NULL;

CREATE TABLE retention_runs (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, before_at INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0, started_at INTEGER NOT NULL, finished_at INTEGER) STRICT;
CREATE UNIQUE INDEX one_retention ON retention_runs (subject) WHERE finished_at IS NULL;
CREATE INDEX activity_by_student ON activity (student_id) WHERE student_id IS NOT NULL;
