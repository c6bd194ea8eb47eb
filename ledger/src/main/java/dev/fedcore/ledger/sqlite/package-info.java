/// A ledger in one SQLite file: one thread writes for everybody, a few connections read beside it.
///
/// Writes wait in [CommitQueue]; [GroupCommit] takes whatever waits and makes it one durable
/// transaction with [LedgerWriter]. Reads borrow a connection from [Readers]. Nothing here knows
/// what an entry means, reads a clock, or tries a failed write again.
///
/// Read in this order: the schema `001_ledger.sql`, [SqliteLedger], [GroupCommit], [LedgerWriter],
/// [Readers].
///
/// Depends on the engine's port, the kernel's identifiers and the SQLite driver.
@NullMarked
package dev.fedcore.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
