package dev.fedcore.policy;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.policy.yaml.YamlTree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the YAML that people write into the JSON that we hash: one document, YAML 1.2, of which
/// JSON is a part.
///
/// Stricter than YAML, so that a text has one meaning to everybody: no anchors, no aliases and no
/// tags, each key once, only scalar keys, numbers and words only in their JSON spelling (`0x1F`,
/// `007` and `True` are refused, not guessed), integers within ±(2^53−1).
///
/// @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
public final class YamlDocuments {

  private YamlDocuments() {}

  /// Reads one document.
  ///
  /// @throws MalformedInput with line and column, from 1, in its sentence
  public static JsonValue read(byte[] utf8, JsonLimits limits) {
    if (utf8.length > limits.bytesMax()) {
      throw new MalformedInput(
          "", "has %,d bytes; at most %,d fit".formatted(utf8.length, limits.bytesMax()));
    }
    String text = decode(utf8);
    return asJson(text, utf8, limits).orElseGet(() -> asYaml(text, limits));
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedInput("", "is not UTF-8; save it as UTF-8");
    }
  }

  /// What is JSON is read as JSON, since YAML readers differ on its edges. What only looks like it,
  /// such as `{a: 1}`, goes on to the YAML reader, which also knows the line of a fault.
  private static Optional<JsonValue> asJson(String text, byte[] utf8, JsonLimits limits) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonReader.read(utf8, limits));
    } catch (MalformedInput _) {
      return Optional.empty();
    }
  }

  /// The library's buffer holds the whole text: with its usual one of 1,024 characters it copies a
  /// scalar again for every thousand characters that it has.
  private static JsonValue asYaml(String text, JsonLimits limits) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("document")
            .setCodePointLimit(limits.bytesMax())
            .setBufferSize(text.length() + 2)
            .build();
    try {
      return new YamlTree(new Parse(settings).parseString(text).iterator(), limits).document();
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem() == null ? "is not YAML" : e.getProblem();
      throw new MalformedInput("", YamlTree.at(e.getProblemMark()) + problem);
    } catch (YamlEngineException _) {
      throw new MalformedInput("", "is not YAML; check its characters and its indentation");
    }
  }
}
