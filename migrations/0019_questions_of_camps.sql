-- What a camp asks of each child. An answer keeps the fee it was given for; a question that is not asked any more stays for the answers it has.
-- Choices are [{"label", "cents"}]; fee_cents is what a yes costs.
CREATE TABLE camp_questions (
  id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES camps ON DELETE CASCADE, label TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('yes_no','text','choice')),
  choices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(choices)), required INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0,1)), fee_cents INTEGER NOT NULL DEFAULT 0 CHECK (fee_cents >= 0), sort INTEGER NOT NULL DEFAULT 0, retired_at INTEGER
) STRICT;
CREATE INDEX questions_of_camp ON camp_questions (class_id, sort, id);
CREATE TABLE camp_answers (enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE CASCADE, question_id INTEGER NOT NULL REFERENCES camp_questions ON DELETE CASCADE, answer TEXT NOT NULL, fee_cents INTEGER NOT NULL DEFAULT 0 CHECK (fee_cents >= 0), PRIMARY KEY (enrollment_id, question_id)) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_question ON camp_answers (question_id);
