package dev.fedcore.server.api;

import dev.fedcore.adapters.task.TaskAdapter;
import dev.fedcore.adapters.task.TaskList;
import dev.fedcore.adapters.task.TasksUnavailable;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/// The tasks that runs have made.
public final class TaskRoutes {

  private static final String PATH = "/tasks";

  private final TaskAdapter tasks;

  public TaskRoutes(TaskAdapter tasks) {
    this.tasks = tasks;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("GET", PATH, Accesses.READ, this::list));
  }

  /// What stands for them where another process keeps the tasks.
  ///
  /// @param executor that process
  public static Route elsewhere(URI executor) {
    return new Route(
        "GET",
        PATH,
        Accesses.READ,
        _ -> {
          throw new ProblemFound(
              Problem.of(
                  ProblemKind.UNKNOWN_ROUTE,
                  "the tasks are kept by the Executor; ask it: %s%s".formatted(executor, PATH)));
        });
  }

  private Response list(Request request) {
    TaskList page = page(request);
    JsonValue next =
        page.next()
            .<JsonValue>map(position -> new JsonString(Cursors.write(position)))
            .orElse(JsonNull.NULL);
    return Response.json(
        200,
        JsonObject.builder()
            .put("tasks", new JsonArray(List.copyOf(page.tasks())))
            .put("next_cursor", next)
            .build());
  }

  private TaskList page(Request request) {
    try {
      return tasks.page(
          request.principal().tenant(),
          request.query().text("list"),
          Cursors.read(request, Function.identity()),
          Cursors.limit(request));
    } catch (TasksUnavailable unavailable) {
      throw new ProblemFound(
          Problem.of(
                  ProblemKind.LEDGER_UNAVAILABLE,
                  unavailable.getMessage() + "; nothing that was answered with success is lost")
              .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
    }
  }
}
