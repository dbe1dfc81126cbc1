-- Mail rides on messages: a row is queued in the batch of its cause, claimed by one sender at a time (lease_until), and keeps how far it got. The key is the provider's idempotency key and the secret of the unsubscribe link. So the outbox of its own is not needed any more, and what still waited in it moves.
-- reached is the last family that has its mail already, expanded_at when all have; live audiences are asked anew when the blast goes.
CREATE TABLE blasts (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL, body TEXT NOT NULL, audience TEXT NOT NULL CHECK (json_valid(audience)), live INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0,1)),
  state TEXT NOT NULL CHECK (state IN ('draft','scheduled','sending','sent','cancelled')), send_at INTEGER, origin TEXT NOT NULL, reached INTEGER NOT NULL DEFAULT 0, expanded_at INTEGER, version INTEGER NOT NULL DEFAULT 1,
  who TEXT NOT NULL, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, task_id INTEGER REFERENCES tasks ON DELETE SET NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, finished_at INTEGER,
  CHECK (state <> 'scheduled' OR send_at IS NOT NULL)
) STRICT;
CREATE INDEX blasts_due ON blasts (send_at) WHERE state = 'scheduled';
CREATE INDEX blasts_sending ON blasts (id) WHERE state = 'sending';
CREATE INDEX blasts_newest ON blasts (created_at DESC, id DESC);
CREATE INDEX blasts_by_task ON blasts (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX blasts_by_staff ON blasts (staff_id) WHERE staff_id IS NOT NULL;

CREATE TABLE blast_files (id INTEGER PRIMARY KEY, blast_id INTEGER NOT NULL REFERENCES blasts ON DELETE CASCADE, name TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE INDEX files_of_blast ON blast_files (blast_id);

-- state: queued, sending, sent, delivered, bounced, complained, skipped (reason: why it never went), failed (reason: given up), local (before there were drivers).
ALTER TABLE messages ADD COLUMN blast_id INTEGER REFERENCES blasts ON DELETE CASCADE;
ALTER TABLE messages ADD COLUMN template TEXT;
-- "values" is what fills the variables: given by the cause, completed when it is sent, so that a second try says the same.
ALTER TABLE messages ADD COLUMN data TEXT CHECK (data IS NULL OR json_valid(data));
ALTER TABLE messages ADD COLUMN due_at INTEGER;
ALTER TABLE messages ADD COLUMN lease_until INTEGER;
ALTER TABLE messages ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN reason TEXT;
-- One mail a family and blast, however often a step is retried.
CREATE UNIQUE INDEX one_mail_a_family ON messages (blast_id, family_id) WHERE blast_id IS NOT NULL;
CREATE INDEX mail_of_blast ON messages (blast_id, state, family_id) WHERE blast_id IS NOT NULL;
-- Two queues, so that a receipt never waits behind twenty thousand newsletters.
CREATE INDEX notices_due ON messages (due_at, id) WHERE state = 'queued' AND blast_id IS NULL;
CREATE INDEX blast_mail_due ON messages (due_at, id) WHERE state = 'queued' AND blast_id IS NOT NULL;
CREATE INDEX mail_leased ON messages (lease_until) WHERE state = 'sending';
CREATE INDEX mail_failed ON messages (at DESC, id DESC) WHERE state = 'failed';

-- How far a blast got, by state: a page about twenty thousand mails reads a handful of rows. Kept by triggers, because states change by senders, webhooks and replays.
CREATE TABLE blast_tallies (blast_id INTEGER NOT NULL REFERENCES blasts ON DELETE CASCADE, state TEXT NOT NULL, mails INTEGER NOT NULL, PRIMARY KEY (blast_id, state)) STRICT, WITHOUT ROWID;
CREATE TRIGGER blast_mail_comes AFTER INSERT ON messages WHEN new.blast_id IS NOT NULL BEGIN INSERT INTO blast_tallies (blast_id, state, mails) VALUES (new.blast_id, new.state, 1) ON CONFLICT (blast_id, state) DO UPDATE SET mails = mails + 1; END;
CREATE TRIGGER blast_mail_moves AFTER UPDATE OF state ON messages WHEN new.blast_id IS NOT NULL AND new.state <> old.state BEGIN UPDATE blast_tallies SET mails = mails - 1 WHERE blast_id = old.blast_id AND state = old.state; INSERT INTO blast_tallies (blast_id, state, mails) VALUES (new.blast_id, new.state, 1) ON CONFLICT (blast_id, state) DO UPDATE SET mails = mails + 1; END;

-- A template is a name; what it says are its versions, the newest in use, and none is ever changed. kind 'automatic' overrides what the program says by itself.
CREATE TABLE templates (id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('blast','automatic')), name TEXT NOT NULL, language TEXT NOT NULL DEFAULT 'en', created_at INTEGER NOT NULL, retired_at INTEGER) STRICT;
CREATE UNIQUE INDEX one_template ON templates (kind, name, language) WHERE retired_at IS NULL;
CREATE TABLE template_versions (template_id INTEGER NOT NULL REFERENCES templates ON DELETE CASCADE, version INTEGER NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (template_id, version)) STRICT, WITHOUT ROWID;
CREATE TRIGGER template_version_stays BEFORE UPDATE ON template_versions BEGIN SELECT RAISE(ABORT, 'guard:template-version-immutable'); END;

-- Addresses that must get no blast any more, whatever family has them. Opting out is the contact's own consent; this is what the mail system told us.
CREATE TABLE suppressions (channel TEXT NOT NULL CHECK (channel IN ('email','sms','push')), folded TEXT NOT NULL, reason TEXT NOT NULL CHECK (reason IN ('bounced','complained')), at INTEGER NOT NULL, PRIMARY KEY (channel, folded)) STRICT, WITHOUT ROWID;

-- The provider of a laptop: what it was handed, once for each key. Nothing leaves the machine.
CREATE TABLE local_mail (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, recipient TEXT NOT NULL, mail TEXT NOT NULL CHECK (json_valid(mail)), at INTEGER NOT NULL) STRICT;

INSERT INTO messages (way, channel, family_id, address, subject, body, state, template, key, data, due_at, at) SELECT 'out', 'email', (SELECT f.id FROM families f WHERE f.id = json_extract(o.body, '$.familyId')), '', json_extract(o.body, '$.subject'), json_extract(o.body, '$.text'), 'queued', 'plain', replace(o.key, ':', '-'), json_object('subject', json_extract(o.body, '$.subject'), 'text', json_extract(o.body, '$.text')), o.due_at, o.created_at FROM outbox o WHERE o.done_at IS NULL AND o.job = 'notice';
DROP TABLE outbox;
ALTER TABLE contacts DROP COLUMN undeliverable_at;
