-- A migration that fails half way, for tests.
CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO no_such_table (id) VALUES (1);
