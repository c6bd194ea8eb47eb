package dev.fedcore.pillars.bucket.prana;

import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.pillars.bucket.event.EventReader.Sender;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Draft;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Five seconds of one user's attention, read strictly.
///
/// @param stated the packet as it was sent
/// @param id the sender's own name for it
public record Packet(String userId, SystemType system, JsonObject stated, Optional<String> id) {

  /// The type of the stored event.
  public static final String EVENT_TYPE = "prana_packet";

  /// What a packet's seconds add up to.
  private static final double SECONDS = 5;

  /// Sums of decimal fractions are not exact in binary.
  private static final double SECONDS_TOLERANCE = 1e-6;

  private static final double FOCUS_MAX = 100;

  /// The longest id of a session, lesson or task, in characters.
  private static final int NAME_LENGTH_MAX = 128;

  /// The most raw signals of one packet.
  private static final int SIGNALS_MAX = 32;

  private static final String EVENT_ID = "event_id";
  private static final String TIMESTAMP = "timestamp";
  private static final String EVENT_VERSION = "1.0";

  /// Which of the systems a packet comes from.
  public enum SystemType {
    GURUKUL,
    EMS;

    /// Such as `gurukul`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Under which its packets are kept, apart from what else is told of it.
    public Product product() {
      return new Product("prana." + text());
    }
  }

  /// Who sits there.
  private enum UserRole {
    STUDENT,
    EMPLOYEE
  }

  /// Reads one packet.
  ///
  /// @param fields of the packet; `event_id` may be among them
  /// @throws MalformedInput that points to what is wrong
  public static Packet read(JsonObject packet, JsonFields fields) {
    String userId = fields.string("user_id");
    requireName(fields, "user_id", userId);
    requireName(fields, "session_id", fields.string("session_id"));
    for (String name : List.of("lesson_id", "task_id", EVENT_ID)) {
      fields.optionalString(name).ifPresent(text -> requireName(fields, name, text));
    }
    SystemType system = fields.oneOf("system_type", SystemType.class);
    fields.oneOf("role", UserRole.class);
    fields.oneOf("cognitive_state", CognitiveState.class);
    time(fields);
    double seconds =
        number(fields, "active_seconds", SECONDS)
            + number(fields, "idle_seconds", SECONDS)
            + number(fields, "away_seconds", SECONDS);
    if (Math.abs(seconds - SECONDS) > SECONDS_TOLERANCE) {
      throw new MalformedInput(
          fields.pointer("active_seconds"),
          "with idle_seconds and away_seconds must be 5, is %s".formatted(seconds));
    }
    number(fields, "focus_score", FOCUS_MAX);
    signals(fields);
    return new Packet(userId, system, packet, fields.optionalString(EVENT_ID));
  }

  /// The packet as an event of the chain, found by its user.
  ///
  /// @param sender who sends it
  public Draft draft(Sender sender) {
    Map<String, JsonValue> members = new LinkedHashMap<>(stated.members());
    members.keySet().removeAll(List.of(EVENT_ID, TIMESTAMP, "requester_id"));
    stated
        .get(TIMESTAMP)
        .ifPresent(at -> members.put("claimed", JsonObject.builder().put(TIMESTAMP, at).build()));
    members.put("event_type", new JsonString(EVENT_TYPE));
    members.put("event_version", new JsonString(EVENT_VERSION));
    members.put("requester_id", new JsonString(sender.name()));
    members.put(
        "requester_identity", new JsonString(sender.authenticated() ? "authenticated" : "stated"));
    var columns =
        new Draft.Columns(
            system.product().id(),
            sender.tenant(),
            sender.name(),
            id,
            EVENT_TYPE,
            Optional.of(userId),
            Optional.empty());
    return new Draft(Chain.EVENTS, columns, stated, JsonObject.of(members));
  }

  private static void requireName(JsonFields fields, String name, String text) {
    if (text.length() > NAME_LENGTH_MAX || !Principal.isActorName(text)) {
      throw new MalformedInput(
          fields.pointer(name),
          "must have 1 to %d visible ASCII characters".formatted(NAME_LENGTH_MAX));
    }
  }

  private static void time(JsonFields fields) {
    try {
      Instant.parse(fields.string(TIMESTAMP));
    } catch (DateTimeException _) {
      throw new MalformedInput(
          fields.pointer(TIMESTAMP), "must be a time such as 2026-01-31T10:00:00Z");
    }
  }

  private static double number(JsonFields fields, String name, double max) {
    if (fields.optionalValue(name).orElse(null) instanceof JsonNumber(double value)
        && value >= 0
        && value <= max) {
      return value;
    }
    throw new MalformedInput(
        fields.pointer(name), "must be a number from 0 to %.0f".formatted(max));
  }

  /// Counts and switches only: what somebody typed or saw is nobody's business.
  private static void signals(JsonFields fields) {
    String pointer = fields.pointer("raw_signals");
    Map<String, JsonValue> signals =
        fields.optionalObject("raw_signals").orElse(JsonObject.EMPTY).members();
    if (signals.size() > SIGNALS_MAX) {
      throw new MalformedInput(pointer, "has more than %d signals".formatted(SIGNALS_MAX));
    }
    signals.forEach((name, value) -> {
      if (!(value instanceof JsonNumber || value instanceof JsonBoolean)) {
        throw new MalformedInput(
            JsonPointers.child(pointer, name),
            "must be a number, true or false: PRANA counts, and tells no content");
      }
    });
  }
}
