package dev.fedcore.adapters.whatsapp;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A message whose words Meta has approved before; what stands in for its variables is ours. The
/// only kind that a recipient gets who has not written for 24 hours.
///
/// @param name as it was given to Meta
/// @param language such as `en_US`
/// @param header what stands in for the variable of the header, if it has one
/// @param body what stands in for the variables of the body, in their order
record Template(String name, String language, Optional<String> header, List<String> body) {

  /// The most variables in a body; Meta's own limit follows from the length of the text.
  static final int VARIABLES_MAX = 32;

  /// The longest text for a variable, in UTF-16 units: what a body with a header may hold in all.
  static final int VARIABLE_LENGTH_MAX = 1_024;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2})?");

  /// Meta refuses a variable with more blanks than that in a row.
  private static final String BLANKS = "     ";

  private static final String TEXT = "text";

  Template {
    body = List.copyOf(body);
  }

  /// Reads a template.
  ///
  /// @param pointer to `template`
  /// @throws MalformedInput with a pointer to it or below it
  static Template read(JsonObject template, String pointer) {
    JsonFields fields = JsonFields.of(template, pointer);
    String name = fields.string("name");
    if (!NAME.matcher(name).matches()) {
      throw new MalformedInput(
          fields.pointer("name"), "must be the template's name: lower case, digits and '_'");
    }
    String language = fields.string("language");
    if (!LANGUAGE.matcher(language).matches()) {
      throw new MalformedInput(fields.pointer("language"), "must be like en or en_US");
    }
    Optional<String> header =
        fields.optionalString("header").map(text -> variable(text, fields.pointer("header")));
    List<String> body = body(fields);
    fields.end();
    return new Template(name, language, header, body);
  }

  /// The normal form.
  JsonObject json() {
    var json =
        JsonObject.builder()
            .put("body", JsonArray.ofStrings(body))
            .put("language", language)
            .put("name", name);
    header.ifPresent(text -> json.put("header", text));
    return json.build();
  }

  /// As the Cloud API takes it.
  JsonObject request() {
    var components = new ArrayList<JsonValue>();
    header.ifPresent(text -> components.add(component("header", List.of(text))));
    if (!body.isEmpty()) {
      components.add(component("body", body));
    }
    var request =
        JsonObject.builder()
            .put("language", JsonObject.builder().put("code", language).build())
            .put("name", name);
    if (!components.isEmpty()) {
      request.put("components", new JsonArray(components));
    }
    return request.build();
  }

  private static JsonObject component(String type, List<String> texts) {
    List<JsonValue> parameters =
        texts.stream()
            .<JsonValue>map(text -> JsonObject.builder().put(TEXT, text).put("type", TEXT).build())
            .toList();
    return JsonObject.builder()
        .put("parameters", new JsonArray(parameters))
        .put("type", type)
        .build();
  }

  private static List<String> body(JsonFields fields) {
    List<String> texts = fields.strings("body");
    if (texts.size() > VARIABLES_MAX) {
      throw new MalformedInput(
          fields.pointer("body"), "has more than %d variables".formatted(VARIABLES_MAX));
    }
    for (int i = 0; i < texts.size(); i++) {
      variable(texts.get(i), JsonPointers.child(fields.pointer("body"), i));
    }
    return texts;
  }

  private static String variable(String text, String pointer) {
    if (text.isBlank() || text.length() > VARIABLE_LENGTH_MAX) {
      throw new MalformedInput(
          pointer, "must have 1 to %,d characters".formatted(VARIABLE_LENGTH_MAX));
    }
    if (text.contains(BLANKS) || text.codePoints().anyMatch(Template::breaksLine)) {
      throw new MalformedInput(
          pointer, "must be one line, without tabs and with at most 4 blanks in a row");
    }
    return text;
  }

  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}
