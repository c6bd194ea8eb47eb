-- The disclosure store: what commitments in entries and receipts stand for. Nothing here is
-- evidence, and all of it may go: without it every hash still holds.

-- One key a person and tenant.
CREATE TABLE subject (
  subject_row INTEGER PRIMARY KEY,
  tenant      TEXT NOT NULL,
  subject     TEXT NOT NULL,         -- the person's id, in clear
  subject_key BLOB NOT NULL CHECK (length(subject_key) = 32),
  pseudonym   TEXT NOT NULL,         -- what stands for the person in hashed documents
  UNIQUE (tenant, subject),
  UNIQUE (tenant, pseudonym)
) STRICT;

CREATE TRIGGER subject_is_never_changed BEFORE UPDATE ON subject
BEGIN
  SELECT RAISE(ABORT, 'a key is kept or erased, never changed');
END;

-- What people wrote, by the commitment to it.
CREATE TABLE disclosure (
  disclosure_row INTEGER PRIMARY KEY, -- in the order they were written
  tenant         TEXT NOT NULL,
  stream         TEXT NOT NULL,
  commitment     TEXT NOT NULL,
  salt           BLOB NOT NULL CHECK (length(salt) = 32),
  value          TEXT NOT NULL,
  author         TEXT NOT NULL,       -- a pseudonym, or a name that is nobody's
  UNIQUE (stream, commitment)
) STRICT;

-- Equal executions seal equal reasons by equal commitments.
CREATE INDEX disclosure_by_commitment ON disclosure (tenant, commitment);

CREATE INDEX disclosure_by_stream ON disclosure (stream, disclosure_row);

CREATE TRIGGER disclosure_is_never_changed BEFORE UPDATE ON disclosure
BEGIN
  SELECT RAISE(ABORT, 'a disclosure is kept or erased, never changed');
END;
