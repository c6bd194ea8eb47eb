/// What every ledger must do, whatever it stores in: [LedgerContract] for entries and receipts,
/// [LedgerViewContract] for what is kept in step with them. [Sample] makes what they append.
@NullMarked
package dev.fedcore.ledger;

import org.jspecify.annotations.NullMarked;
