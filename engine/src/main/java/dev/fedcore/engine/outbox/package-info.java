/// Tells the outside what has been committed: each message at least once, those of one stream in
/// order, and never before its entry is durable.
///
/// Nothing here decides or is waited for; a receiver that is away for a week costs rows in the
/// outbox. Read in this order: [Subscription], [Destination], [OutboxRelay], then [Courier], which
/// serves one destination.
///
/// Depends on the ledger port, and on [dev.fedcore.engine.ledger.Commits], which wakes it.
@NullMarked
package dev.fedcore.engine.outbox;

import org.jspecify.annotations.NullMarked;
