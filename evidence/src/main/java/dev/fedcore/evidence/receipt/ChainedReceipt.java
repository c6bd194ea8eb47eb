package dev.fedcore.evidence.receipt;

import java.util.Optional;

/// A receipt that is a link of its run's chain: a step's or a gate's.
public sealed interface ChainedReceipt extends Receipt permits StepReceipt, GateReceipt {

  /// Its place in the chain, from 0.
  long index();

  /// The hash of the receipt before; empty for the first.
  Optional<String> prev();
}
