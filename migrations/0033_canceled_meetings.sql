-- Whether a meeting that was canceled brings makeup tokens, as an excused absence would (A5, A6).
ALTER TABLE meetings ADD COLUMN gives_tokens INTEGER NOT NULL DEFAULT 0 CHECK (gives_tokens IN (0,1));
