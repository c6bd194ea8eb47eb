package dev.fedcore.kernel.gate;

import java.time.Instant;
import java.util.Optional;

/// One person's answer to a gate.
///
/// @param override why the requester voted on their own request, where the tier allows it
public record Vote(
    Instant at, String by, Choice choice, Optional<String> comment, Optional<String> override) {

  /// The longest comment or reason, in characters.
  public static final int TEXT_LENGTH_MAX = 2_000;

  /// What a voter may answer.
  public enum Choice {
    APPROVE,
    REJECT
  }
}
