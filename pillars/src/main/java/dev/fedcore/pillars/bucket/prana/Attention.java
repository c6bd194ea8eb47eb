package dev.fedcore.pillars.bucket.prana;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What packets come to.
public final class Attention {

  private final Map<CognitiveState, Long> states = new EnumMap<>(CognitiveState.class);
  private long packets;
  private double focus;
  private double active;
  private double idle;
  private double away;

  private Attention() {}

  /// Adds packets up.
  ///
  /// @param bodies stored packets
  public static Attention of(List<byte[]> bodies) {
    var attention = new Attention();
    bodies.forEach(attention::add);
    return attention;
  }

  private void add(byte[] body) {
    JsonObject packet = JsonReader.readObject(body, JsonLimits.DEFAULT);
    var state = JsonFields.of(packet, "").oneOf("cognitive_state", CognitiveState.class);
    states.merge(state, 1L, Long::sum);
    packets++;
    focus += number(packet, "focus_score");
    active += number(packet, "active_seconds");
    idle += number(packet, "idle_seconds");
    away += number(packet, "away_seconds");
  }

  /// The figures; an average and a commonest state of nothing are null.
  public JsonObject json() {
    var distribution = JsonObject.builder();
    for (CognitiveState state : CognitiveState.values()) {
      distribution.put(state.name(), states.getOrDefault(state, 0L));
    }
    return JsonObject.builder()
        .put("packets_analysed", packets)
        .put("average_focus_score", packets == 0 ? JsonNull.NULL : JsonNumber.of(focus / packets))
        .put("state_distribution", distribution.build())
        .put("most_common_state", commonest())
        .put("active_seconds", JsonNumber.of(active))
        .put("idle_seconds", JsonNumber.of(idle))
        .put("away_seconds", JsonNumber.of(away))
        .build();
  }

  /// Of several, the one that is named first among the states.
  private JsonValue commonest() {
    JsonValue commonest = JsonNull.NULL;
    long most = 0;
    for (Map.Entry<CognitiveState, Long> entry : states.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        commonest = new JsonString(entry.getKey().name());
      }
    }
    return commonest;
  }

  private static double number(JsonObject packet, String name) {
    return packet.get(name).orElse(null) instanceof JsonNumber(double value) ? value : 0;
  }
}
