package dev.fedcore.engine.outbox;

/// How a delivery went.
public sealed interface Delivery {

  /// The receiver has it, now or from an earlier try.
  record Delivered() implements Delivery {}

  /// It did not arrive, or nobody knows; the same message comes again.
  ///
  /// @param reason in one sentence, for the log
  record TryLater(String reason) implements Delivery {}
}
