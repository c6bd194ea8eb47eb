package dev.fedcore.engine.registry;

import java.util.Optional;
import java.util.Set;

/// Which agents are looked for.
///
/// @param capability what they must be able to do; empty for any
/// @param exclude ids of agents that are not wanted
/// @param maxResults 1 to [#RESULTS_MAX]
public record DiscoverQuery(Optional<String> capability, Set<String> exclude, int maxResults) {

  /// The most agents in one answer.
  public static final int RESULTS_MAX = 100;

  public DiscoverQuery {
    exclude = Set.copyOf(exclude);
    if (maxResults < 1 || maxResults > RESULTS_MAX) {
      throw new IllegalArgumentException("an answer has 1 to 100 agents, got " + maxResults);
    }
  }
}
