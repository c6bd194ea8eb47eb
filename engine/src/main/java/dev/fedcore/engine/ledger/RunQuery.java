package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.Optional;

/// Which runs a reader wants, newest first.
///
/// @param before only runs older than this one: the last of the page before
/// @param limit at most so many; 1 to 200
public record RunQuery(
    TenantId tenant,
    Optional<RunStatus> status,
    Optional<String> workflowId,
    Optional<String> actor,
    Optional<RunId> before,
    int limit) {

  /// The largest page, in runs. How many bytes it has is bounded by [Ledger#PAGE_BYTES_MAX].
  public static final int LIMIT_MAX = 200;
}
