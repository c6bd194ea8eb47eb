package dev.fedcore.pillars.bucket.threat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// T2, T3 and T10: metadata that says what it may not say. Looks at a document's own members and at
/// those of its `metadata`; what an action gave back is the action's.
public final class Poisoning {

  /// How far a stated time may be from the server's before it is suspicious.
  public static final Duration DRIFT_MAX = Duration.ofMinutes(5);

  /// Members that speak of the schema; no document may.
  private static final Set<String> SCHEMA_FIELDS =
      Set.of(
          "schema_version",
          "schema_change",
          "add_field",
          "remove_field",
          "modify_field",
          "field_rename");

  /// Members that claim what only a check can show.
  private static final Set<String> CLAIMS =
      Set.of("verified", "provenance_verified", "signature_valid", "trusted");

  /// Text that means something to an interpreter, and nothing in metadata. Everything here is bound
  /// as a parameter and escaped as JSON, so this is a sign of intent, not a danger.
  private static final List<String> INJECTIONS =
      List.of("<script", "${jndi:", "'; drop ", "; drop table", "' or '1'='1", "../../", "\0");

  private Poisoning() {}

  /// All that is suspicious about `document`.
  ///
  /// @param fieldBytesMax the largest metadata field, in bytes of UTF-8
  public static List<ThreatFinding> suspicions(
      JsonObject document, Instant now, int fieldBytesMax) {
    var found = new ArrayList<ThreatFinding>();
    timestamp(document, now).ifPresent(found::add);
    oversized(document, fieldBytesMax).ifPresent(found::add);
    fields(document, found);
    if (document.get("metadata").orElse(null) instanceof JsonObject metadata) {
      fields(metadata, found);
    }
    return List.copyOf(found);
  }

  /// The first metadata field that is too large.
  public static Optional<ThreatFinding> oversized(JsonObject document, int fieldBytesMax) {
    Optional<ThreatFinding> own = oversizedText(document, "", fieldBytesMax);
    if (own.isPresent()
        || !(document.get("metadata").orElse(null) instanceof JsonObject metadata)) {
      return own;
    }
    for (var member : metadata.members().entrySet()) {
      if (isLarger(member.getValue(), fieldBytesMax)) {
        return tooLarge("metadata/" + member.getKey(), fieldBytesMax);
      }
    }
    return Optional.empty();
  }

  private static Optional<ThreatFinding> oversizedText(
      JsonObject object, String path, int fieldBytesMax) {
    for (var member : object.members().entrySet()) {
      if (member.getValue() instanceof JsonString && isLarger(member.getValue(), fieldBytesMax)) {
        return tooLarge(path + member.getKey(), fieldBytesMax);
      }
    }
    return Optional.empty();
  }

  private static Optional<ThreatFinding> tooLarge(String path, int fieldBytesMax) {
    return ThreatChecks.found(
        Pattern.OVERSIZED_FIELD, "/%s has more than %,d bytes".formatted(path, fieldBytesMax));
  }

  private static boolean isLarger(JsonValue value, int bytesMax) {
    return switch (value) {
      case JsonString(String text) ->
          text.length() > bytesMax
              || (text.length() > bytesMax / 4
                  && text.getBytes(StandardCharsets.UTF_8).length > bytesMax);
      case JsonObject object -> object.canonicalBytes().length > bytesMax;
      case JsonArray array -> array.canonicalBytes().length > bytesMax;
      case JsonNumber _, JsonBoolean _, JsonNull _ -> false;
    };
  }

  private static Optional<ThreatFinding> timestamp(JsonObject document, Instant now) {
    Optional<JsonValue> stated = document.get("timestamp");
    if (stated.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> time =
        stated.get() instanceof JsonString(String text) ? parse(text) : Optional.empty();
    if (time.isEmpty()) {
      return ThreatChecks.found(
          Pattern.UNPARSABLE_TIMESTAMP, "the stated time is no ISO 8601 time");
    }
    return Duration.between(time.get(), now).abs().compareTo(DRIFT_MAX) > 0
        ? ThreatChecks.found(
            Pattern.BACKDATED_TIMESTAMP, "the stated time is more than 300 s from the server's")
        : Optional.empty();
  }

  /// With an offset, or without one, which then is UTC, as older clients send it.
  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      // Tried without an offset below.
    }
    try {
      return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static void fields(JsonObject object, List<ThreatFinding> found) {
    object
        .members()
        .forEach((name, value) -> {
          if (name.startsWith("_schema") || SCHEMA_FIELDS.contains(name)) {
            found.add(new ThreatFinding(Pattern.SCHEMA_FIELD, name + " speaks of the schema"));
          }
          if (CLAIMS.contains(name)) {
            found.add(new ThreatFinding(Pattern.UNPROVEN_CLAIM, name + " is said, not shown"));
          }
          if (value instanceof JsonString(String text) && isInjection(text)) {
            found.add(
                new ThreatFinding(Pattern.INJECTION_TEXT, name + " holds an interpreter's text"));
          }
        });
  }

  private static boolean isInjection(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return INJECTIONS.stream().anyMatch(lower::contains);
  }
}
