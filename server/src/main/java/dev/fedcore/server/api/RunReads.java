package dev.fedcore.server.api;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.view.EntryJson;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What there is to read of runs: the run itself, lists, logs, receipts. Sends what the ledger
/// holds and never reads it again on the way.
public final class RunReads {

  private static final String RUN = "/workflows/runs/{run_id}";
  private static final String NEXT = "next_cursor";

  /// Entries looked through at a time for those of one type.
  private static final int PAGE = 256;

  private final Ledger ledger;
  private final Finding finding;
  private final Disclosed disclosed;

  public RunReads(Ledger ledger, Finding finding) {
    this.ledger = ledger;
    this.finding = finding;
    this.disclosed = new Disclosed(ledger);
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/workflows/runs", Accesses.READ, this::list),
        new Route("GET", RUN, Accesses.READ, this::one),
        new Route("GET", RUN + "/logs", Accesses.READ, this::logs),
        new Route("GET", RUN + "/disclosures", Accesses.READ, this::disclosures),
        new Route("GET", RUN + "/receipts", Accesses.READ, this::receipts),
        new Route("GET", RUN + "/receipts/{hash}", Accesses.READ, this::receipt),
        new Route("GET", "/audit", Accesses.AUDIT, this::audit));
  }

  private Response list(Request request) {
    Query query = request.query();
    int limit = Cursors.limit(request);
    List<RunRow> rows =
        ledger.runs(
            new RunQuery(
                request.principal().tenant(),
                query.oneOf("status", RunStatus.class),
                query.text("workflow_id"),
                query.text("actor_id"),
                Cursors.read(request, RunId::parse),
                limit));
    List<byte[]> views = rows.stream().map(row -> row.view().utf8()).toList();
    JsonText page = JsonText.object().put("runs", views);
    return rows.size() < limit
        ? Response.json(200, page.putNull(NEXT).toBytes())
        : Response.json(200, next(page, rows.getLast().run().toString()));
  }

  private Response one(Request request) {
    RunRow row = finding.run(request);
    Query query = request.query();
    byte[] run = row.view().utf8();
    if (query.flag("include_logs")) {
      List<LoggedEntry> entries = ledger.stream(StreamId.of(row.run()), 0, Ledger.ROWS_MAX);
      run = JsonText.of(run).put("logs", rendered(request, entries)).toBytes();
    }
    if (query.flag("include_gates")) {
      List<byte[]> gates =
          ledger.gates(row.run()).stream().map(gate -> gate.view().utf8()).toList();
      run = JsonText.of(run).put("gates", gates).toBytes();
    }
    if (query.flag("include_receipts")) {
      run = JsonText.of(run).put("receipts", receipts(row.run())).toBytes();
    }
    return Response.json(200, run).with("ETag", "\"" + row.version() + "\"");
  }

  private Response logs(Request request) {
    RunRow row = finding.run(request);
    int limit = Cursors.limit(request);
    long from = Cursors.read(request, Cursors::count).orElse(0L);
    StreamId stream = StreamId.of(row.run());
    List<LoggedEntry> entries =
        request
            .query()
            .text("event_type")
            .map(type -> ofType(stream, type, from, limit))
            .orElseGet(() -> ledger.stream(stream, from, limit));
    JsonText page =
        JsonText.object()
            .putPlain("run_id", row.run().toString())
            .put("logs", rendered(request, entries));
    return Response.json(200, next(page, entries, limit));
  }

  /// Reads on until there are as many as wanted, or no more.
  private List<LoggedEntry> ofType(StreamId stream, String type, long from, int limit) {
    var wanted = new ArrayList<LoggedEntry>();
    long next = from;
    List<LoggedEntry> read;
    do {
      read = ledger.stream(stream, next, PAGE);
      wanted.addAll(Entries.ofType(read, type));
      next += read.size();
    } while (wanted.size() < limit && read.size() == PAGE);
    return wanted.stream().limit(limit).toList();
  }

  /// What the run's commitments stand for, with the salts.
  private Response disclosures(Request request) {
    RunRow row = finding.run(request);
    StreamId stream = StreamId.of(row.run());
    List<LoggedEntry> entries = ledger.stream(stream, 0, Ledger.ROWS_MAX);
    List<JsonValue> all =
        disclosed.of(row.tenant(), stream, entries).stream()
            .<JsonValue>map(disclosure ->
                JsonObject.builder()
                    .put("commitment", disclosure.commitment())
                    .put("salt", disclosure.salt())
                    .put("value", disclosure.value())
                    .build())
            .toList();
    return Response.json(
        200,
        JsonObject.builder()
            .put("run_id", row.run().toString())
            .put("disclosures", new JsonArray(all))
            .build());
  }

  private Response audit(Request request) {
    int limit = Cursors.limit(request);
    long from = Cursors.read(request, Cursors::count).orElse(0L);
    StreamId stream = StreamId.of(request.principal().tenant());
    List<LoggedEntry> entries = ledger.stream(stream, from, limit);
    JsonText page = JsonText.object().put("entries", rendered(request, entries));
    return Response.json(200, next(page, entries, limit));
  }

  private Response receipts(Request request) {
    RunRow row = finding.run(request);
    return Response.json(
        200,
        JsonText.object()
            .putPlain("run_id", row.run().toString())
            .put("receipts", receipts(row.run()))
            .toBytes());
  }

  private Response receipt(Request request) {
    RunRow row = finding.run(request);
    String hash = request.parameter("hash");
    if (!Sha256.isHex(hash)) {
      throw noReceipt();
    }
    Document receipt = ledger.receipt(row.run(), hash).orElseThrow(RunReads::noReceipt);
    return Response.of(200, MediaTypes.JSON, receipt.bytes());
  }

  private List<byte[]> receipts(RunId run) {
    return ledger.receipts(run).stream()
        .map(receipt ->
            JsonText.object()
                .putPlain("hash", receipt.hash())
                .put("document", receipt.bytes())
                .toBytes())
        .toList();
  }

  /// To be read by people; with `hashed=true`, as they were hashed.
  private List<byte[]> rendered(Request request, List<LoggedEntry> entries) {
    if (request.query().flag("hashed")) {
      return entries.stream().map(EntryJson::render).toList();
    }
    Map<String, String> names = disclosed.names(request.principal().tenant(), entries);
    return entries.stream().map(entry -> EntryJson.render(entry, names)).toList();
  }

  private static byte[] next(JsonText page, List<LoggedEntry> entries, int limit) {
    return entries.size() < limit
        ? page.putNull(NEXT).toBytes()
        : next(page, Long.toString(entries.getLast().seq() + 1));
  }

  private static byte[] next(JsonText page, String position) {
    return page.putPlain(NEXT, Cursors.write(position)).toBytes();
  }

  private static ProblemFound noReceipt() {
    return new ProblemFound(
        Problem.of(ProblemKind.UNKNOWN_RECEIPT, "the run has no receipt of that hash"));
  }
}
