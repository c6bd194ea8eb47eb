package dev.fedcore.engine;

import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.GateId;
import java.util.List;

/// Why the engine did not take a request to the rules at all.
public sealed interface Rejection {

  /// No definition of this name and version is registered.
  ///
  /// @param known the ids that are
  record UnknownWorkflow(String id, String version, List<String> known) implements Rejection {
    public UnknownWorkflow {
      known = List.copyOf(known);
    }
  }

  /// The caller decided on an older version of the run.
  record StaleVersion(long expected, long actual) implements Rejection {}

  /// The idempotency key belongs to another request.
  record KeyReused() implements Rejection {}

  /// The same request is being worked on.
  record KeyInProgress() implements Rejection {}

  /// The voter was shown another action than the gate is bound to.
  record ActionMismatch(GateId gate, Digest bound) implements Rejection {}

  /// Something of the run has been erased, so that it can go on no more.
  record Erased() implements Rejection {}

  /// The run is as long as a run can be, so that it can only be ended.
  record TooLong(long entries) implements Rejection {}

  /// Others were faster, several times over.
  record Contended() implements Rejection {}
}
