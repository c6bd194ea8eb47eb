/// Puts Federation Core together and runs it: configuration, composition, start and stop.
///
/// The only place that chooses: which ledger, which policy, which adapters, which clock. No
/// container and no reflection: [FederationCore] is one page of `new`. Holds no rule of its own.
///
/// Read in this order: [Main], [ServerConfig], [FederationCore], [Identity], [Housekeeping].
@NullMarked
package dev.fedcore.server;

import org.jspecify.annotations.NullMarked;
