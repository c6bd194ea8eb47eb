package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import java.time.Instant;

/// A gate that will expire. Counted on the wall clock, so it runs on while the process is down.
public record Timer(GateId gate, RunId run, Instant dueAt) {}
