package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/// Doubles in JSON objects that we wrote ourselves.
final class Numbers {

  private Numbers() {}

  /// The number of that name; 0 when there is none.
  static double at(JsonObject object, String name) {
    return object.get(name).map(Numbers::of).orElse(0.0);
  }

  /// All members, as numbers.
  static Map<String, Double> all(JsonObject object) {
    var numbers = new TreeMap<String, Double>();
    object.members().forEach((name, value) -> numbers.put(name, of(value)));
    return numbers;
  }

  static JsonObject json(Map<String, Double> numbers) {
    var json = JsonObject.builder();
    numbers.forEach((name, number) -> json.put(name, JsonNumber.of(number)));
    return json.build();
  }

  private static double of(JsonValue value) {
    if (value instanceof JsonNumber(double number)) {
      return number;
    }
    throw new IllegalStateException("a number was kept as " + value.kind());
  }
}
