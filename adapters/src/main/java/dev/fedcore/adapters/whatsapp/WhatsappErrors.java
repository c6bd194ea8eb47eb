package dev.fedcore.adapters.whatsapp;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Meta's error codes and what they mean for us: the table `errors.json` beside this class.
final class WhatsappErrors {

  /// The table. Meta's page of error codes is the only authority on it.
  static final WhatsappErrors TABLE = load("errors.json");

  private final List<Row> rows;

  private WhatsappErrors(List<Row> rows) {
    this.rows = rows;
  }

  /// Codes that mean the same.
  ///
  /// @param from the first of them
  /// @param to the last of them
  record Row(long from, long to, WhatsappError.Kind kind, String says) {}

  List<Row> rows() {
    return rows;
  }

  Optional<WhatsappError> find(long code) {
    return rows.stream()
        .filter(row -> row.from() <= code && code <= row.to())
        .findFirst()
        .map(row -> new WhatsappError(code, row.kind(), row.says()));
  }

  private static WhatsappErrors load(String name) {
    try (var stream =
        Objects.requireNonNull(WhatsappErrors.class.getResourceAsStream(name), name)) {
      JsonValue table = JsonReader.read(stream.readAllBytes(), JsonLimits.DEFAULT);
      return new WhatsappErrors(
          ((JsonArray) table).items().stream().map(WhatsappErrors::row).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(JsonValue value) {
    JsonFields fields = JsonFields.of((JsonObject) value, "");
    long from = fields.integer("code", 0, Integer.MAX_VALUE);
    var row =
        new Row(
            from,
            fields.optionalInteger("to", from, Integer.MAX_VALUE).orElse(from),
            fields.oneOf("kind", WhatsappError.Kind.class),
            fields.string("says"));
    fields.end();
    return row;
  }
}
