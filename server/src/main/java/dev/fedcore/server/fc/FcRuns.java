package dev.fedcore.server.fc;

import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
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
import dev.fedcore.server.api.Finding;
import dev.fedcore.server.api.RunCommands;
import dev.fedcore.server.entries.EntryPages;
import dev.fedcore.server.entries.EntryPages.Wanted;
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
  private final EntryPages entries;

  public FcRuns(Commanding commanding, Finding finding, Ledger ledger) {
    this.commanding = commanding;
    this.finding = finding;
    this.ledger = ledger;
    this.entries = new EntryPages(ledger);
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
    JsonArray logs =
        query.flag("include_logs")
            ? FcShape.entries(
                entries.read(wanted(request, row.run(), Optional.empty(), Ledger.ROWS_MAX)))
            : JsonArray.EMPTY;
    List<GateRow> gates = query.flag("include_gates") ? ledger.gates(row.run()) : List.of();
    return Response.json(200, FcShape.wrapped(row.view(), logs, gates));
  }

  /// A page that ends early says by its `limit` how many it has, so that the next begins where this
  /// one ends.
  private Response list(Request request) {
    Query query = request.query();
    int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    int offset = query.integer("offset", 0, 0, COUNTED_MAX);
    List<RunRow> rows = rows(request, offset, limit);
    boolean endsEarly = rows.size() < limit && isFull(rows, limit);
    return Response.json(
        200,
        JsonObject.builder()
            .put(
                "runs",
                new JsonArray(
                    rows.stream().<JsonValue>map(row -> FcShape.run(row.view())).toList()))
            .put("total", ledger.count(query(request, Optional.empty(), limit), COUNTED_MAX))
            .put("offset", offset)
            .put("limit", endsEarly ? rows.size() : limit)
            .build());
  }

  /// As many as are wanted, or fit.
  private List<RunRow> rows(Request request, int offset, int limit) {
    var rows = new ArrayList<>(ledger.runs(query(request, Optional.empty(), limit), offset));
    boolean goesOn = !rows.isEmpty();
    while (goesOn && !isFull(rows, limit)) {
      Optional<RunId> last = Optional.of(rows.getLast().run());
      goesOn = rows.addAll(ledger.runs(query(request, last, limit - rows.size())));
    }
    return rows;
  }

  private static boolean isFull(List<RunRow> rows, int limit) {
    return Ledger.isFull(rows, limit, row -> row.view().utf8().length);
  }

  private static RunQuery query(Request request, Optional<RunId> before, int limit) {
    Query query = request.query();
    return new RunQuery(
        request.principal().tenant(),
        query.oneOf("status", RunStatus.class),
        query.text("workflow_id"),
        Optional.empty(),
        before,
        Math.min(limit, RunQuery.LIMIT_MAX));
  }

  private static Wanted wanted(Request request, RunId run, Optional<String> type, int limit) {
    return new Wanted(request.principal().tenant(), StreamId.of(run), type, 0, limit, false);
  }

  /// An array has no place for a cursor, so that a header says where the next one begins.
  private Response logs(Request request) {
    RunId run = finding.known(request);
    Query query = request.query();
    int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
    int offset = query.integer("offset", 0, 0, COUNTED_MAX);
    EntryPages.Page page =
        entries.read(wanted(request, run, query.text("event_type"), limit), offset);
    Response answer = Response.json(200, FcShape.entries(page).canonicalBytes());
    int next = offset + page.shown().size();
    return page.next().isPresent() && next > offset
        ? answer.with("Link", link(query.text("event_type"), next, limit))
        : answer;
  }

  /// A code that entries were found by needs no escaping.
  ///
  /// @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288, Web Linking</a>
  private static String link(Optional<String> type, int offset, int limit) {
    String picked = type.map(code -> "&event_type=" + code).orElse("");
    return "<?offset=%d&limit=%d%s>; rel=\"next\"".formatted(offset, limit, picked);
  }
}
