-- The ledger, first version. Applied in one transaction; never edited afterwards.
-- Times are microseconds since 1970-01-01T00:00:00Z. Hashes are SHA-256, 32 bytes.
-- Identifiers of runs and gates are version 7 UUIDs in lower case, so text order is age.

PRAGMA application_id = 1178815559;  -- 'FCLG': tells file(1) and us what this file is

CREATE TABLE migration (
  number   INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  checksum TEXT NOT NULL             -- SHA-256 of the file that was applied, as hex
) STRICT;

-- What happened. The index by tenant makes one tenant's log cost what that tenant wrote.
CREATE TABLE entry (
  entry_index INTEGER PRIMARY KEY,   -- from 0, without gaps; the leaf index in the log
  stream      TEXT    NOT NULL,      -- a run id, or 'tenant:' and the tenant
  seq         INTEGER NOT NULL CHECK (seq >= 0),
  tenant      TEXT    NOT NULL,
  entry_hash  BLOB    NOT NULL CHECK (length(entry_hash) = 32),
  body        BLOB    NOT NULL,      -- canonical JSON, UTF-8
  UNIQUE (stream, seq)
) STRICT;

CREATE INDEX entry_by_tenant ON entry (tenant, entry_index);

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'an entry is never changed');
END;

CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'an entry is never removed');
END;

CREATE TABLE receipt (
  receipt_index INTEGER PRIMARY KEY, -- in the order they were given
  run_id        TEXT    NOT NULL,
  receipt_hash  BLOB    NOT NULL CHECK (length(receipt_hash) = 32),
  body          BLOB    NOT NULL     -- canonical JSON, UTF-8
) STRICT;

CREATE INDEX receipt_by_run ON receipt (run_id, receipt_index);

CREATE TRIGGER receipt_is_never_changed BEFORE UPDATE ON receipt
BEGIN
  SELECT RAISE(ABORT, 'a receipt is never changed');
END;

CREATE TRIGGER receipt_is_never_removed BEFORE DELETE ON receipt
BEGIN
  SELECT RAISE(ABORT, 'a receipt is never removed');
END;

-- What readers see of a run. Of the four indexes for pages of runs only run_by_status is touched
-- when a run goes on, since tenant, workflow and actor stay what they were. It also carries the
-- other two, and run_by_actor the workflow, so that filters together are answered from one index
-- and rows are fetched for one page only.
CREATE TABLE run (
  run_row     INTEGER PRIMARY KEY,
  run_id      TEXT    NOT NULL UNIQUE,
  tenant      TEXT    NOT NULL,
  workflow_id TEXT    NOT NULL,
  status      TEXT    NOT NULL,
  actor       TEXT    NOT NULL,
  version     INTEGER NOT NULL,      -- how many entries the run has
  at_work     INTEGER NOT NULL CHECK (at_work IN (0, 1)),
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  view        BLOB    NOT NULL       -- JSON, UTF-8
) STRICT;

CREATE INDEX run_by_tenant ON run (tenant, run_id);
CREATE INDEX run_by_status ON run (tenant, status, run_id, workflow_id, actor);
CREATE INDEX run_by_workflow ON run (tenant, workflow_id, run_id);
CREATE INDEX run_by_actor ON run (tenant, actor, run_id, workflow_id);
CREATE INDEX run_at_work ON run (run_id) WHERE at_work = 1;

CREATE TABLE gate (
  gate_row   INTEGER PRIMARY KEY,
  gate_id    TEXT    NOT NULL UNIQUE,
  run_id     TEXT    NOT NULL,
  tenant     TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  opened_at  INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  view       BLOB    NOT NULL        -- JSON, UTF-8
) STRICT;

CREATE INDEX gate_by_run ON gate (run_id, opened_at, gate_id);
CREATE INDEX gate_by_status ON gate (tenant, status, expires_at, gate_id);

CREATE TABLE timer (
  gate_id TEXT    PRIMARY KEY,
  run_id  TEXT    NOT NULL,
  due_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX timer_by_due ON timer (due_at, gate_id);

CREATE TABLE record (
  record_row INTEGER PRIMARY KEY,
  tenant     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL,
  body       BLOB NOT NULL,          -- JSON, UTF-8
  UNIQUE (tenant, kind, key)
) STRICT;

-- Answers to requests that carried an idempotency key.
CREATE TABLE answer (
  answer_row  INTEGER PRIMARY KEY,
  tenant      TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  status      INTEGER NOT NULL,
  location    TEXT    NOT NULL,
  body        BLOB    NOT NULL,      -- JSON, UTF-8
  UNIQUE (tenant, key)
) STRICT;

CREATE TABLE outbox (
  message_row INTEGER PRIMARY KEY,   -- in the order they were written
  id          TEXT NOT NULL UNIQUE,
  destination TEXT NOT NULL,
  stream      TEXT NOT NULL,
  body        BLOB NOT NULL          -- JSON, UTF-8
) STRICT;

CREATE INDEX outbox_by_destination ON outbox (destination, message_row);
