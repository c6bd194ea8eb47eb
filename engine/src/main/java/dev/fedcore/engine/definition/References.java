package dev.fedcore.engine.definition;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Fills references in.
///
/// A text that begins with `$/` is a reference as a whole: `$/input/…` into the run's input,
/// `$/steps/STEP/output/…` into an earlier step's output. The rest is a JSON Pointer (RFC 6901).
/// With a `?` at its end it may be missing, and then its member is left out. `$$/` stands for a
/// literal `$/`. There is no other templating, so a reference always keeps its value's type.
public final class References {

  private static final String MARK = "$/";
  private static final String ESCAPED = "$$/";
  private static final String INPUT = "$/input";
  private static final String STEPS = "$/steps/";

  private References() {}

  /// `template` with every reference replaced by what it refers to in `scope`, an object with the
  /// members `input` and `steps`.
  ///
  /// @throws MalformedInput if a reference that is not optional finds nothing; the pointer is the
  ///   place it looked at, with the run's input under `/input_payload`
  public static Optional<JsonValue> resolve(JsonValue template, JsonObject scope) {
    return switch (template) {
      case JsonString text -> resolveText(text, scope);
      case JsonObject object -> Optional.of(resolveObject(object, scope));
      case JsonArray array -> Optional.of(resolveArray(array, scope));
      default -> Optional.of(template);
    };
  }

  /// Whether `act` can be prepared from the run's input alone.
  public static boolean needInputOnly(DefinedStep.Act act) {
    var others = new ArrayList<String>();
    Consumer<String> visitor =
        reference -> {
          if (!isIntoInput(reference)) {
            others.add(reference);
          }
        };
    visit(new JsonString(act.actionType()), visitor);
    visit(act.parameters(), visitor);
    return others.isEmpty();
  }

  /// Tells `visitor` every reference in `template`, without its `?`.
  static void visit(JsonValue template, Consumer<String> visitor) {
    switch (template) {
      case JsonString text when isReference(text.value()) -> visitor.accept(path(text.value()));
      case JsonObject object -> object.members().values().forEach(v -> visit(v, visitor));
      case JsonArray array -> array.items().forEach(v -> visit(v, visitor));
      default -> {}
    }
  }

  /// Whether `reference` looks at the run's input.
  static boolean isIntoInput(String reference) {
    return reference.equals(INPUT) || reference.startsWith(INPUT + "/");
  }

  /// The step whose output `reference` looks at, if it has that form.
  static Optional<String> stepOf(String reference) {
    if (!reference.startsWith(STEPS)) {
      return Optional.empty();
    }
    String[] parts = reference.substring(STEPS.length()).split("/", 3);
    return parts.length > 1 && parts[1].equals("output") ? Optional.of(parts[0]) : Optional.empty();
  }

  private static Optional<JsonValue> resolveText(JsonString text, JsonObject scope) {
    String value = text.value();
    if (value.startsWith(ESCAPED)) {
      return Optional.of(new JsonString(value.substring(1)));
    }
    if (!isReference(value)) {
      return Optional.of(text);
    }
    String pointer = path(value).substring(1);
    Optional<JsonValue> found = JsonPointers.find(scope, pointer);
    if (found.isEmpty() && !value.endsWith("?")) {
      throw new MalformedInput(
          pointer.replaceFirst("^/input", "/input_payload"),
          "is missing; the workflow takes a parameter from here");
    }
    return found;
  }

  private static JsonObject resolveObject(JsonObject template, JsonObject scope) {
    var members = new LinkedHashMap<String, JsonValue>();
    template
        .members()
        .forEach((name, value) -> resolve(value, scope).ifPresent(v -> members.put(name, v)));
    return JsonObject.of(members);
  }

  private static JsonArray resolveArray(JsonArray template, JsonObject scope) {
    List<JsonValue> items = new ArrayList<>();
    template.items().forEach(item -> resolve(item, scope).ifPresent(items::add));
    return new JsonArray(items);
  }

  private static boolean isReference(String text) {
    return text.startsWith(MARK);
  }

  private static String path(String reference) {
    return reference.endsWith("?") ? reference.substring(0, reference.length() - 1) : reference;
  }
}
