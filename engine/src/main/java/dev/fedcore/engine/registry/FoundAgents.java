package dev.fedcore.engine.registry;

import java.util.List;

/// What a search came to.
///
/// @param agents the best of them, best first, as many as were asked for
/// @param total how many there are
public record FoundAgents(List<FoundAgent> agents, int total) {

  public FoundAgents {
    agents = List.copyOf(agents);
  }
}
