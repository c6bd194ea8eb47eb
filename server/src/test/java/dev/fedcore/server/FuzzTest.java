package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.http.Route;
import dev.fedcore.testing.ForAll;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is sent, the server answers for itself: never a 500.
class FuzzTest {

  private static final int REQUESTS = 2_500;

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[{}]",
          "9007199254740993",
          "\"step_1\"",
          "\"RUNNING\"",
          "\"APPROVED\"",
          "\"pt004_execution_spine\"",
          "\"\\ud800\"");
  private static final List<String> NAMES =
      List.of(
          "workflow_id",
          "input_payload",
          "metadata",
          "tags",
          "status",
          "reason",
          "step_id",
          "start",
          "gate_name",
          "timeout_seconds",
          "action",
          "input",
          "execution",
          "gate_id",
          "decision",
          "apiVersion",
          "steps",
          "workflow_yaml",
          "rules");

  @TempDir private Path data;

  private record Shot(int route, String name, String body, String query, String type) {}

  @Test
  void no_request_makes_the_server_fail() {
    try (var server = Served.trusting(data)) {
      String run = server.task("flag", "X-Actor-Id", "ann").text("/run_id");
      String gate = server.get("/workflows/runs/" + run + "/gates").text("/gates/0/gate_id");
      List<Route> routes =
          server.core().routes().stream().filter(r -> !r.pattern().equals("/events")).toList();
      ForAll.values(
          REQUESTS,
          random -> shot(random, routes.size()),
          shot -> {
            Route route = routes.get(shot.route());
            String path =
                route
                    .pattern()
                    .replace("{run_id}", shot.name().isEmpty() ? run : shot.name())
                    .replace("{gate_id}", shot.name().isEmpty() ? gate : shot.name())
                    .replaceAll("\\{\\w+\\*?}", shot.name().isEmpty() ? "x" : shot.name());
            var answer =
                server.send(
                    route.method(),
                    path + shot.query(),
                    shot.body().getBytes(UTF_8),
                    "Content-Type",
                    shot.type());

            assertThat(answer.status()).as("%s %s", route.method(), path).isNotEqualTo(500);
          });
    }
  }

  private static Shot shot(RandomGenerator random, int routes) {
    return new Shot(
        random.nextInt(routes),
        ForAll.oneOf(
            random, "", "", "nobody", "%00", "%2e%2e", "01890a5d-ac96-774b-bcce-b302099a8057"),
        body(random),
        ForAll.oneOf(random, "", "", "?limit=1", "?limit=x", "?cursor=%21", "?a=%FF", "?status=x"),
        ForAll.oneOf(random, "application/json", "application/json", "application/yaml", "text/x"));
  }

  private static String body(RandomGenerator random) {
    var body = new StringBuilder("{");
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      body.append(i == 0 ? "" : ",")
          .append('"')
          .append(NAMES.get(random.nextInt(NAMES.size())))
          .append("\":")
          .append(VALUES.get(random.nextInt(VALUES.size())));
    }
    String whole = body.append('}').toString();
    return random.nextInt(8) == 0 ? whole.substring(random.nextInt(whole.length())) : whole;
  }
}
