CREATE TABLE locations (
  id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, time_zone TEXT NOT NULL, currency TEXT NOT NULL DEFAULT 'USD' CHECK (length(currency) = 3),
  phone TEXT, email TEXT, address TEXT, sort INTEGER NOT NULL DEFAULT 0, closed_at INTEGER, created_at INTEGER NOT NULL
) STRICT;

-- A family is a household and the owner of a ledger; it is never deleted once money touched it (ledger_lines restrict it), only anonymised.
CREATE TABLE families (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, sort_name TEXT NOT NULL, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','suspended','merged','anonymised')), merged_into INTEGER REFERENCES families ON DELETE RESTRICT,
  suspended_note TEXT, referral_source_id INTEGER REFERENCES referral_sources ON DELETE SET NULL, public_code TEXT NOT NULL UNIQUE,
  notes TEXT, source TEXT UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  CHECK ((state = 'merged') = (merged_into IS NOT NULL))
) STRICT;
CREATE INDEX families_by_name ON families (sort_name, id) WHERE state IN ('open','suspended');
CREATE INDEX families_of_location ON families (location_id, sort_name, id) WHERE state IN ('open','suspended');
CREATE INDEX families_created ON families (created_at);

-- A guardian belongs to one household; the same person in two households is two guardians with one login, which is what the family switcher shows.
CREATE TABLE guardians (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, first_name TEXT NOT NULL, last_name TEXT NOT NULL, relationship TEXT,
  role TEXT NOT NULL DEFAULT 'secondary' CHECK (role IN ('primary','secondary')), login_id INTEGER REFERENCES logins ON DELETE SET NULL,
  access TEXT NOT NULL DEFAULT 'none' CHECK (access IN ('none','invited','revoked','limited','full')), may_pay INTEGER NOT NULL DEFAULT 0 CHECK (may_pay IN (0,1)),
  made_in_app INTEGER NOT NULL DEFAULT 0 CHECK (made_in_app IN (0,1)), pin_hash TEXT, created_at INTEGER NOT NULL, removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_primary_guardian ON guardians (family_id) WHERE role = 'primary' AND removed_at IS NULL;
CREATE INDEX guardians_of_family ON guardians (family_id) WHERE removed_at IS NULL;
CREATE INDEX guardians_of_login ON guardians (login_id) WHERE login_id IS NOT NULL;

-- guardian_id NULL is the "Unassigned" column; family_id stays so that a contact never leaves its household.
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, guardian_id INTEGER REFERENCES guardians ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind IN ('email','phone')), value TEXT NOT NULL, folded TEXT NOT NULL, label TEXT,
  is_login INTEGER NOT NULL DEFAULT 0 CHECK (is_login IN (0,1)), is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0,1)),
  blast_consent TEXT NOT NULL DEFAULT 'unasked' CHECK (blast_consent IN ('unasked','in','out')), consent_at INTEGER, verified_at INTEGER, undeliverable_at INTEGER,
  created_at INTEGER NOT NULL, CHECK (is_login = 0 OR kind = 'email')
) STRICT;
CREATE INDEX contacts_of_family ON contacts (family_id, kind);
CREATE INDEX contacts_of_guardian ON contacts (guardian_id) WHERE guardian_id IS NOT NULL;
CREATE INDEX contacts_folded ON contacts (kind, folded);
CREATE UNIQUE INDEX one_login_email ON contacts (guardian_id) WHERE is_login = 1;
CREATE UNIQUE INDEX one_primary_contact ON contacts (family_id, kind) WHERE is_primary = 1;

CREATE TABLE addresses (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE CASCADE, guardian_id INTEGER REFERENCES guardians ON DELETE SET NULL,
  kind TEXT NOT NULL DEFAULT 'mailing' CHECK (kind IN ('mailing','billing','home')), line1 TEXT NOT NULL, line2 TEXT, city TEXT, region TEXT, postal_code TEXT, country TEXT, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX addresses_of_family ON addresses (family_id);

CREATE TABLE students (
  id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, sort_name TEXT NOT NULL, birth_date TEXT CHECK (birth_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  gender TEXT NOT NULL DEFAULT 'unstated' CHECK (gender IN ('male','female','unstated')), grade_id INTEGER REFERENCES grades ON DELETE SET NULL, grade_is_fixed INTEGER NOT NULL DEFAULT 0 CHECK (grade_is_fixed IN (0,1)),
  medical TEXT, notes TEXT, photo_key TEXT, qr_token TEXT UNIQUE, qr_made_at INTEGER,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','anonymised')), source TEXT UNIQUE, first_enrolled_on TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX students_by_name ON students (sort_name, id) WHERE state = 'open';
CREATE INDEX students_birthday ON students (substr(birth_date, 6)) WHERE birth_date IS NOT NULL AND state = 'open';

-- share is what this household pays of the child's charges, in hundredths of a percent; that a child's shares make 10,000 is guarded by the verb, because no row alone can know it.
CREATE TABLE family_students (
  family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, student_id INTEGER NOT NULL REFERENCES students ON DELETE CASCADE,
  share INTEGER NOT NULL DEFAULT 10000 CHECK (share BETWEEN 0 AND 10000), is_home INTEGER NOT NULL DEFAULT 1 CHECK (is_home IN (0,1)),
  may_enroll INTEGER NOT NULL DEFAULT 1 CHECK (may_enroll IN (0,1)), may_see_medical INTEGER NOT NULL DEFAULT 1 CHECK (may_see_medical IN (0,1)), created_at INTEGER NOT NULL,
  PRIMARY KEY (family_id, student_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX families_of_student ON family_students (student_id, family_id);
CREATE UNIQUE INDEX one_home ON family_students (student_id) WHERE is_home = 1;

CREATE TABLE grades (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sort INTEGER NOT NULL, age_from INTEGER) STRICT;

CREATE TABLE referral_sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sort INTEGER NOT NULL DEFAULT 0, retired_at INTEGER) STRICT;

CREATE TABLE staff (
  id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, sort_name TEXT NOT NULL, display_name TEXT, login_id INTEGER UNIQUE REFERENCES logins ON DELETE SET NULL,
  is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0,1)), is_owner INTEGER NOT NULL DEFAULT 0 CHECK (is_owner IN (0,1)), email TEXT, phone TEXT, pin_hash TEXT,
  biography TEXT, photo_key TEXT, portal TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(portal)), landing TEXT NOT NULL DEFAULT 'dashboard' CHECK (landing IN ('dashboard','welcome')),
  punch_mode TEXT NOT NULL DEFAULT 'two' CHECK (punch_mode IN ('one','two')), active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0,1)), source TEXT UNIQUE, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_by_name ON staff (active, sort_name, id);

CREATE TABLE staff_locations (staff_id INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, location_id INTEGER NOT NULL REFERENCES locations ON DELETE CASCADE, PRIMARY KEY (staff_id, location_id)) STRICT, WITHOUT ROWID;

CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0,1))) STRICT;

CREATE TABLE group_staff (group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE, staff_id INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, PRIMARY KEY (staff_id, group_id)) STRICT, WITHOUT ROWID;
CREATE INDEX staff_of_group ON group_staff (group_id, staff_id);

-- The least restrictive wins, so a right is max(level) over both holders and a missing row is 0; names live in code, where the page that needs them is.
CREATE TABLE permissions (
  id INTEGER PRIMARY KEY, group_id INTEGER REFERENCES groups ON DELETE CASCADE, staff_id INTEGER REFERENCES staff ON DELETE CASCADE, name TEXT NOT NULL, level INTEGER NOT NULL CHECK (level IN (1,2)),
  CHECK ((group_id IS NULL) <> (staff_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX permissions_of_group ON permissions (group_id, name, level) WHERE group_id IS NOT NULL;
CREATE UNIQUE INDEX permissions_of_staff ON permissions (staff_id, name, level) WHERE staff_id IS NOT NULL;

-- door keeps a coach who is also a parent two log-ins: the same address may open both, with different secrets and lifetimes.
CREATE TABLE logins (
  id INTEGER PRIMARY KEY, door TEXT NOT NULL CHECK (door IN ('staff','guardian')), email TEXT NOT NULL, password_hash TEXT, password_set_at INTEGER, verified_at INTEGER,
  second_factor TEXT, second_factor_at INTEGER, last_seen_at INTEGER, disabled_at INTEGER, language TEXT NOT NULL DEFAULT 'en', created_at INTEGER NOT NULL, UNIQUE (door, email)
) STRICT;

-- Only the hash of a token is kept; expires_at is absolute and never moved, idleness is seen_at.
CREATE TABLE login_sessions (
  id TEXT PRIMARY KEY, login_id INTEGER NOT NULL REFERENCES logins ON DELETE CASCADE, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  stay INTEGER NOT NULL DEFAULT 0 CHECK (stay IN (0,1)), second_factor_at INTEGER, location_id INTEGER REFERENCES locations ON DELETE SET NULL, family_id INTEGER REFERENCES families ON DELETE CASCADE, ip TEXT, agent TEXT, ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX login_sessions_of ON login_sessions (login_id) WHERE ended_at IS NULL;
CREATE INDEX login_sessions_expired ON login_sessions (expires_at);
CREATE INDEX families_by_merged_into ON families (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX guardians_by_family ON guardians (family_id);
CREATE INDEX addresses_by_guardian ON addresses (guardian_id) WHERE guardian_id IS NOT NULL;
CREATE INDEX login_sessions_by_family ON login_sessions (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX login_sessions_by_login ON login_sessions (login_id);

-- Failures are counted by the address that was typed, whether or not anybody has it: the count can then neither tell who exists nor be reset by asking for somebody else.
CREATE TABLE login_attempts (door TEXT NOT NULL CHECK (door IN ('staff','guardian')), email TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER NOT NULL DEFAULT 0, last_at INTEGER NOT NULL, PRIMARY KEY (door, email)) STRICT, WITHOUT ROWID;
CREATE INDEX login_attempts_aged ON login_attempts (last_at);
