package dev.fedcore.kernel.run;

import dev.fedcore.kernel.identity.GateId;
import java.time.Instant;

/// What the engine found out before it asked: the kernel may use these and nothing else.
///
/// @param now when the command was accepted, UTC, truncated to microseconds
/// @param freshGate an unused identifier, for the gate that this command may open
public record Facts(Instant now, GateId freshGate) {}
