package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.policy.InputDeclaration.Root;
import dev.fedcore.policy.cel.InputType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the inputs that a bundle declares.
final class InputReader {

  /// How many inputs one bundle declares at most: more than its rules could use.
  private static final int INPUTS_MAX = 100;

  private static final String PATH = "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,9}";

  private InputReader() {}

  static Map<String, InputDeclaration> read(JsonObject inputs, String pointer, Findings findings) {
    if (inputs.members().size() > INPUTS_MAX) {
      findings.problem(pointer, "has more than " + INPUTS_MAX + " inputs");
      return Map.of();
    }
    var read = new LinkedHashMap<String, InputDeclaration>();
    for (Map.Entry<String, JsonValue> entry : inputs.members().entrySet()) {
      String place = JsonPointers.child(pointer, entry.getKey());
      findings
          .attempt(() -> declaration(entry.getKey(), entry.getValue(), place))
          .ifPresent(declaration -> read.put(declaration.name(), declaration));
    }
    refuseInsides(read, pointer, findings);
    return read;
  }

  private static InputDeclaration declaration(String name, JsonValue value, String pointer) {
    Root root = root(name, pointer);
    List<String> path = List.of(name.substring(root.prefix().length()).split("\\.", -1));
    if (value instanceof JsonString(String type)) {
      return new InputDeclaration(name, type(type, pointer), root, path, Optional.empty());
    }
    JsonFields fields = JsonFields.of(TierReader.object(value, pointer), pointer);
    InputType type = type(fields.string("type"), fields.pointer("type"));
    Optional<Object> otherwise =
        fields.optionalValue("default").map(v -> fallback(v, type, fields.pointer("default")));
    fields.end();
    return new InputDeclaration(name, type, root, path, otherwise);
  }

  private static Root root(String name, String pointer) {
    Root root =
        Arrays.stream(Root.values())
            .filter(candidate -> name.startsWith(candidate.prefix()))
            .findFirst()
            .orElseThrow(() ->
                new MalformedInput(pointer, "an input is named input.… or action.parameters.…"));
    if (!name.substring(root.prefix().length()).matches(PATH)) {
      throw new MalformedInput(
          pointer, "a path has 1 to 10 names of letters, digits and _, with dots between");
    }
    return root;
  }

  private static InputType type(String text, String pointer) {
    return InputType.parse(text)
        .orElseThrow(() ->
            new MalformedInput(
                pointer,
                text.equals("double") || text.equals("float")
                    ? "there is no " + text + "; count money in minor units, as an int"
                    : "there is no type \"" + text + "\"; there are " + InputType.known()));
  }

  private static Object fallback(JsonValue value, InputType type, String pointer) {
    try {
      return InputDeclaration.converted(value, type);
    } catch (MalformedInput e) {
      throw new MalformedInput(pointer, e.problem());
    }
  }

  /// `input.a` is a text or a number, so nothing can lie inside it.
  private static void refuseInsides(
      Map<String, InputDeclaration> read, String pointer, Findings findings) {
    for (String name : read.keySet()) {
      read.keySet().stream()
          .filter(other -> other.startsWith(name + "."))
          .forEach(other ->
              findings.problem(
                  JsonPointers.child(pointer, other),
                  "lies inside " + name + ", which is declared as a plain value"));
    }
  }
}
