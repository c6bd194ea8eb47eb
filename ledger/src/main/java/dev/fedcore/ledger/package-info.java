/// What every ledger has in common: how it says that it cannot be opened.
///
/// Holds no storage technology; each has a package of its own that implements
/// `dev.fedcore.engine.ledger.Ledger` in its own SQL. Read [LedgerRefused], then the package
/// `sqlite`.
///
/// Depends on nothing.
@NullMarked
package dev.fedcore.ledger;

import org.jspecify.annotations.NullMarked;
