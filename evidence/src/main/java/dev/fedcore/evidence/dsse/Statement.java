package dev.fedcore.evidence.dsse;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// An in-toto statement, version 1: that something holds for these files.
///
/// @param subjects name to SHA-256 in hexadecimal, in name order; at least one
/// @param predicateType a URI that says what the predicate means
public record Statement(
    NavigableMap<String, String> subjects, String predicateType, JsonObject predicate) {

  public static final String TYPE = "https://in-toto.io/Statement/v1";

  public Statement {
    subjects = Collections.unmodifiableNavigableMap(new TreeMap<>(subjects));
    if (subjects.isEmpty() || !subjects.values().stream().allMatch(Sha256::isHex)) {
      throw new IllegalArgumentException("a statement names at least one file by its SHA-256");
    }
  }

  /// The canonical document.
  public byte[] bytes() {
    var items = new ArrayList<JsonValue>();
    for (Map.Entry<String, String> subject : subjects.entrySet()) {
      items.add(resource(subject.getKey(), subject.getValue()));
    }
    return JsonObject.builder()
        .put("_type", TYPE)
        .put("predicate", predicate)
        .put("predicateType", predicateType)
        .put("subject", new JsonArray(items))
        .build()
        .canonicalBytes();
  }

  /// A resource descriptor: a name and a digest.
  public static JsonObject resource(String name, String sha256) {
    return JsonObject.builder().put("digest", digest(sha256)).put("name", name).build();
  }

  /// A digest set of one SHA-256.
  public static JsonObject digest(String sha256) {
    return JsonObject.builder().put("sha256", sha256).build();
  }
}
