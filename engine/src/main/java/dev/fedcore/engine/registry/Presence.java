package dev.fedcore.engine.registry;

import java.util.Locale;

/// Whether an agent is there.
public enum Presence {
  ONLINE,
  DEGRADED,
  /// No heartbeat for [AgentRegistry#STALE_AFTER].
  STALE;

  /// The word for it in the API.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
