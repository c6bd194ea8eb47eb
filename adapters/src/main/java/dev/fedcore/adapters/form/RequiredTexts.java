package dev.fedcore.adapters.form;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The texts that an action cannot do without, in the order in which they are asked for.
///
/// The Workflow Executor's published contract has a code for each that is missing, and accepts some
/// under a second name.
public final class RequiredTexts {

  private static final String POINTER = "/parameters/";

  private final List<Text> texts;

  private RequiredTexts(List<Text> texts) {
    this.texts = texts;
  }

  public static RequiredTexts of(Text... texts) {
    return new RequiredTexts(List.of(texts));
  }

  /// One text.
  ///
  /// @param name the one it has in the normal form
  /// @param code what is answered when it is not there
  /// @param alias a second name it is accepted under
  public record Text(String name, String code, Optional<String> alias) {

    public Text(String name, String code) {
      this(name, code, Optional.empty());
    }

    public Text(String name, String code, String alias) {
      this(name, code, Optional.of(alias));
    }
  }

  /// The code of the first text that is absent, null, blank or an empty list.
  public Optional<String> missing(JsonObject parameters) {
    return texts.stream()
        .filter(text -> isMissing(parameters, text.name()))
        .filter(text -> text.alias().filter(alias -> !isMissing(parameters, alias)).isEmpty())
        .map(Text::code)
        .findFirst();
  }

  /// The parameters with every text under its own name.
  ///
  /// @throws MalformedInput if a text is there under both
  public JsonObject underOneName(JsonObject parameters) {
    Map<String, JsonValue> members = new LinkedHashMap<>(parameters.members());
    for (Text text : texts) {
      text.alias().filter(members::containsKey).ifPresent(alias -> rename(members, text, alias));
    }
    return JsonObject.of(members);
  }

  private static void rename(Map<String, JsonValue> members, Text text, String alias) {
    if (members.containsKey(text.name())) {
      throw new MalformedInput(
          POINTER + alias, "is another name of \"%s\"; send one of them".formatted(text.name()));
    }
    members.put(text.name(), members.remove(alias));
  }

  private static boolean isMissing(JsonObject parameters, String name) {
    Optional<JsonValue> value = parameters.get(name);
    return switch (value.orElse(null)) {
      case null -> true;
      case JsonString(String text) -> text.isBlank();
      case JsonArray(var items) -> items.isEmpty();
      case JsonValue other -> other.equals(JsonNull.NULL);
    };
  }
}
