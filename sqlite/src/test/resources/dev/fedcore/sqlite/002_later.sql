-- A schema of a later program, for tests.
ALTER TABLE note ADD COLUMN later TEXT NOT NULL DEFAULT '';
