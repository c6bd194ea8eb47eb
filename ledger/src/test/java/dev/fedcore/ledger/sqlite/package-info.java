/// The SQLite ledger against both contracts, and against what can happen to a file.
@NullMarked
package dev.fedcore.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
