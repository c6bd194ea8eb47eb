-- Another text under the first number, for tests.
CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT;
