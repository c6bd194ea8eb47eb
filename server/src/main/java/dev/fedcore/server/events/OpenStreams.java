package dev.fedcore.server.events;

import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.util.HashMap;
import java.util.Map;

/// Counts the streams that are open, in all and for each who listens. Safe for use by many threads.
final class OpenStreams {

  /// In all. Each holds a connection and a virtual thread.
  static final int STREAMS_MAX = 1_000;

  /// Of one principal: a page for each of a few screens, and what they have not given up yet.
  static final int OF_ONE_MAX = 64;

  private final Map<Listener, Integer> open = new HashMap<>();
  private int all;

  /// Who listens.
  private record Listener(TenantId tenant, String actor) {

    static Listener of(Principal principal) {
      return new Listener(principal.tenant(), principal.actor());
    }
  }

  /// Whether [#open] would be true now.
  synchronized boolean hasRoomFor(Principal principal) {
    return all < STREAMS_MAX && open.getOrDefault(Listener.of(principal), 0) < OF_ONE_MAX;
  }

  /// Counts one more, if there is room. Whoever is told `true` calls [#closed] afterwards.
  synchronized boolean open(Principal principal) {
    if (!hasRoomFor(principal)) {
      return false;
    }
    all++;
    open.merge(Listener.of(principal), 1, Integer::sum);
    return true;
  }

  /// Counts one less.
  synchronized void closed(Principal principal) {
    all--;
    open.computeIfPresent(Listener.of(principal), (_, count) -> count == 1 ? null : count - 1);
  }
}
