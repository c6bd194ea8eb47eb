package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;

/// Names one hash-chained stream of entries: a run's own, or a tenant's, which holds what happened
/// outside of any run (refused commands, registered definitions, activated policies).
///
/// @param value the run id, or `tenant:` and the tenant
public record StreamId(String value) {

  private static final String TENANT = "tenant:";

  public static StreamId of(RunId run) {
    return new StreamId(run.toString());
  }

  public static StreamId of(TenantId tenant) {
    return new StreamId(TENANT + tenant);
  }

  /// Whether this is a run's stream, not a tenant's.
  public boolean isRun() {
    return !value.startsWith(TENANT);
  }

  @Override
  public String toString() {
    return value;
  }
}
