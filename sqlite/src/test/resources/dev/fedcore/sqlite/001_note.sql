-- Notes, for tests. A text is written down once.
CREATE TABLE note (
  number INTEGER PRIMARY KEY,
  text   TEXT NOT NULL UNIQUE
) STRICT;
