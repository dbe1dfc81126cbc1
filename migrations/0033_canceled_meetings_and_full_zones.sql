-- Whether a meeting that was canceled brings makeup tokens, as an excused absence would (A5, A6).
ALTER TABLE meetings ADD COLUMN gives_tokens INTEGER NOT NULL DEFAULT 0 CHECK (gives_tokens IN (0,1));
-- Which classes share a part of the building: for the warning that one is full at a time (A0).
CREATE INDEX classes_in_zone ON classes (zone_id) WHERE zone_id IS NOT NULL AND state = 'active';
