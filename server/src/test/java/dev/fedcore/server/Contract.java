package dev.fedcore.server;

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

/// The OpenAPI document, against which every answer that a test gets is checked.
final class Contract {

  static final JsonObject DOCUMENT = document();

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Contract() {}

  /// @throws AssertionError if the answer is not as documented
  static void check(String method, String path, Served.Answer answer) {
    String type = answer.header("content-type");
    if (!type.contains("json")) {
      return;
    }
    schema(method, path, answer.status(), type)
        .ifPresent(name -> {
          var errors =
              SCHEMAS
                  .computeIfAbsent(name, Contract::load)
                  .validate(new String(answer.body(), UTF_8), InputFormat.JSON);
          if (!errors.isEmpty()) {
            throw new AssertionError(
                "%s %s %d is no %s: %s in %s"
                    .formatted(
                        method,
                        path,
                        answer.status(),
                        name,
                        errors,
                        new String(answer.body(), UTF_8)));
          }
        });
  }

  private static Optional<String> schema(String method, String path, int status, String type) {
    if (type.contains("problem")) {
      return Optional.of("Problem");
    }
    String bare = path.replaceFirst("\\?.*", "");
    for (var documented : paths().members().entrySet()) {
      if (bare.matches(documented.getKey().replaceAll("\\{\\w+}", "[^/]+"))) {
        Optional<JsonValue> exact =
            JsonPointers.find(
                documented.getValue(),
                "/%s/responses/%d/content/application~1json/schema/$ref"
                    .formatted(method.toLowerCase(Locale.ROOT), status));
        Optional<String> name = exact.map(Contract::name);
        if (name.isPresent() || status < 300) {
          return name;
        }
        return Optional.of(bare.startsWith("/api/fc/") ? "FcProblem" : "Problem");
      }
    }
    return Optional.empty();
  }

  static JsonObject paths() {
    return (JsonObject) DOCUMENT.get("paths").orElseThrow();
  }

  private static String name(JsonValue reference) {
    String text = ((JsonString) reference).value();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static Schema load(String name) {
    String whole = new String(DOCUMENT.canonicalBytes(), UTF_8);
    String root =
        "{\"$ref\":\"#/components/schemas/%s\",\"components\":%s}"
            .formatted(
                name, new String(DOCUMENT.get("components").orElseThrow().canonicalBytes(), UTF_8));
    if (!whole.contains("\"" + name + "\"")) {
      throw new AssertionError("no schema " + name);
    }
    return REGISTRY.getSchema(root, InputFormat.JSON);
  }

  private static JsonObject document() {
    try (var stream =
        Objects.requireNonNull(FederationCore.class.getResourceAsStream("openapi.json"))) {
      return JsonReader.readObject(stream.readAllBytes(), new JsonLimits(1 << 22, 64, 100_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
