/// Puts Federation Core together and runs it: configuration, composition, start and stop.
///
/// The only place that chooses: which ledger, which policy, which adapters, which clock. No
/// container and no reflection: [FederationCore] and [Spine] are one page of `new` each. Holds no
/// rule of its own.
///
/// Read in this order: [Main], [ServerConfig], [FederationCore], [Spine], [Identity],
/// [Housekeeping].
@NullMarked
package dev.fedcore.server;

import org.jspecify.annotations.NullMarked;
