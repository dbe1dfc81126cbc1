-- What a business tells its families on the pages of the portal, for a while: titled texts, and alerts of one line.
CREATE TABLE announcements (id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('announcement','alert')), place TEXT NOT NULL CHECK (place IN ('front','account','checkout')), title TEXT NOT NULL, text TEXT NOT NULL DEFAULT '', location_id INTEGER REFERENCES locations(id) ON DELETE CASCADE, from_at INTEGER NOT NULL, until_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE INDEX announcements_by_place ON announcements (place, until_at);

-- The logo and the faces of the staff, each under the hash of what it is, so that browsers keep it for ever. The content is base64.
CREATE TABLE pictures (hash TEXT PRIMARY KEY, type TEXT NOT NULL CHECK (type IN ('image/png','image/jpeg','image/webp')), content TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
