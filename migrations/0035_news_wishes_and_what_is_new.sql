-- What staff tell each other: from a moment to another, to those of one location or of all. by outlives the account of whoever wrote it.
CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, location_id INTEGER REFERENCES locations(id) ON DELETE CASCADE, from_at INTEGER NOT NULL, until_at INTEGER, staff_id INTEGER REFERENCES staff(id) ON DELETE SET NULL, by TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE INDEX news_newest ON news (from_at DESC, id DESC);

-- What staff wish for. votes is kept by the verb that counts them, so that the list is ordered by an index.
CREATE TABLE feature_requests (id INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','planned','done','declined')), votes INTEGER NOT NULL DEFAULT 0, answer TEXT, answered_by TEXT, answered_at INTEGER, staff_id INTEGER REFERENCES staff(id) ON DELETE SET NULL, by TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX feature_requests_wished ON feature_requests (state, votes DESC, id DESC);
CREATE TABLE feature_votes (request_id INTEGER NOT NULL REFERENCES feature_requests(id) ON DELETE CASCADE, staff_id INTEGER NOT NULL REFERENCES staff(id) ON DELETE CASCADE, PRIMARY KEY (request_id, staff_id)) STRICT, WITHOUT ROWID;
CREATE INDEX feature_votes_of_staff ON feature_votes (staff_id);

-- The newest entry of Updates that somebody has seen.
ALTER TABLE staff ADD COLUMN updates_seen_on TEXT;
