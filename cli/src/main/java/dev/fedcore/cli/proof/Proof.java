package dev.fedcore.cli.proof;

import dev.fedcore.evidence.json.JsonObject;
import java.time.Instant;
import java.util.List;

/// The whole proof: every trial with its claims, and of which server it speaks.
///
/// @param server what the server says about itself at `/version`
/// @param at when it began
public record Proof(List<TrialResult> results, JsonObject server, Instant at) {

  public Proof {
    results = List.copyOf(results);
  }

  /// Every claim of every trial.
  public List<Claim> claims() {
    return results.stream().flatMap(result -> result.claims().stream()).toList();
  }

  /// Whether every claim held, and no trial made none.
  public boolean clean() {
    return !results.isEmpty() && results.stream().allMatch(TrialResult::clean);
  }
}
