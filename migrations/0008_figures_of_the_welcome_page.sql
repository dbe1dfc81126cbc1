-- How many of each thing a business has, by place (0 is the whole business), counted now and then by the clock: the first page after every log-in shows them, and counting would read each family, student and enrollment every time.
CREATE TABLE figures (
  name TEXT NOT NULL CHECK (name IN ('enrollments','families','students','classes')), location_id INTEGER NOT NULL, number INTEGER NOT NULL, on_date TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (name, location_id)
) STRICT, WITHOUT ROWID;
