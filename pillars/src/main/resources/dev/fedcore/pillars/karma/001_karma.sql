-- Karma, first version. Applied in one transaction; never edited afterwards.
-- What was told is in `event` and is never changed. All else follows from it, and could be worked
-- out again.

CREATE TABLE event (
  seq      INTEGER PRIMARY KEY,      -- from 0, without gaps
  tenant   TEXT NOT NULL,
  event_id TEXT NOT NULL,
  type     TEXT NOT NULL,
  user_id  TEXT NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32),  -- SHA-256 of the body
  body     BLOB NOT NULL,            -- canonical JSON, UTF-8; names the hash of the one before
  UNIQUE (tenant, event_id)
) STRICT;

CREATE INDEX event_by_user ON event (tenant, user_id, seq);
CREATE INDEX event_by_type ON event (tenant, type);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never removed');
END;

-- What one event changed, and what was answered.
CREATE TABLE outcome (
  seq     INTEGER PRIMARY KEY REFERENCES event (seq),
  changes BLOB NOT NULL,             -- JSON, UTF-8
  answer  BLOB NOT NULL              -- JSON, UTF-8
) STRICT;

CREATE TABLE member (
  member_row INTEGER PRIMARY KEY,
  tenant     TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  role       TEXT NOT NULL,
  body       BLOB NOT NULL,          -- JSON, UTF-8
  UNIQUE (tenant, user_id)
) STRICT;

CREATE INDEX member_by_role ON member (tenant, role);

CREATE TABLE q_table (
  q_table_row INTEGER PRIMARY KEY,
  tenant      TEXT NOT NULL UNIQUE,
  updated_at  TEXT NOT NULL,         -- the time of the last event
  body        BLOB NOT NULL          -- JSON, UTF-8
) STRICT;
