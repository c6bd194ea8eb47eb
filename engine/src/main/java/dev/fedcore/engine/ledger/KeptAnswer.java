package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.TenantId;

/// The answer to a request that carried an idempotency key, kept with what the request did.
///
/// @param key the caller's own name for the request, 1 to 255 visible ASCII characters
/// @param fingerprint SHA-256 over method, route, actor and canonical body, as hex: another request
///   under the same key is told apart by it
/// @param status the HTTP status that was answered
/// @param location the resource that was made or changed; empty when there is none to name
public record KeptAnswer(
    TenantId tenant, String key, String fingerprint, int status, String location, Payload body) {}
