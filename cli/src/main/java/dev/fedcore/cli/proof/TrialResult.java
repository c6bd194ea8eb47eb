package dev.fedcore.cli.proof;

import java.util.List;

/// What came of one trial.
public record TrialResult(
    Trial trial, List<Claim> claims, List<CapturedRun> runs, List<String> transcript) {

  public TrialResult {
    claims = List.copyOf(claims);
    runs = List.copyOf(runs);
    transcript = List.copyOf(transcript);
  }

  boolean clean() {
    return !claims.isEmpty() && claims.stream().allMatch(Claim::holds);
  }
}
