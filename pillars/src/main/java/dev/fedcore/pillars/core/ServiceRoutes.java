package dev.fedcore.pillars.core;

import static dev.fedcore.pillars.core.CoreProblem.NOT_RELOADABLE;
import static dev.fedcore.pillars.core.CoreProblem.NO_KNOWLEDGE_BASE;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Access;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.chat.ChatAgent;
import dev.fedcore.pillars.core.outgoing.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What Core says about itself.
final class ServiceRoutes {

  private static final Access OPEN = new Access.Open();
  private static final Access READ = new Access.OpenOnLoopback(Access.readers("workflow:read"));
  private static final Access ADMIN = Access.keyOnly(Role.ADMIN);

  private static final String RESTART =
      "settings are read from the environment at the start; set them there and restart Core";
  private static final String ASK_THE_AI =
      "Core keeps no knowledge; ask a model by POST /handle_task with an input such as"
          + " \"ask the AI what ...\", or send what it shall read to /handle_task_with_file";

  private static final double MILLIS = 1_000;
  private static final double PERCENT = 100;

  private final CoreSettings settings;
  private final TaskService tasks;
  private final TaskRoutes routes;
  private final InstantSource clock;
  private final Instant startedAt;
  private final byte[] openApi;

  ServiceRoutes(
      CoreSettings settings,
      TaskService tasks,
      TaskRoutes routes,
      InstantSource clock,
      byte[] openApi) {
    this.settings = settings;
    this.tasks = tasks;
    this.routes = routes;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.openApi = openApi;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health", OPEN, this::health),
        new Route("GET", "/config", READ, this::config),
        new Route("POST", "/config/reload", ADMIN, _ -> absent(NOT_RELOADABLE, RESTART)),
        new Route("POST", "/query-kb", READ, _ -> absent(NO_KNOWLEDGE_BASE, ASK_THE_AI)),
        new Route("GET", "/openapi.json", OPEN, _ -> Response.of(200, MediaTypes.JSON, openApi)));
  }

  /// Core answers whether or not the others do, so it is healthy while it answers; what it could
  /// not deliver shows in the counts.
  private Response health(Request request) {
    TaskRoutes.Counts counts = routes.counts();
    long successes = counts.requests() - counts.failures();
    double rate = counts.requests() == 0 ? PERCENT : successes * PERCENT / counts.requests();
    var services =
        JsonObject.builder()
            .put("workflow_executor", service(tasks.executor()))
            .put("bucket", service(tasks.bucket()));
    return Response.json(
        200,
        JsonObject.builder()
            .put("service", "core")
            .put("status", "healthy")
            .put(
                "uptime_seconds",
                Math.max(0, Duration.between(startedAt, clock.instant()).toSeconds()))
            .put("services", services.build())
            .put(
                "metrics",
                JsonObject.builder()
                    .put("total_requests", counts.requests())
                    .put("successful_requests", successes)
                    .put("failed_requests", counts.failures())
                    .put("success_rate_percent", JsonNumber.of(rate))
                    .build())
            .put("agent_status", agents())
            .build());
  }

  private static JsonValue service(Optional<Outgoing> outgoing) {
    if (outgoing.isEmpty()) {
      return JsonObject.builder().put("enabled", false).build();
    }
    Outgoing.Counts counts = outgoing.get().counts();
    return JsonObject.builder()
        .put("enabled", true)
        .put("waiting", counts.waiting())
        .put("sent", counts.sent())
        .put("refused", counts.refused())
        .put("failed", counts.failed())
        .put("dropped", counts.dropped())
        .build();
  }

  private JsonObject agents() {
    var agents = JsonObject.builder().put(TaskRequest.BUILT_IN_AGENT, "available");
    JsonValue model =
        tasks
            .chat()
            .<JsonValue>map(chat ->
                JsonObject.builder()
                    .put("name", chat.name())
                    .put("asked", chat.asked())
                    .put("answered", chat.answered())
                    .put("repaired", chat.repaired())
                    .put("fallbacks", tasks.fallbacks())
                    .build())
            .orElse(JsonNull.NULL);
    return agents.put("language_model", model).build();
  }

  private Response config(Request request) {
    return Response.json(
        200,
        JsonObject.builder()
            .put("workflow_executor_url", settings.executor().toString())
            .put("workflow_timeout_seconds", JsonNumber.of(settings.limit().toMillis() / MILLIS))
            .put("workflow_execution", settings.execution())
            .put("bucket_url", optional(settings.bucket().map(Object::toString)))
            .put("default_agent", TaskRequest.DEFAULT_AGENT)
            .put(
                "agents",
                JsonArray.ofStrings(List.of(TaskRequest.DEFAULT_AGENT, TaskRequest.BUILT_IN_AGENT)))
            .put("language_model", optional(tasks.chat().map(ChatAgent::name)))
            .put(
                "actions",
                JsonArray.ofStrings(
                    EnumSet.allOf(ActionType.class).stream().map(ActionType::text).toList()))
            .put(
                "limits",
                JsonObject.builder()
                    .put("queue", Outgoing.WAITING_MAX)
                    .put("workers", Outgoing.WORKERS)
                    .put("tasks_remembered", TaskBook.TASKS_MAX)
                    .build())
            .build());
  }

  /// What clients of an older Core may ask for, and this one cannot honestly do.
  private static Response absent(CoreProblem problem, String instead) {
    throw new ProblemFound(Problem.of(problem, instead));
  }

  private static JsonValue optional(Optional<String> text) {
    return text.<JsonValue>map(JsonString::new).orElse(JsonNull.NULL);
  }
}
