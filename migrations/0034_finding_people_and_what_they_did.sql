-- The audit log of one person is read from the newest line back, whatever else the business wrote in between.
CREATE INDEX audit_by_who ON audit (who, at, id);
-- The search of the Office finds people by either name, and by how a phone number ends: whoever reads one aloud leaves the beginning away.
CREATE INDEX students_by_first_name ON students (lower(first_name), sort_name) WHERE state = 'open';
CREATE INDEX guardians_by_first_name ON guardians (lower(first_name), lower(last_name)) WHERE removed_at IS NULL;
CREATE INDEX guardians_by_last_name ON guardians (lower(last_name), lower(first_name)) WHERE removed_at IS NULL;
CREATE INDEX contacts_by_last_digits ON contacts (substr(folded, -4)) WHERE kind = 'phone';
