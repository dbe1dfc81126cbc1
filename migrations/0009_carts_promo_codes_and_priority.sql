-- One cart a family, so that it is the same one on every device; a cart that is being paid stands beside the next one until the bank has answered.
ALTER TABLE carts ADD COLUMN promo_code_id INTEGER REFERENCES promo_codes ON DELETE SET NULL;
-- What the family wrote to a line, as it will stand on the enrollment.
ALTER TABLE cart_items ADD COLUMN notes TEXT;
CREATE UNIQUE INDEX one_open_cart ON carts (family_id) WHERE state = 'open' AND made_in = 'portal';
-- Only an open cart is swept: one that is being paid comes back when its payment is settled or given up.
DROP INDEX carts_expiring;
CREATE INDEX carts_expiring ON carts (expires_at) WHERE state = 'open';
CREATE INDEX carts_ended ON carts (created_at) WHERE state IN ('submitted','expired','dropped');

-- What a promo code is good for; one without rows here is good for every class.
CREATE TABLE promo_scopes (promo_code_id INTEGER NOT NULL REFERENCES promo_codes ON DELETE CASCADE, subject TEXT NOT NULL CHECK (subject IN ('program','class','product','category')), subject_id INTEGER NOT NULL, PRIMARY KEY (promo_code_id, subject, subject_id)) STRICT, WITHOUT ROWID;

-- A request that is refused goes with its use, so that the code can be used again; hence CASCADE and the second trigger.
CREATE TABLE promo_uses (id INTEGER PRIMARY KEY, promo_code_id INTEGER NOT NULL REFERENCES promo_codes ON DELETE RESTRICT, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, enrollment_id INTEGER REFERENCES enrollments ON DELETE CASCADE, once_key TEXT UNIQUE, at INTEGER NOT NULL) STRICT;
CREATE INDEX promo_uses_of ON promo_uses (promo_code_id, at);
CREATE INDEX promo_uses_by_enrollment ON promo_uses (enrollment_id) WHERE enrollment_id IS NOT NULL;
CREATE INDEX promo_uses_by_family ON promo_uses (family_id);
CREATE TRIGGER promo_uses_count AFTER INSERT ON promo_uses BEGIN UPDATE promo_codes SET uses = uses + 1 WHERE id = new.promo_code_id; END;
CREATE TRIGGER promo_uses_return AFTER DELETE ON promo_uses BEGIN UPDATE promo_codes SET uses = uses - 1 WHERE id = old.promo_code_id; END;

-- Permanent keywords stand on people; those of a class, camp or program reach people through their enrollments and are never copied.
CREATE TABLE keywords (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT, gives_priority INTEGER NOT NULL DEFAULT 0 CHECK (gives_priority IN (0,1)), retired_at INTEGER) STRICT;
CREATE TABLE keyword_links (
  keyword_id INTEGER NOT NULL REFERENCES keywords ON DELETE CASCADE, subject TEXT NOT NULL CHECK (subject IN ('family','student','staff','program','class','appointment')), subject_id INTEGER NOT NULL,
  PRIMARY KEY (subject, subject_id, keyword_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX keyword_links_found ON keyword_links (keyword_id, subject, subject_id);
