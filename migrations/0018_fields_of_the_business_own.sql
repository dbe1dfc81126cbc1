-- What a business asks of its people beyond what everybody asks. A value has no foreign key to whom it is of: retention sweeps it.
CREATE TABLE custom_fields (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL DEFAULT 'student' CHECK (subject IN ('family','student','staff')), name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text','long_text','number','date','yes_no','choice')), choices TEXT,
  portal TEXT NOT NULL DEFAULT 'hidden' CHECK (portal IN ('hidden','shown','editable','required')), sort INTEGER NOT NULL DEFAULT 0, retired_at INTEGER, UNIQUE (subject, name)
) STRICT;
CREATE TABLE custom_values (field_id INTEGER NOT NULL REFERENCES custom_fields ON DELETE CASCADE, subject_id INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (field_id, subject_id)) STRICT, WITHOUT ROWID;
ALTER TABLE grades ADD COLUMN retired_at INTEGER;
-- What most schools call them; a business changes and retires them as it likes.
INSERT INTO grades (name, sort) VALUES ('Pre-K', 1), ('Kindergarten', 2), ('1st grade', 3), ('2nd grade', 4), ('3rd grade', 5), ('4th grade', 6), ('5th grade', 7), ('6th grade', 8), ('7th grade', 9), ('8th grade', 10), ('9th grade', 11), ('10th grade', 12), ('11th grade', 13), ('12th grade', 14);
