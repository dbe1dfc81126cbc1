-- The calendar asks which classes meet on a weekday, and leaves out times that ended.
CREATE INDEX timeslots_on ON timeslots (weekday, to_date, class_id);
