package dev.fedcore.evidence.receipt;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// What all documents here share: how absent fields and hashes are written, read and checked.
final class CanonicalDocument {

  /// Refuses whatever is no plain hash, before it can be signed.
  static void requireHash(String member, String hash) {
    if (!Sha256.isHex(hash)) {
      throw new IllegalArgumentException(
          member + " must be a SHA-256 in lower-case hexadecimal, is \"" + hash + "\"");
    }
  }

  static void requireHash(String member, Optional<String> hash) {
    if (hash.isPresent()) {
      requireHash(member, hash.get());
    }
  }

  static void requireHashes(String member, List<String> hashes) {
    for (String hash : hashes) {
      requireHash(member, hash);
    }
  }

  static void requireIndex(String member, long index) {
    if (index < 0) {
      throw new IllegalArgumentException(member + " must be 0 or more, is " + index);
    }
  }

  /// Refuses a version that this program does not write.
  static void requireVersion(int version, List<String> types) {
    if (version < 1 || version > types.size()) {
      throw new IllegalArgumentException(
          "a version is 1 to %d, got %d".formatted(types.size(), version));
    }
  }

  /// Shape is fixed: what is absent is written as null.
  static void optional(CanonicalWriter writer, String name, Optional<String> value) {
    writer.name(name);
    if (value.isPresent()) {
      writer.string(value.get());
    } else {
      writer.nul();
    }
  }

  static void strings(CanonicalWriter writer, String name, List<String> values) {
    writer.name(name).beginArray();
    for (String value : values) {
      writer.string(value);
    }
    writer.endArray();
  }

  /// Reads a document and insists that it is written exactly as we would write it.
  ///
  /// @throws MalformedInput when the bytes are no such document, or not its canonical form
  static <D> D parse(
      byte[] bytes, String type, Function<JsonFields, D> reader, Function<D, byte[]> writer) {
    return parse(bytes, List.of(type), (fields, _) -> reader.apply(fields), writer);
  }

  /// Reads a document of one of several versions.
  ///
  /// @param types of version 1, 2 and so on
  /// @param reader is told which version it is
  /// @throws MalformedInput when the bytes are no such document, or not its canonical form
  static <D> D parse(
      byte[] bytes,
      List<String> types,
      BiFunction<JsonFields, Integer, D> reader,
      Function<D, byte[]> writer) {
    var object = JsonReader.readObject(bytes, JsonLimits.DEFAULT);
    var fields = JsonFields.of(object, "");
    String actual = fields.string("_type");
    int version = types.indexOf(actual) + 1;
    if (version == 0) {
      throw new MalformedInput(
          "/_type", "must be " + String.join(" or ", types) + ", is " + actual);
    }
    D document = checked(() -> reader.apply(fields, version));
    fields.end();
    if (!Arrays.equals(writer.apply(document), bytes)) {
      throw new MalformedInput("", "is not in canonical form, or a derived member is wrong");
    }
    return document;
  }

  private static <D> D checked(Supplier<D> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new MalformedInput("", String.valueOf(e.getMessage()));
    }
  }

  private CanonicalDocument() {}
}
