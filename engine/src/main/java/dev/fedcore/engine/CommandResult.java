package dev.fedcore.engine;

import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.run.Refusal;
import java.util.Optional;

/// How a request went.
public sealed interface CommandResult {

  /// It is durable, and visible to every read.
  ///
  /// @param gate the gate that this request opened or answered, if any
  record Done(RunSnapshot run, Optional<GateId> gate) implements CommandResult {}

  /// The rules said no. The refusal is on the tenant's stream.
  record Refused(Refusal refusal) implements CommandResult {}

  /// It never came to the rules.
  record Rejected(Rejection rejection) implements CommandResult {}

  /// The same request was answered before; this is that answer.
  record Replayed(KeptAnswer answer) implements CommandResult {}
}
