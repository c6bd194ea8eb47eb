/// Adapters in another process than Federation Core: the executor's process offers its adapters
/// over HTTP, Federation Core calls them with a permit, and each hands the permit in at Federation
/// Core before it acts.
///
/// Read in this order: [RemoteAdapter], [AdapterRoutes], [RemotePermits]; [RemoteRecords] for what
/// is erased.
@NullMarked
package dev.fedcore.pillars.executor.remote;

import org.jspecify.annotations.NullMarked;
