-- Tasks, in the order in which they were made. A row is never changed.
CREATE TABLE task (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id      TEXT    NOT NULL UNIQUE,
  effect_key   TEXT    NOT NULL UNIQUE,   -- one effect a key, whoever asks how often
  tenant       TEXT    NOT NULL,
  run_id       TEXT    NOT NULL,
  actor        TEXT    NOT NULL,
  created_at   TEXT    NOT NULL,          -- RFC 3339, UTC, microseconds
  list         TEXT    NOT NULL,
  name_key     TEXT,                      -- a name given by people, unique within the tenant
  parameters   TEXT    NOT NULL,          -- the action's normal form: canonical JSON, RFC 8785
  UNIQUE (tenant, name_key)
) STRICT;

CREATE INDEX task_of_tenant ON task (tenant, number);
CREATE INDEX task_of_list ON task (tenant, list, number);
