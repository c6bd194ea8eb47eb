package dev.fedcore.engine;

import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;

/// A run as it was right after an append.
///
/// @param version how many entries it had
/// @param view its JSON
public record RunSnapshot(RunId run, long version, RunStatus status, Payload view) {}
