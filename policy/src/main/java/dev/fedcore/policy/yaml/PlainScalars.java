package dev.fedcore.policy.yaml;

import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// What an unquoted YAML word means: JSON's words and numbers, or else a text. What other YAML
/// readers take for a number, a boolean or null in a spelling that JSON has not is refused.
///
/// @see <a href="https://yaml.org/spec/1.2.2/#1032-tag-resolution">YAML 1.2.2, section 10.3.2</a>
final class PlainScalars {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private static final Pattern DOUBTFUL_NUMBER =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9][0-9_]+"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final Set<String> DOUBTFUL_WORDS =
      Set.of("True", "TRUE", "False", "FALSE", "Null", "NULL");

  private PlainScalars() {}

  static JsonValue value(String text, JsonLimits limits) {
    return switch (text) {
      case "", "~", "null" -> JsonNull.NULL;
      case "true" -> JsonBoolean.TRUE;
      case "false" -> JsonBoolean.FALSE;
      default -> numberOrText(text, limits);
    };
  }

  private static JsonValue numberOrText(String text, JsonLimits limits) {
    if (text.length() <= JsonLimits.NUMBER_LENGTH_MAX && NUMBER.matcher(text).matches()) {
      return JsonReader.read(text.getBytes(StandardCharsets.US_ASCII), limits);
    }
    if (DOUBTFUL_WORDS.contains(text) || DOUBTFUL_NUMBER.matcher(text).matches()) {
      throw new MalformedInput(
          "", "\"" + shown(text) + "\" is doubtful; write it as JSON would, or put it in quotes");
    }
    return new JsonString(text);
  }

  private static String shown(String text) {
    return text.length() <= JsonLimits.NUMBER_LENGTH_MAX
        ? text
        : text.substring(0, JsonLimits.NUMBER_LENGTH_MAX) + "…";
  }
}
