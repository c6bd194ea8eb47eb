package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.ProblemType;
import dev.fedcore.pillars.bucket.api.BucketProblem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document and the routes say the same. That answers are as documented is checked wherever a
/// test asks.
class OpenApiTest {

  @TempDir private Path directory;

  @Test
  void every_route_is_documented_and_every_documented_operation_is_routed() {
    try (var served = Served.in(directory)) {
      Set<String> routed =
          served.bucket().routes().stream()
              .map(route -> route.method() + " " + route.pattern())
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(routed).isEqualTo(documented());
      assertThat(served.get("/openapi.json").text("/info/title")).isEqualTo("Bucket");
    }
  }

  @Test
  void every_request_body_closes_its_members() {
    Contract.paths()
        .members()
        .forEach((path, item) ->
            ((JsonObject) item)
                .members()
                .forEach((method, operation) ->
                    JsonPointers.find(
                            operation, "/requestBody/content/application~1json/schema/$ref")
                        .ifPresent(reference -> assertClosed(path, Contract.name(reference)))));
  }

  @Test
  void no_two_problems_share_a_type_or_a_code() {
    assertThat(problems().map(ProblemType::slug)).doesNotHaveDuplicates();
    assertThat(problems().map(ProblemType::code)).doesNotHaveDuplicates();
  }

  private static Stream<ProblemType> problems() {
    return Stream.concat(
        Arrays.stream(ProblemKind.values()), Arrays.stream(BucketProblem.values()));
  }

  private static void assertClosed(String path, String schema) {
    assertThat(
            JsonPointers.find(
                Contract.DOCUMENT, "/components/schemas/%s/additionalProperties".formatted(schema)))
        .as(path)
        .contains((JsonValue) JsonBoolean.FALSE);
  }

  private static Set<String> documented() {
    var documented = new TreeSet<String>();
    Contract.paths()
        .members()
        .forEach((path, item) ->
            ((JsonObject) item)
                .members()
                .keySet()
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return documented;
  }
}
