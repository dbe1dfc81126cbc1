-- What retention looks for, and nothing else: an index over all rows would lead it past everything that stays, every five minutes and more of it each year. A condition stands here as the rules say it, else it would not be used.
DROP INDEX activity_aged;
CREATE INDEX activity_leaving ON activity (created_at) WHERE closed_at IS NOT NULL OR (status <> 'pending' AND kind <> 'deletion_request');
DROP INDEX messages_aged;
CREATE INDEX messages_with_text ON messages (at) WHERE subject IS NOT NULL OR body IS NOT NULL OR data IS NOT NULL;
CREATE INDEX blasts_with_text ON blasts (created_at) WHERE body <> '';
CREATE INDEX drafts_aged ON blasts (updated_at) WHERE state = 'draft';
CREATE INDEX local_mail_aged ON local_mail (at);
CREATE INDEX tasks_cancelled ON tasks (finished_at) WHERE state = 'cancelled';
CREATE INDEX imports_aged ON imports (created_at);
CREATE INDEX imports_unpublished ON imports (created_at) WHERE state <> 'published';

-- The permit to remove lines of the audit log is a run, so a run cannot ask for less than two years, nor change its mind.
CREATE INDEX runs_of_subject ON retention_runs (subject);
CREATE INDEX runs_aged ON retention_runs (started_at) WHERE finished_at IS NOT NULL;
CREATE TRIGGER audit_run_waits BEFORE INSERT ON retention_runs WHEN new.subject = 'audit' AND new.before_at > new.started_at - 63072000000 BEGIN SELECT RAISE(ABORT, 'guard:audit-append-only'); END;
CREATE TRIGGER runs_stay BEFORE UPDATE OF subject, before_at, started_at ON retention_runs BEGIN SELECT RAISE(ABORT, 'guard:audit-append-only'); END;

-- The last look, in one row: a look that finds nothing leaves no run. pass names whoever goes on with it, so that a newer look takes over from one that broke off, and two never work side by side for long.
CREATE TABLE retention_looks (id INTEGER PRIMARY KEY CHECK (id = 1), pass TEXT NOT NULL, began_at INTEGER NOT NULL, ended_at INTEGER) STRICT;
