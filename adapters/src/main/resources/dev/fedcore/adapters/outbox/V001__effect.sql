-- What was about to leave, and what became of it.
CREATE TABLE effect (
  effect_key TEXT    PRIMARY KEY,
  type       TEXT    NOT NULL,      -- action type, such as email
  dry_run    INTEGER NOT NULL,      -- 1: nothing leaves, a file is written
  begun_at   TEXT    NOT NULL,      -- RFC 3339, UTC
  state      TEXT    NOT NULL CHECK (state IN ('BEGUN', 'DONE', 'REJECTED', 'NOT_NOW', 'IN_DOUBT')),
  reference  TEXT    NOT NULL,      -- what the outside calls it; empty when not known
  output     TEXT    NOT NULL,      -- canonical JSON; while it is begun, what it will put out
  code       TEXT    NOT NULL,      -- why not; empty when done
  message    TEXT    NOT NULL
) STRICT;

CREATE INDEX effect_by_reference ON effect (reference);

-- What the receiver said of an effect afterwards, each saying once.
CREATE TABLE report (
  reference  TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  effect_key TEXT    NOT NULL REFERENCES effect (effect_key),
  happened   INTEGER NOT NULL,      -- 1: it shows that the effect happened; 0: that it did not
  detail     TEXT    NOT NULL,      -- canonical JSON
  at         TEXT    NOT NULL,      -- RFC 3339, UTC: when it was told
  PRIMARY KEY (reference, status)
) STRICT;

CREATE INDEX report_by_effect ON report (effect_key);

-- How much of something bounded is used up, such as the tokens of one day.
CREATE TABLE purse (
  name TEXT    PRIMARY KEY,
  used INTEGER NOT NULL CHECK (used >= 0)
) STRICT;
