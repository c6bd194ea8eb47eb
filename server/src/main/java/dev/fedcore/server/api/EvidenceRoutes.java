package dev.fedcore.server.api;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.awo.export.RunExport;
import dev.fedcore.evidence.awo.export.RunExport.Exported;
import dev.fedcore.evidence.awo.provenance.RunDiscovery;
import dev.fedcore.evidence.awo.provenance.RunDiscovery.FoundRun;
import dev.fedcore.evidence.awo.provenance.RunDiscovery.Standing;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunEvidence;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an auditor takes home: one run as an archive, and where published runs are.
public final class EvidenceRoutes {

  private static final String TAR = "application/x-tar";

  private final Ledger ledger;
  private final Finding finding;
  private final Path workspace;

  /// @param workspace the folder that holds `runs/`, `governance/` and `provenance/`
  public EvidenceRoutes(Ledger ledger, Finding finding, Path workspace) {
    this.ledger = ledger;
    this.finding = finding;
    this.workspace = workspace;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/workflows/runs/{run_id}/evidence", Accesses.READ, this::archive),
        new Route("GET", "/provenance", Accesses.READ, this::provenance));
  }

  /// The run as a tar archive: the same bytes every time. It is sent as it is made, member by
  /// member; what is in memory are the run's entries and receipts, which are verified first.
  private Response archive(Request request) {
    RunRow row = finding.run(request);
    return switch (RunExport.of(evidence(row))) {
      case Exported.Done done ->
          Response.stream(TAR, done::archive)
              .with("ETag", "\"" + digest(done) + "\"")
              .with("Content-Disposition", "attachment; filename=\"" + row.run() + ".tar\"");
      case Exported.Refused refused ->
          throw new ProblemFound(
              Problem.of(
                      ProblemKind.EVIDENCE_NOT_READY,
                      String.join("; ", refused.findings().stream().map(Object::toString).toList()))
                  .with(
                      "findings",
                      new JsonArray(
                          refused.findings().stream().<JsonValue>map(f -> f.json()).toList())));
    };
  }

  /// The archive's SHA-256, before it is sent. Makes it once more and keeps nothing of it.
  private static String digest(Exported.Done done) {
    var digest = new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.start());
    try (digest) {
      done.archive(digest);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written anywhere", e);
    }
    return Sha256.hexOf(digest.getMessageDigest().digest());
  }

  private RunEvidence evidence(RunRow row) {
    var entries = new ArrayList<Exhibit>();
    List<LoggedEntry> page = ledger.stream(StreamId.of(row.run()), 0, Ledger.ROWS_MAX);
    while (!page.isEmpty()) {
      page.forEach(entry -> entries.add(exhibit(entry.document())));
      page =
          page.size() < Ledger.ROWS_MAX
              ? List.of()
              : ledger.stream(StreamId.of(row.run()), page.getLast().seq() + 1, Ledger.ROWS_MAX);
    }
    List<Exhibit> receipts =
        ledger.receipts(row.run()).stream().map(EvidenceRoutes::exhibit).toList();
    return new RunEvidence(row.run().toString(), entries, receipts);
  }

  private Response provenance(Request request) {
    Optional<Standing> wanted = request.query().oneOf("standing", Standing.class);
    TenantId tenant = request.principal().tenant();
    List<JsonValue> runs =
        RunDiscovery.all(workspace).stream()
            .filter(run -> tenant(run.runId()).equals(tenant))
            .filter(run -> wanted.map(run.standing()::equals).orElse(true))
            .<JsonValue>map(EvidenceRoutes::json)
            .toList();
    return Response.json(200, JsonObject.builder().put("runs", new JsonArray(runs)).build());
  }

  /// Whose run it is; a run of another ledger, or of none, is the default tenant's.
  private TenantId tenant(String run) {
    try {
      return ledger.tenantOf(RunId.parse(run)).orElse(TenantId.DEFAULT);
    } catch (IllegalArgumentException _) {
      return TenantId.DEFAULT;
    }
  }

  private static JsonObject json(FoundRun run) {
    return JsonObject.builder()
        .put("entry", run.entry().<JsonValue>map(entry -> entry.json()).orElse(JsonNull.NULL))
        .put("run_id", run.runId())
        .put("standing", run.standing().name())
        .build();
  }

  private static Exhibit exhibit(Document document) {
    return new Exhibit(document.hash(), document.bytes());
  }
}
