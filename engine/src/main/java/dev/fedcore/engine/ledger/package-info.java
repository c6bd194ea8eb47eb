/// Where entries are durably kept, as the engine needs it: the port, and the values that cross it.
///
/// No storage technology is named here. Every implementation passes `LedgerContract`. Read
/// [Ledger], then [Append].
///
/// Depends on the kernel only.
@NullMarked
package dev.fedcore.engine.ledger;

import org.jspecify.annotations.NullMarked;
