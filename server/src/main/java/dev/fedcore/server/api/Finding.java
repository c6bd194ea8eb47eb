package dev.fedcore.server.api;

import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;

/// Finds what a path names. What belongs to another tenant, and what cannot be a name at all, is as
/// unknown as what does not exist.
public final class Finding {

  private final Ledger ledger;

  public Finding(Ledger ledger) {
    this.ledger = ledger;
  }

  /// The run that `{run_id}` names.
  ///
  /// @throws ProblemFound 404
  public RunRow run(Request request) {
    return run(runId(request.parameter("run_id")), request.principal().tenant());
  }

  /// The run of that id, if it is this tenant's.
  public RunRow run(RunId id, TenantId tenant) {
    return ledger.run(id).filter(row -> row.tenant().equals(tenant)).orElseThrow(Finding::noRun);
  }

  /// The id of the run that `{run_id}` names, without reading the run.
  ///
  /// @throws ProblemFound 404
  public RunId known(Request request) {
    return known(runId(request.parameter("run_id")), request.principal().tenant());
  }

  /// The same id, if the run is this tenant's.
  public RunId known(RunId id, TenantId tenant) {
    return ledger.tenantOf(id).filter(tenant::equals).map(_ -> id).orElseThrow(Finding::noRun);
  }

  /// The gate that `{gate_id}` names.
  ///
  /// @throws ProblemFound 404
  public GateRow gate(Request request) {
    return gate(gateId(request.parameter("gate_id")), request.principal().tenant());
  }

  /// The gate of that id, if it is this tenant's.
  public GateRow gate(GateId id, TenantId tenant) {
    return ledger.gate(id).filter(row -> row.tenant().equals(tenant)).orElseThrow(Finding::noGate);
  }

  /// Reads a run's name out of a path.
  public static RunId runId(String text) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException _) {
      throw noRun();
    }
  }

  /// Reads a gate's name out of a path.
  public static GateId gateId(String text) {
    try {
      return GateId.parse(text);
    } catch (IllegalArgumentException _) {
      throw noGate();
    }
  }

  private static ProblemFound noRun() {
    return new ProblemFound(RefusalProblems.unknownRun());
  }

  private static ProblemFound noGate() {
    return new ProblemFound(RefusalProblems.unknownGate());
  }
}
