package dev.fedcore.pillars.bucket.governance;

import java.util.Optional;

/// What the constitution says to one operation of one actor.
///
/// @param violated the rule that stands against it; empty when it is allowed
public record Ruling(boolean allowed, String reason, Optional<GovernanceRule> violated) {

  static Ruling allow() {
    return new Ruling(true, "the operation is in the actor's table", Optional.empty());
  }

  static Ruling refuse(GovernanceRule rule, String reason) {
    return new Ruling(false, reason, Optional.of(rule));
  }
}
