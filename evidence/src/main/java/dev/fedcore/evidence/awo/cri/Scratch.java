package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a run has made so far: files, and what each step left for later ones. For one thread.
final class Scratch {

  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, JsonObject> results = new HashMap<>();

  /// The texts that a step's back ends answered, as pairs of model and text.
  record Answer(String model, String text) {}

  void put(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  /// Whether a file of this path could not lie beside those there are, on any file system: it is
  /// there, but for the case of letters, or one of the two would be a folder of the other.
  boolean collides(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return files.keySet().stream()
        .map(known -> known.toLowerCase(Locale.ROOT))
        .anyMatch(known ->
            known.equals(lower) || known.startsWith(lower + "/") || lower.startsWith(known + "/"));
  }

  Map<String, byte[]> files() {
    return files;
  }

  void keep(String step, JsonObject result) {
    results.put(step, result);
  }

  Optional<JsonObject> result(String step) {
    return Optional.ofNullable(results.get(step));
  }

  /// The answers of an earlier fan-out; empty when that step has none.
  List<Answer> answers(String step) {
    var answers = new ArrayList<Answer>();
    JsonValue outputs =
        result(step).flatMap(result -> result.get("outputs")).orElse(JsonArray.EMPTY);
    if (outputs instanceof JsonArray(var items)) {
      for (JsonValue item : items) {
        if (item instanceof JsonObject answer) {
          answers.add(new Answer(text(answer, "model"), text(answer, "text")));
        }
      }
    }
    return answers;
  }

  /// The text of an earlier step: a field of its result, else what its back ends said.
  ///
  /// @param field "" for the consensus, and without one the answers, divided by empty lines
  Optional<String> text(String step, String field) {
    if (!field.isEmpty()) {
      return result(step).flatMap(result -> result.get(field)).flatMap(Scratch::string);
    }
    Optional<String> consensus =
        result(step).flatMap(result -> result.get("consensus_text")).flatMap(Scratch::string);
    List<Answer> answers = answers(step);
    return consensus.isPresent() || answers.isEmpty()
        ? consensus
        : Optional.of(String.join("\n\n", answers.stream().map(Answer::text).toList()));
  }

  private static Optional<String> string(JsonValue value) {
    return value instanceof JsonString(String text) ? Optional.of(text) : Optional.empty();
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).flatMap(Scratch::string).orElse("");
  }
}
