-- Whether families may wait for days that are full; staff give every place by hand (A8).
ALTER TABLE camps ADD COLUMN allow_waitlist INTEGER NOT NULL DEFAULT 0 CHECK (allow_waitlist IN (0,1));
-- The days of a camp that a drop gives back; nothing for a class, which ends on one day.
ALTER TABLE drop_requests ADD COLUMN days TEXT CHECK (days IS NULL OR json_valid(days));
-- Who waits for a day may still take it when it is free again: a day is had once, and waited for once.
DROP TRIGGER enrollment_days_once;
CREATE TRIGGER enrollment_days_once BEFORE INSERT ON enrollment_days WHEN EXISTS (SELECT 1 FROM enrollments n JOIN enrollments e ON e.student_id = n.student_id AND e.class_id = n.class_id AND e.id <> n.id AND e.state <> 'cancelled' AND (e.type = 'wait') = (n.type = 'wait') JOIN enrollment_days d ON d.enrollment_id = e.id AND d.on_date = new.on_date WHERE n.id = new.enrollment_id) BEGIN SELECT RAISE(ABORT, 'guard:already-enrolled'); END;
