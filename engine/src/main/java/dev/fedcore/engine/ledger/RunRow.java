package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Instant;

/// What readers see of a run: the columns they search by, and the whole run as JSON.
///
/// Written in the transaction of the entries it follows from, so that it is never behind them.
///
/// @param version how many entries the run has
/// @param atWork whether an action was started whose answer is not recorded; such runs are looked
///   at when the engine starts again
/// @param view the run's JSON, with its payloads
public record RunRow(
    RunId run,
    TenantId tenant,
    String workflowId,
    RunStatus status,
    String actor,
    long version,
    boolean atWork,
    Instant createdAt,
    Instant updatedAt,
    Payload view) {}
