-- When the language of a log-in was chosen or first known; until then it is nobody's word, and the family's decides.
ALTER TABLE logins ADD COLUMN language_at INTEGER;
