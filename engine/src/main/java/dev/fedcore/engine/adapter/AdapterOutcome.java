package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.JsonObject;

/// How an execution went.
public sealed interface AdapterOutcome {

  /// It happened.
  ///
  /// @param effect what the outside calls it, such as a task's id; stands on the receipt, but not
  ///   in the step's hash, so that two runs that did the same have the same hash
  /// @param output what later steps see; the same for the same action
  record Done(String effect, JsonObject output) implements AdapterOutcome {}

  /// It did not happen, and the same action would be refused again.
  record Rejected(String code, String message) implements AdapterOutcome {}

  /// It did not happen now; the same action may work later. Nobody tries by himself.
  record NotNow(String code, String message) implements AdapterOutcome {}

  /// Something was sent, and no complete answer was read.
  record InDoubt(String cause) implements AdapterOutcome {}
}
