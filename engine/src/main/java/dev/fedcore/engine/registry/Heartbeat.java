package dev.fedcore.engine.registry;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/// What an agent says of itself from time to time.
///
/// @param loadPercent how busy it is, 0 to 100
/// @param latencyMillis how long an answer takes it
public record Heartbeat(Condition condition, OptionalLong loadPercent, OptionalLong latencyMillis) {

  /// The longest latency that can be told, in milliseconds: an hour.
  public static final long LATENCY_MILLIS_MAX = 3_600_000;

  private static final long PERCENT_MAX = 100;

  /// How an agent feels.
  public enum Condition {
    ONLINE,
    DEGRADED
  }

  /// Reads a heartbeat.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput naming the field
  public static Heartbeat read(JsonObject body) {
    var fields = JsonFields.of(body, "");
    Optional<Condition> condition = fields.optionalOneOf("status", Condition.class);
    var heartbeat =
        new Heartbeat(
            condition.orElse(Condition.ONLINE),
            fields.optionalInteger("load", 0, PERCENT_MAX),
            fields.optionalInteger("latency_ms", 0, LATENCY_MILLIS_MAX));
    fields.end();
    return heartbeat;
  }

  /// What is known of an agent that has only registered.
  static Heartbeat first() {
    return new Heartbeat(Condition.ONLINE, OptionalLong.empty(), OptionalLong.empty());
  }
}
