-- The list of enrollments goes from class to class by name, whatever kind and state the class has.
CREATE INDEX classes_by_name ON classes (sort_name, id);
-- What a drop took away and gave, so that it can be taken back (BY14): the last day there was before, the credit in cents, and when it was undone.
ALTER TABLE drop_requests ADD COLUMN previous_drop_date TEXT;
ALTER TABLE drop_requests ADD COLUMN credit_cents INTEGER NOT NULL DEFAULT 0 CHECK (credit_cents >= 0);
ALTER TABLE drop_requests ADD COLUMN undone_at INTEGER;
