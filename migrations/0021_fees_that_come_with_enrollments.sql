-- What a family or a student owes with an enrollment, and again every so many months: a registration, a membership. It is booked under one program; enrollments in the programs beside it make it due, in any where none stands there.
CREATE TABLE anniversary_fees (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, per TEXT NOT NULL CHECK (per IN ('student','family')), program_id INTEGER NOT NULL REFERENCES programs ON DELETE RESTRICT, charge_category_id INTEGER NOT NULL REFERENCES charge_categories ON DELETE RESTRICT,
  cents INTEGER NOT NULL CHECK (cents > 0), months INTEGER CHECK (months > 0), retired_at INTEGER
) STRICT;
CREATE TABLE anniversary_programs (fee_id INTEGER NOT NULL REFERENCES anniversary_fees ON DELETE CASCADE, program_id INTEGER NOT NULL REFERENCES programs ON DELETE CASCADE, PRIMARY KEY (fee_id, program_id)) STRICT, WITHOUT ROWID;
-- Without a row a fee is due with the first enrollment. A student's is the student's, whichever household enrolls, so that two of them do not pay one membership twice.
CREATE TABLE anniversary_dues (
  id INTEGER PRIMARY KEY, fee_id INTEGER NOT NULL REFERENCES anniversary_fees ON DELETE CASCADE, family_id INTEGER REFERENCES families ON DELETE CASCADE, student_id INTEGER REFERENCES students ON DELETE CASCADE,
  next_on TEXT NOT NULL DEFAULT '0000-01-01', custom_cents INTEGER CHECK (custom_cents >= 0), last_charge_id INTEGER REFERENCES charges ON DELETE SET NULL, CHECK ((family_id IS NULL) <> (student_id IS NULL)), UNIQUE (fee_id, family_id), UNIQUE (fee_id, student_id)
) STRICT;
CREATE INDEX anniversary_dues_by_family ON anniversary_dues (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX anniversary_dues_by_student ON anniversary_dues (student_id) WHERE student_id IS NOT NULL;
