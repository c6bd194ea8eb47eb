package dev.fedcore.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.task.TaskAdapter;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Router;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.server.identity.TrustedLoopback;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRoutesTest {

  @TempDir private Path data;

  @Test
  void a_task_table_that_does_not_answer_is_no_fault_of_whoever_asks() {
    var tasks = TaskAdapter.open(data, (_, _) -> {}, InstantSource.system());
    var router =
        new Router(
            new TaskRoutes(tasks).routes(),
            new TrustedLoopback(),
            (_, _, _, _) -> {},
            new SplittableRandom(1),
            System::nanoTime,
            Problem::toResponse);
    try (var server = HttpServer.start("127.0.0.1", 0, router)) {
      var client = new ServiceClient(server.uri(), Duration.ofSeconds(30));
      assertThat(status(client)).isEqualTo(200);

      tasks.close();

      assertThat(status(client)).isEqualTo(503);
    }
  }

  private static int status(ServiceClient client) {
    return ((Answer.Heard) client.get("/tasks", List.of())).status();
  }
}
