package dev.fedcore.pillars.served;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// A pillar's OpenAPI document.
public final class Document {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonObject json;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Document(JsonObject json) {
    this.json = json;
  }

  /// The `openapi.json` beside that class.
  public static Document beside(Class<?> type) {
    try (var stream = Objects.requireNonNull(type.getResourceAsStream("openapi.json"))) {
      return new Document(
          JsonReader.readObject(stream.readAllBytes(), new JsonLimits(1 << 22, 64, 100_000)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every documented operation, such as `GET /health`.
  public Set<String> operations() {
    var operations = new TreeSet<String>();
    paths()
        .members()
        .forEach((path, item) ->
            ((JsonObject) item)
                .members().keySet().stream()
                    .filter(METHODS::contains)
                    .map(method -> method.toUpperCase(Locale.ROOT) + " " + path)
                    .forEach(operations::add));
    return operations;
  }

  /// The schemas of request bodies that let unknown fields in.
  public Set<String> openBodies() {
    var open = new TreeSet<String>();
    paths()
        .members()
        .values()
        .forEach(item ->
            ((JsonObject) item)
                .members()
                .values()
                .forEach(operation -> body(operation).filter(this::isOpen).ifPresent(open::add)));
    return open;
  }

  /// Requires that an answer is as documented.
  public void check(String method, String path, int status, byte[] body) {
    validate(schema(method, path, status), body);
  }

  /// Requires that a body fits the schema of that name.
  public void validate(String schema, byte[] body) {
    var errors =
        schemas
            .computeIfAbsent(schema, this::load)
            .validate(new String(body, UTF_8), InputFormat.JSON);
    if (!errors.isEmpty()) {
      throw new AssertionError(
          "no %s: %s in %s".formatted(schema, errors, new String(body, UTF_8)));
    }
  }

  private Optional<String> body(JsonValue operation) {
    return JsonPointers.find(operation, "/requestBody/content/application~1json/schema/$ref")
        .map(Document::name);
  }

  private boolean isOpen(String schema) {
    return JsonPointers.find(json, "/components/schemas/" + schema + "/additionalProperties")
        .isEmpty();
  }

  private String schema(String method, String path, int status) {
    String bare = path.replaceFirst("\\?.*", "");
    return paths().members().entrySet().stream()
        .filter(entry -> bare.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+")))
        .flatMap(entry -> answer(entry.getValue(), method, status).stream())
        .findFirst()
        .orElse("Error");
  }

  private static Optional<String> answer(JsonValue item, String method, int status) {
    String at = "/%s/responses/%s/content/application~1json/schema/$ref";
    String verb = method.toLowerCase(Locale.ROOT);
    return JsonPointers.find(item, at.formatted(verb, status))
        .or(() -> JsonPointers.find(item, at.formatted(verb, "default")))
        .map(Document::name);
  }

  private JsonObject paths() {
    return (JsonObject) json.get("paths").orElseThrow();
  }

  private static String name(JsonValue reference) {
    String text = ((JsonString) reference).value();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private Schema load(String name) {
    if (JsonPointers.find(json, "/components/schemas/" + name).isEmpty()) {
      throw new AssertionError("no schema " + name);
    }
    JsonObject root =
        JsonObject.builder()
            .put("$ref", "#/components/schemas/" + name)
            .put("components", json.get("components").orElseThrow())
            .build();
    return REGISTRY.getSchema(new String(root.canonicalBytes(), UTF_8), InputFormat.JSON);
  }
}
