-- A witness, first version. Applied in one transaction; never edited afterwards.
-- What a witness has cosigned it may not forget, and may not take back: a log that finds a witness
-- with a shorter memory can show it another past.

CREATE TABLE identity (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  vkey TEXT NOT NULL                 -- whose memory this is
) STRICT;

-- The newest checkpoint of each log.
CREATE TABLE log (
  origin      TEXT PRIMARY KEY,
  size        INTEGER NOT NULL CHECK (size >= 0),
  root        BLOB NOT NULL CHECK (length(root) = 32),
  cosigned_at INTEGER NOT NULL,      -- seconds since 1970, as the cosignature says
  note        TEXT NOT NULL          -- with the log's signatures and the cosignature
) STRICT;

CREATE TRIGGER log_never_shrinks_and_never_forks BEFORE UPDATE ON log
WHEN NEW.origin <> OLD.origin
  OR NEW.size < OLD.size
  OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN
  SELECT RAISE(ABORT, 'a witness takes nothing back');
END;

CREATE TRIGGER log_is_never_forgotten BEFORE DELETE ON log
BEGIN
  SELECT RAISE(ABORT, 'a witness forgets nothing');
END;

CREATE TRIGGER identity_is_never_changed BEFORE UPDATE ON identity
BEGIN
  SELECT RAISE(ABORT, 'a witness has one key');
END;

CREATE TRIGGER identity_is_never_removed BEFORE DELETE ON identity
BEGIN
  SELECT RAISE(ABORT, 'a witness has one key');
END;
