package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.form.PlainText;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the statuses in what Meta posts. What is not known here is passed over, since Meta adds to
/// its form at will.
final class StatusReader {

  /// The longest id of Meta's that is taken over, in characters.
  private static final int ID_LENGTH_MAX = 512;

  private StatusReader() {}

  /// One status.
  ///
  /// @param effectKey what we sent along; Meta leaves it out at times
  record Status(
      String wamid, DeliveryStatus status, Optional<String> effectKey, List<JsonObject> errors) {}

  static List<Status> statuses(JsonObject body) {
    return items(body, "/entry")
        .flatMap(entry -> items(entry, "/changes"))
        .filter(change -> text(change, "/field").filter("messages"::equals).isPresent())
        .flatMap(change -> items(change, "/value/statuses"))
        .flatMap(status -> read(status).stream())
        .toList();
  }

  private static Optional<Status> read(JsonValue status) {
    Optional<String> wamid = text(status, "/id").filter(id -> id.length() <= ID_LENGTH_MAX);
    Optional<DeliveryStatus> word = text(status, "/status").flatMap(StatusReader::word);
    if (wamid.isEmpty() || word.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Status(
            wamid.get(),
            word.get(),
            text(status, "/biz_opaque_callback_data").filter(key -> !key.isEmpty()),
            items(status, "/errors").map(StatusReader::error).toList()));
  }

  private static Optional<DeliveryStatus> word(String text) {
    return Stream.of(DeliveryStatus.values())
        .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }

  private static JsonObject error(JsonValue error) {
    var members = JsonObject.builder();
    JsonPointers.find(error, "/code")
        .filter(JsonNumber.class::isInstance)
        .ifPresent(code -> members.put("code", code));
    plain(error, "/error_data/details").ifPresent(text -> members.put("details", text));
    plain(error, "/title").ifPresent(text -> members.put("title", text));
    return members.build();
  }

  private static Optional<String> plain(JsonValue value, String pointer) {
    return text(value, pointer).map(text -> PlainText.of(text, List.of()));
  }

  private static Optional<String> text(JsonValue value, String pointer) {
    return JsonPointers.find(value, pointer)
        .filter(JsonString.class::isInstance)
        .map(text -> ((JsonString) text).value());
  }

  private static Stream<JsonValue> items(JsonValue value, String pointer) {
    return JsonPointers.find(value, pointer)
        .filter(JsonArray.class::isInstance)
        .map(array -> ((JsonArray) array).items().stream())
        .orElseGet(Stream::empty);
  }
}
