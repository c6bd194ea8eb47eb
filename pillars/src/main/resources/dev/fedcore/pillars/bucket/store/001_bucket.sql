-- Bucket, first version. Applied in one transaction; never edited afterwards.
-- Two chains of the same shape: what happened (event), and what was done or refused here (audit).
-- Hashes are SHA-256 as lower-case hexadecimal. A body is canonical JSON (RFC 8785), UTF-8, and
-- entry_hash is the hash of exactly these bytes; each body names the hash before it.

CREATE TABLE event (
  seq         INTEGER PRIMARY KEY CHECK (seq >= 0),   -- from 0, without gaps
  product     TEXT NOT NULL,
  requester   TEXT NOT NULL,
  entry_id    TEXT NOT NULL,        -- chosen by the requester, or bucket:<seq>
  kind        TEXT NOT NULL,        -- the event type
  subject     TEXT,                 -- the agent, if there is one
  outcome     TEXT,
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  entry_hash  TEXT NOT NULL CHECK (length(entry_hash) = 64),
  body        BLOB NOT NULL,
  UNIQUE (requester, entry_id)
) STRICT;

CREATE INDEX event_of_product ON event (product, seq);
CREATE INDEX event_of_agent ON event (product, subject, seq) WHERE subject IS NOT NULL;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never removed');
END;

CREATE TABLE audit (
  seq         INTEGER PRIMARY KEY CHECK (seq >= 0),
  product     TEXT NOT NULL,
  requester   TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  kind        TEXT NOT NULL,        -- the operation type
  subject     TEXT,                 -- the artifact
  outcome     TEXT,                 -- success, failure, blocked or critical
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  entry_hash  TEXT NOT NULL CHECK (length(entry_hash) = 64),
  body        BLOB NOT NULL,
  UNIQUE (requester, entry_id)
) STRICT;

CREATE INDEX audit_of_product ON audit (product, seq);
CREATE INDEX audit_of_artifact ON audit (product, subject, seq);
CREATE INDEX audit_of_requester ON audit (product, requester, seq);
CREATE INDEX audit_of_operation ON audit (product, kind, seq);
CREATE INDEX audit_of_failures ON audit (product, seq) WHERE outcome <> 'success';

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'an audit entry is never changed');
END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'an audit entry is never removed');
END;

-- Counts, so that quotas and statistics need no scan. Derived from the chains.
CREATE TABLE product (
  product TEXT    PRIMARY KEY,
  events  INTEGER NOT NULL,
  audits  INTEGER NOT NULL,
  bytes   INTEGER NOT NULL          -- of all bodies
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
  product TEXT    NOT NULL,
  agent   TEXT    NOT NULL,
  events  INTEGER NOT NULL,
  last_at TEXT    NOT NULL,         -- RFC 3339, UTC, microseconds
  PRIMARY KEY (product, agent)
) STRICT, WITHOUT ROWID;
