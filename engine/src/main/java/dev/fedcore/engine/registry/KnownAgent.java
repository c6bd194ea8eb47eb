package dev.fedcore.engine.registry;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.Timestamp;
import java.time.Instant;

/// An agent, and when and how it was last heard of.
public record KnownAgent(Agent agent, Heartbeat heartbeat, Instant lastSeen) {

  /// Whether it is there at `now`.
  public Presence presence(Instant now) {
    if (!now.isBefore(lastSeen.plus(AgentRegistry.STALE_AFTER))) {
      return Presence.STALE;
    }
    return switch (heartbeat.condition()) {
      case ONLINE -> Presence.ONLINE;
      case DEGRADED -> Presence.DEGRADED;
    };
  }

  /// The agent as a line of `GET /servers/status`.
  public JsonObject json(Instant now) {
    return JsonObject.builder()
        .put("capabilities", JsonArray.ofStrings(agent.capabilities()))
        .put("id", agent.id())
        .put("last_seen", Timestamp.of(lastSeen))
        .put("status", presence(now).text())
        .build();
  }
}
