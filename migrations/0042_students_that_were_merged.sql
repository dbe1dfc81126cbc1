-- Two records of one child that became one: where the one that went leads to. It keeps its name for the audit log and for lines of charges, which are only added to, and is hidden as state 'anonymised'.
ALTER TABLE students ADD COLUMN merged_into INTEGER REFERENCES students ON DELETE SET NULL;
CREATE INDEX students_merged ON students (merged_into) WHERE merged_into IS NOT NULL;

-- A merge of two students is written down like one of families, with the record that stayed.
ALTER TABLE family_merges ADD COLUMN student_id INTEGER REFERENCES students ON DELETE CASCADE;
CREATE INDEX merges_of_student ON family_merges (student_id, id) WHERE student_id IS NOT NULL;

-- An enrollment goes from one student to another only between two records of one child, and never beside one of the same class.
DROP TRIGGER enrollments_stay_put;
CREATE TRIGGER enrollments_stay_put BEFORE UPDATE OF student_id, class_id ON enrollments WHEN new.class_id <> old.class_id OR (new.student_id <> old.student_id AND NOT EXISTS (SELECT 1 FROM students s WHERE (s.id = old.student_id AND s.merged_into = new.student_id) OR (s.id = new.student_id AND s.merged_into = old.student_id))) BEGIN SELECT RAISE(ABORT, 'guard:enrollment-moves-by-transfer'); END;
CREATE TRIGGER enrollments_once_merged BEFORE UPDATE OF student_id ON enrollments WHEN new.student_id <> old.student_id AND new.type <> 'wait' AND new.state <> 'cancelled' AND (SELECT kind FROM classes WHERE id = new.class_id) <> 'camp' AND EXISTS (SELECT 1 FROM enrollments e WHERE e.id <> new.id AND e.student_id = new.student_id AND e.class_id = new.class_id AND e.type <> 'wait' AND e.state <> 'cancelled' AND e.start_date <= coalesce(new.drop_date, '9999-12-31') AND e.through_date >= new.start_date) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;
