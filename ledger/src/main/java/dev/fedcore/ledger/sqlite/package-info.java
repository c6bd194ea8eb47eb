/// A ledger in one SQLite file: one thread writes for everybody, a few connections read beside it.
///
/// [LedgerWriter] turns appends into rows; the module `sqlite` gathers them into durable
/// transactions and lends the connections that are read from. Nothing here knows what an entry
/// means, reads a clock, or tries a failed write again.
///
/// Read in this order: the schema `001_ledger.sql`, [SqliteLedger], [LedgerWriter], [LedgerReader].
///
/// Depends on the engine's port, the kernel's identifiers and the module `sqlite`.
@NullMarked
package dev.fedcore.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
