package dev.fedcore.pillars.bucket.store;

import java.util.Optional;

/// What a walk along a chain found.
///
/// @param entries how many were looked at; up to the break, if there is one
/// @param head the hash of the last entry that was sound, or of the genesis
/// @param broken where the chain does not hold, and how
public record Verification(Chain chain, long entries, String head, Optional<Break> broken) {

  /// The first place that is not as it must be.
  public record Break(long seq, String what) {}

  public boolean isSound() {
    return broken.isEmpty();
  }
}
