package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Route;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document and the routes say the same.
class OpenApiTest {

  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");

  @TempDir private Path data;

  @Test
  void every_route_is_documented_and_every_documented_operation_is_routed() {
    try (var server = Served.trusting(data)) {
      Set<String> routed =
          server.core().routes().stream()
              .map(OpenApiTest::operation)
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(routed).isEqualTo(documented());
    }
  }

  @Test
  void every_request_body_closes_its_fields() {
    Contract.paths()
        .members()
        .forEach((path, item) ->
            ((JsonObject) item)
                .members()
                .forEach((method, operation) -> assertClosed(path, (JsonObject) operation)));
  }

  @Test
  void no_two_problems_share_a_type_or_a_title() {
    assertThat(Arrays.stream(ProblemKind.values()).map(ProblemKind::slug)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(ProblemKind.values()).map(ProblemKind::code)).doesNotHaveDuplicates();
  }

  private static void assertClosed(String path, JsonObject operation) {
    JsonPointers.find(operation, "/requestBody/content/application~1json/schema/$ref")
        .ifPresent(reference -> {
          String name = reference.toString().replaceFirst(".*/(\\w+).*", "$1");
          assertThat(
                  JsonPointers.find(
                          Contract.DOCUMENT,
                          "/components/schemas/" + name + "/additionalProperties")
                      .map(Object::toString))
              .as("%s %s", path, name)
              .hasValueSatisfying(closed -> assertThat(closed).contains("false"));
        });
  }

  private static String operation(Route route) {
    return route.method() + " " + route.pattern().replace("*}", "}");
  }

  private static Set<String> documented() {
    var documented = new TreeSet<String>();
    Contract.paths()
        .members()
        .forEach((path, item) ->
            ((JsonObject) item)
                .members().keySet().stream()
                    .filter(METHODS::contains)
                    .map(method -> method.toUpperCase(Locale.ROOT) + " " + path)
                    .forEach(documented::add));
    return documented;
  }
}
