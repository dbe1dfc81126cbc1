-- A passkey is its public half; the private one never leaves its device.
CREATE TABLE passkeys (
  id INTEGER PRIMARY KEY, login_id INTEGER NOT NULL REFERENCES logins ON DELETE CASCADE, credential_id TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL, counter INTEGER NOT NULL DEFAULT 0, transports TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(transports)),
  name TEXT NOT NULL, created_at INTEGER NOT NULL, used_at INTEGER
) STRICT;
CREATE INDEX passkeys_of_login ON passkeys (login_id, id);

-- The code that a session waits for: a session of a log-in with a second step opens nothing until it was given.
CREATE TABLE login_codes (
  session_id TEXT PRIMARY KEY REFERENCES login_sessions ON DELETE CASCADE, code_hash TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, mails INTEGER NOT NULL DEFAULT 1, expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_codes_aged ON login_codes (expires_at);
