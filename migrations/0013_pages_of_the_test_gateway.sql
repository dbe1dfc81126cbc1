-- What the gateway of a laptop knows of its own payment pages; a deployment writes nothing here.
CREATE TABLE test_pages (id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, "order" TEXT NOT NULL CHECK (json_valid("order")), state TEXT NOT NULL CHECK (state IN ('open','answered','left')), token TEXT, answers_at INTEGER, created_at INTEGER NOT NULL) STRICT;
