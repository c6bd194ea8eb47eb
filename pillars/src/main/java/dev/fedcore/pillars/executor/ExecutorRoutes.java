package dev.fedcore.pillars.executor;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Access;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.pillars.executor.ExecuteRequest.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// The executor's own operations.
public final class ExecutorRoutes {

  private static final Access EXECUTE =
      Access.needs("workflow:write", Role.EXECUTOR, Role.OPERATOR);

  /// How much longer than Federation Core waits for a run its answer may take.
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);

  private final Executions executions;
  private final FederationProbe probe;
  private final ExecutorWatcher watcher;
  private final InstantSource clock;
  private final byte[] openApi = openApi();

  public ExecutorRoutes(
      ExecutorSettings settings,
      Credentials credentials,
      ExecutorWatcher watcher,
      InstantSource clock) {
    var http = new ServiceClient(settings.federation(), settings.patience().plus(ANSWER_MARGIN));
    this.executions = new Executions(new FederationClient(http, credentials, settings.patience()));
    this.probe = new FederationProbe(settings.federation(), clock);
    this.watcher = watcher;
    this.clock = clock;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/workflow/execute", EXECUTE, this::execute),
        new Route("GET", "/healthz", new Access.Open(), this::health),
        new Route("GET", "/health", new Access.Open(), this::health),
        new Route(
            "GET",
            "/openapi.json",
            new Access.Open(),
            _ -> Response.of(200, MediaTypes.JSON, openApi)));
  }

  private Response execute(Request request) {
    ExecuteRequest asked = ExecuteRequest.read(Bodies.object(request));
    if (asked.decision() != Decision.WORKFLOW) {
      watcher.skipped();
      return Response.json(200, Outcomes.skipped(asked.traceId()));
    }
    JsonObject answer = executions.execute(asked);
    watcher.executed(asked.actionType().orElse("none"), answer);
    return Response.json(200, answer);
  }

  /// `200` while the executor itself answers, whatever it depends on.
  private Response health(Request request) {
    return Response.json(
        200,
        JsonObject.builder()
            .put("status", "ok")
            .put("service", "workflow-executor")
            .put("federation_core", probe.isUp() ? "up" : "down")
            .put("timestamp", clock.instant().toString())
            .build());
  }

  private static byte[] openApi() {
    try (var stream =
        Objects.requireNonNull(ExecutorRoutes.class.getResourceAsStream("openapi.json"))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
