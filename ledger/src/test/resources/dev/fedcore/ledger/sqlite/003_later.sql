-- A schema of a later program, for tests.
ALTER TABLE run ADD COLUMN later TEXT NOT NULL DEFAULT '';
