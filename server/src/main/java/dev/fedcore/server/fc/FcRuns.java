package dev.fedcore.server.fc;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.server.api.Accesses;
import dev.fedcore.server.api.Commanding;
import dev.fedcore.server.api.Commanding.Shown;
import dev.fedcore.server.api.Entries;
import dev.fedcore.server.api.Finding;
import dev.fedcore.server.api.RunCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs, as the published client creates, moves and reads them.
public final class FcRuns {

  /// Runs are counted exactly up to here; a client that pages further learns no total.
  static final int COUNTED_MAX = 10_000;

  private static final int LIMIT_MAX = 1_000;
  private static final int LIMIT_DEFAULT = 100;
  private static final String RUN = "/api/fc/runs/{run_id}";

  private final Commanding commanding;
  private final Finding finding;
  private final Ledger ledger;

  public FcRuns(Commanding commanding, Finding finding, Ledger ledger) {
    this.commanding = commanding;
    this.finding = finding;
    this.ledger = ledger;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/fc/runs", Accesses.OPERATE, this::create),
        new Route("GET", "/api/fc/runs", Accesses.READ, this::list),
        new Route("GET", RUN, Accesses.READ, this::one),
        new Route("PATCH", RUN, Accesses.MOVE, this::move),
        new Route("GET", RUN + "/logs", Accesses.READ, this::logs));
  }

  private Response create(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = JsonFields.of(body, "");
    var run =
        RunCommands.newRun(
            request, fields, Optional.of(Execution.EXTERNAL), false, Optional.empty());
    fields.end();
    return commanding.create(
        request,
        body,
        run,
        shown -> bare(201, shown.view()).with("Location", "/api/fc/runs/" + shown.run()));
  }

  private Response move(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = JsonFields.of(body, "");
    var command = RunCommands.moveTo(fields);
    fields.end();
    RunId run = Finding.runId(request.parameter("run_id"));
    return commanding.handle(request, body, run, command, FcRuns::moved);
  }

  private static Response moved(Shown shown) {
    return bare(200, shown.view());
  }

  static Response bare(int status, Payload run) {
    return Response.json(status, FcShape.wrapped(run, JsonArray.EMPTY, List.of()));
  }

  private Response one(Request request) {
    RunRow row = finding.run(request);
    Query query = request.query();
    List<LoggedEntry> logs =
        query.flag("include_logs")
            ? ledger.stream(StreamId.of(row.run()), 0, Ledger.ROWS_MAX)
            : List.of();
    List<GateRow> gates = query.flag("include_gates") ? ledger.gates(row.run()) : List.of();
    return Response.json(200, FcShape.wrapped(row.view(), shown(request, logs), gates));
  }

  private Response list(Request request) {
    Query query = request.query();
    int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    int offset = query.integer("offset", 0, 0, COUNTED_MAX);
    List<RunRow> counted = counted(request);
    List<JsonValue> page =
        counted.stream()
            .skip(offset)
            .limit(limit)
            .<JsonValue>map(row -> FcShape.run(row.view()))
            .toList();
    return Response.json(
        200,
        JsonObject.builder()
            .put("runs", new JsonArray(page))
            .put("total", counted.size())
            .put("offset", offset)
            .put("limit", limit)
            .build());
  }

  /// All that match, newest first, as far as they are counted.
  private List<RunRow> counted(Request request) {
    Query query = request.query();
    var rows = new ArrayList<RunRow>();
    Optional<RunId> before = Optional.empty();
    List<RunRow> page;
    do {
      page =
          ledger.runs(
              new RunQuery(
                  request.principal().tenant(),
                  query.oneOf("status", RunStatus.class),
                  query.text("workflow_id"),
                  Optional.empty(),
                  before,
                  RunQuery.LIMIT_MAX));
      rows.addAll(page);
      before = page.isEmpty() ? before : Optional.of(page.getLast().run());
    } while (page.size() == RunQuery.LIMIT_MAX && rows.size() < COUNTED_MAX);
    return rows;
  }

  private JsonArray shown(Request request, List<LoggedEntry> entries) {
    return FcShape.entries(
        entries, new Disclosed(ledger).names(request.principal().tenant(), entries));
  }

  private Response logs(Request request) {
    RunRow row = finding.run(request);
    Query query = request.query();
    int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    int offset = query.integer("offset", 0, 0, COUNTED_MAX);
    List<LoggedEntry> all = ledger.stream(StreamId.of(row.run()), 0, Ledger.ROWS_MAX);
    List<LoggedEntry> wanted =
        query.text("event_type").map(type -> Entries.ofType(all, type)).orElse(all);
    List<LoggedEntry> page = wanted.stream().skip(offset).limit(limit).toList();
    return Response.json(200, shown(request, page).canonicalBytes());
  }
}
