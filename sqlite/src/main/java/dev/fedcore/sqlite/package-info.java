/// SQLite as everything here uses it: one thread writes for everybody, a few connections read
/// beside it, settings that make a commit durable are checked, and the schema is numbered files.
///
/// Changes wait in [CommitQueue]; [GroupCommit] takes whatever waits and makes it one durable
/// transaction, and [WalCheckpoints] moves the write-ahead log into the file beside it. Reads
/// borrow a connection from [Readers]. Nothing here knows what a row means, reads a clock, or tries
/// a failed write again.
///
/// Read in this order: [Store], [Schema], [GroupCommit], [Readers], [SqliteFile].
///
/// Depends on the evidence module's SHA-256 and directories, and on the SQLite driver.
@NullMarked
package dev.fedcore.sqlite;

import org.jspecify.annotations.NullMarked;
