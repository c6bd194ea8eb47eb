package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.bucket.store.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is sent, the answer is never our fault, and the chains stay sound.
class FuzzTest {

  private static final int BODIES_A_ROUTE = 40;
  private static final List<String> NAMES =
      List.of("bhiv_core", "workflow_executor", "admin", "auditor", "ai_x", "product_p", "nobody");
  private static final List<String> TEXTS =
      List.of("", "workflow_execution", "DELETE", "\u0000", "é😀", "../..", "bucket:1", "audit");

  @TempDir private Path directory;

  @Test
  void no_body_and_no_query_is_answered_with_500() {
    var random = new SplittableRandom(Long.getLong("seed", 20260131L));
    try (var served = Served.in(directory)) {
      for (var route : served.bucket().routes()) {
        for (int i = 0; i < BODIES_A_ROUTE; i++) {
          String path = route.pattern().replaceAll("\\{\\w+}", "x%00y") + query(random);
          String body =
              route.method().equals("GET")
                  ? ""
                  : new String(
                      body(random, route.pattern()).canonicalBytes(), StandardCharsets.UTF_8);
          assertThat(served.send(route.method(), path, body).status())
              .as("%s %s %s", route.method(), path, body)
              .isNotEqualTo(500);
        }
      }
      assertThat(served.bucket().verify()).allMatch(Verification::isSound);
    }
  }

  private static String query(SplittableRandom random) {
    return "?requester_id=%s&product_id=%s&limit=%d&cursor=%s&agent_id=%%F0%%9F%%98%%80"
        .formatted(
            oneOf(random, NAMES),
            oneOf(random, List.of("p", "bucket", "WORKFLOW", "%20", "")),
            random.nextInt(-1, 20),
            oneOf(random, List.of("", "MA", "zz", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk")));
  }

  /// Members that the route documents, each with a value of any kind; sometimes one too many.
  private static JsonObject body(SplittableRandom random, String path) {
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("requester_id", new JsonString(oneOf(random, NAMES)));
    String pointer =
        "/paths/%s/post/requestBody/content/application~1json/schema/$ref"
            .formatted(path.replace("/", "~1"));
    JsonPointers.find(Contract.DOCUMENT, pointer)
        .flatMap(reference ->
            JsonPointers.find(
                Contract.DOCUMENT,
                "/components/schemas/%s/properties".formatted(Contract.name(reference))))
        .ifPresent(known ->
            ((JsonObject) known)
                .members()
                .keySet()
                .forEach(name -> {
                  if (random.nextInt(5) > 0) {
                    members.putIfAbsent(name, value(random, 3));
                  }
                }));
    if (random.nextInt(10) == 0) {
      members.put("surplus", JsonNull.NULL);
    }
    return new JsonObject(members);
  }

  private static JsonValue value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> JsonNull.NULL;
      case 1 -> JsonBoolean.TRUE;
      case 2 -> JsonNumber.of(random.nextLong(-5, 1L << 53));
      case 3 -> new JsonString(oneOf(random, TEXTS));
      case 4 ->
          new JsonArray(
              IntStream.range(0, random.nextInt(4))
                  .mapToObj(_ -> value(random, depth - 1))
                  .toList());
      case 5 ->
          JsonObject.builder()
              .put("event_type", "task_error")
              .put(
                  oneOf(random, List.of("timestamp", "seq", "agent_id", "product")),
                  value(random, depth - 1))
              .build();
      default ->
          JsonObject.builder()
              .put("event_data", value(random, depth - 1))
              .put("event_id", value(random, 0))
              .build();
    };
  }

  private static <T> T oneOf(SplittableRandom random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
