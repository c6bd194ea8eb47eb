package dev.fedcore.engine.ledger;

/// How an append went. A conflict is a normal answer, so it is a value.
public sealed interface AppendResult {

  /// All of it is in the ledger, durably, and visible to every read that starts from now on.
  ///
  /// @param version how many entries the stream has now
  /// @param lastIndex where the last entry stands in the log, from 0
  record Appended(long version, long lastIndex) implements AppendResult {}

  /// Someone else appended first, or the expected version was never reached. Read again, decide
  /// again.
  record VersionConflict(long expected, long actual) implements AppendResult {}

  /// The idempotency key has been used, in this tenant, by another append.
  record KeyTaken(KeptAnswer earlier) implements AppendResult {}
}
