package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;

/// What readers see of a gate: the columns they search by, and the whole gate as JSON.
public record GateRow(
    GateId gate,
    RunId run,
    TenantId tenant,
    GateStatus status,
    Instant openedAt,
    Instant expiresAt,
    Payload view) {}
