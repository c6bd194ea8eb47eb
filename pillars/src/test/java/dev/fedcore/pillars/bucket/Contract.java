package dev.fedcore.pillars.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Bucket's OpenAPI document, against which every answer that a test gets is checked.
final class Contract {

  static final JsonObject DOCUMENT = document();

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Contract() {}

  static JsonObject paths() {
    return (JsonObject) DOCUMENT.get("paths").orElseThrow();
  }

  /// @throws AssertionError if the answer is not as documented
  static void check(String method, String path, Served.Answer answer) {
    schema(method, path, answer)
        .ifPresent(name -> {
          var errors =
              SCHEMAS
                  .computeIfAbsent(name, Contract::load)
                  .validate(answer.body(), InputFormat.JSON);
          if (!errors.isEmpty()) {
            throw new AssertionError(
                "%s %s is no %s: %s in %s".formatted(method, path, name, errors, answer.body()));
          }
        });
  }

  private static Optional<String> schema(String method, String path, Served.Answer answer) {
    if (answer.header("content-type").contains("problem")) {
      return Optional.of("Problem");
    }
    String bare = path.replaceFirst("\\?.*", "");
    String pointer =
        "/%s/responses/%d/content/application~1json/schema/$ref"
            .formatted(method.toLowerCase(Locale.ROOT), answer.status());
    return paths().members().entrySet().stream()
        .sorted((a, b) -> parameters(a.getKey()) - parameters(b.getKey()))
        .filter(item -> bare.matches(item.getKey().replaceAll("\\{\\w+}", "[^/]+")))
        .flatMap(item -> JsonPointers.find(item.getValue(), pointer).stream())
        .map(Contract::name)
        .findFirst();
  }

  private static int parameters(String path) {
    return path.indexOf('{') < 0 ? 0 : 1;
  }

  static String name(JsonValue reference) {
    String text = ((JsonString) reference).value();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static Schema load(String name) {
    JsonValue components = DOCUMENT.get("components").orElseThrow();
    String root =
        "{\"$ref\":\"#/components/schemas/%s\",\"components\":%s}"
            .formatted(name, new String(components.canonicalBytes(), UTF_8));
    return REGISTRY.getSchema(root, InputFormat.JSON);
  }

  private static JsonObject document() {
    try (var stream = Objects.requireNonNull(Bucket.class.getResourceAsStream("openapi.json"))) {
      return JsonReader.readObject(stream.readAllBytes(), new JsonLimits(1 << 22, 64, 100_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
