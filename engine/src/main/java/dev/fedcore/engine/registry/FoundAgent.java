package dev.fedcore.engine.registry;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/// An agent that can do what was asked for, and how well it suits.
///
/// The score is 0 to 100: the match of the capability (exact 100, by pattern 80), less what a
/// degraded condition (30 of 100), a full load (40 of 100) and a latency of a second or more (20 of
/// 100) take off. Unknown load and latency take nothing off.
///
/// @param capability the agent's capability that matched; empty when none was asked for
public record FoundAgent(
    KnownAgent known, Optional<String> capability, Presence presence, int score) {

  /// The best first; the same agents always in the same order.
  static final Comparator<FoundAgent> BEST_FIRST =
      Comparator.comparingInt((FoundAgent found) -> -found.score())
          .thenComparing(found -> found.known().agent().id());

  private static final int EXACT = 100;
  private static final int BY_PATTERN = 80;
  private static final int DEGRADED_COST = 30;
  private static final int LOAD_COST = 40;
  private static final int LATENCY_COST = 20;
  private static final int PERCENT = 100;
  private static final long SLOW_MILLIS = 1_000;

  /// The agent, if it is there and can do `capability`.
  static Optional<FoundAgent> of(KnownAgent known, Optional<String> capability, Instant now) {
    Presence presence = known.presence(now);
    if (presence == Presence.STALE) {
      return Optional.empty();
    }
    if (capability.isEmpty()) {
      int score = score(EXACT, presence, known.heartbeat());
      return Optional.of(new FoundAgent(known, Optional.empty(), presence, score));
    }
    String wanted = capability.get();
    return known.agent().capabilities().stream()
        .filter(own -> match(own, wanted) > 0)
        .max(
            Comparator.comparingInt((String own) -> match(own, wanted))
                .thenComparing(Comparator.naturalOrder()))
        .map(own -> {
          int score = score(match(own, wanted), presence, known.heartbeat());
          return new FoundAgent(known, Optional.of(own), presence, score);
        });
  }

  /// The agent as a line of `GET /agents/discover`.
  public JsonObject json(boolean includePerformance) {
    Agent agent = known.agent();
    JsonValue matched = capability.<JsonValue>map(FoundAgent::text).orElse(JsonNull.NULL);
    var members =
        JsonObject.builder()
            .put("agent_id", agent.id())
            .put("capabilities", JsonArray.ofStrings(agent.capabilities()))
            .put("capability", matched)
            .put("confidence_score", JsonNumber.of(score / (double) PERCENT))
            .put("status", presence.text())
            .put("tags", JsonArray.ofStrings(agent.tags()));
    if (includePerformance) {
      members.put(
          "performance_metrics",
          JsonObject.builder()
              .put("latency_ms", number(known.heartbeat().latencyMillis()))
              .put("load", number(known.heartbeat().loadPercent()))
              .build());
    }
    return members.build();
  }

  private static int match(String own, String wanted) {
    if (own.equals(wanted)) {
      return EXACT;
    }
    return Agent.covers(own, wanted) ? BY_PATTERN : 0;
  }

  private static int score(int match, Presence presence, Heartbeat heartbeat) {
    long latency = Math.min(heartbeat.latencyMillis().orElse(0), SLOW_MILLIS);
    long cost =
        (presence == Presence.DEGRADED ? DEGRADED_COST : 0)
            + heartbeat.loadPercent().orElse(0) * LOAD_COST / PERCENT
            + latency * LATENCY_COST / SLOW_MILLIS;
    return (int) (match * (PERCENT - cost) / PERCENT);
  }

  private static JsonValue text(String value) {
    return new JsonString(value);
  }

  private static JsonValue number(OptionalLong value) {
    return value.isPresent() ? JsonNumber.of(value.getAsLong()) : JsonNull.NULL;
  }
}
