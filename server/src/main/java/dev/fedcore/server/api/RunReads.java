package dev.fedcore.server.api;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.hash.Sha256;
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
import dev.fedcore.server.entries.EntryPages;
import dev.fedcore.server.entries.EntryPages.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What there is to read of runs: the run itself, lists, logs, receipts. Sends what the ledger
/// holds and never reads it again on the way.
public final class RunReads {

  private static final String RUN = "/workflows/runs/{run_id}";
  private static final String NEXT = "next_cursor";

  private final Ledger ledger;
  private final Finding finding;
  private final EntryPages entries;

  public RunReads(Ledger ledger, Finding finding) {
    this.ledger = ledger;
    this.finding = finding;
    this.entries = new EntryPages(ledger);
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/workflows/runs", Accesses.READ, this::list),
        new Route("GET", RUN, Accesses.READ, this::one),
        new Route("GET", RUN + "/logs", Accesses.READ, this::logs),
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
    return Ledger.isFull(rows, limit, row -> row.view().utf8().length)
        ? Response.json(200, next(page, rows.getLast().run().toString()))
        : Response.json(200, page.putNull(NEXT).toBytes());
  }

  private Response one(Request request) {
    RunRow row = finding.run(request);
    Query query = request.query();
    JsonText run = JsonText.of(row.view().utf8());
    if (query.flag("include_logs")) {
      EntryPages.Page logs = entries.read(fromTheFirst(request, row.run()));
      run.put("logs", logs.json());
      logs.next().ifPresent(seq -> run.putPlain("logs_next_cursor", cursor(seq)));
    }
    if (query.flag("include_gates")) {
      run.put("gates", ledger.gates(row.run()).stream().map(gate -> gate.view().utf8()).toList());
    }
    if (query.flag("include_receipts")) {
      run.put("receipts", receipts(row.run()));
    }
    return Response.json(200, run.toBytes()).with("ETag", "\"" + row.version() + "\"");
  }

  private Response logs(Request request) {
    RunId run = finding.known(request);
    Optional<String> type = request.query().text("event_type");
    EntryPages.Page logs = entries.read(wanted(request, StreamId.of(run), type));
    JsonText page = JsonText.object().putPlain("run_id", run.toString()).put("logs", logs.json());
    return Response.json(200, next(page, logs.next()));
  }

  private static Wanted fromTheFirst(Request request, RunId run) {
    return new Wanted(
        request.principal().tenant(),
        StreamId.of(run),
        Optional.empty(),
        0,
        Ledger.ROWS_MAX,
        request.query().flag("hashed"));
  }

  private static Wanted wanted(Request request, StreamId stream, Optional<String> type) {
    return new Wanted(
        request.principal().tenant(),
        stream,
        type,
        Cursors.read(request, Cursors::count).orElse(0L),
        Cursors.limit(request),
        request.query().flag("hashed"));
  }

  private Response audit(Request request) {
    StreamId stream = StreamId.of(request.principal().tenant());
    EntryPages.Page found = entries.read(wanted(request, stream, Optional.empty()));
    return Response.json(200, next(JsonText.object().put("entries", found.json()), found.next()));
  }

  private Response receipts(Request request) {
    RunId run = finding.known(request);
    return Response.json(
        200,
        JsonText.object()
            .putPlain("run_id", run.toString())
            .put("receipts", receipts(run))
            .toBytes());
  }

  private Response receipt(Request request) {
    RunId run = finding.known(request);
    String hash = request.parameter("hash");
    if (!Sha256.isHex(hash)) {
      throw noReceipt();
    }
    Document receipt = ledger.receipt(run, hash).orElseThrow(RunReads::noReceipt);
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

  private static byte[] next(JsonText page, OptionalLong seq) {
    return seq.isPresent()
        ? next(page, Long.toString(seq.getAsLong()))
        : page.putNull(NEXT).toBytes();
  }

  private static byte[] next(JsonText page, String position) {
    return page.putPlain(NEXT, Cursors.write(position)).toBytes();
  }

  private static String cursor(long seq) {
    return Cursors.write(Long.toString(seq));
  }

  private static ProblemFound noReceipt() {
    return new ProblemFound(
        Problem.of(ProblemKind.UNKNOWN_RECEIPT, "the run has no receipt of that hash"));
  }
}
