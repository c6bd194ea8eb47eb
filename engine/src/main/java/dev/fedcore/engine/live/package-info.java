/// A run in memory while something happens to it: its state, its chain of entries and receipts, and
/// the payloads that steps take in and put out.
///
/// One run is worked on by one thread at a time, under its lock. What is here is always a copy of
/// what the ledger holds, or about to be appended to it; after a failed append it is thrown away
/// and read again. Read in this order: [LiveRun], [Recorder], [Preparer], [RunLoader].
///
/// Depends on the kernel, the codec, the definitions, the ports and the evidence module.
@NullMarked
package dev.fedcore.engine.live;

import org.jspecify.annotations.NullMarked;
