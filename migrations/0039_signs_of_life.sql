-- When the clock, the queue and what was given up were last seen at work: one row each.
CREATE TABLE signs (
  name TEXT PRIMARY KEY CHECK (name IN ('clock', 'queue', 'dead letters')),
  at INTEGER NOT NULL,
  -- Of the clock and the queue the milliseconds between the two, of dead letters how many there ever were.
  number INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
