package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.TenantId;

/// Something kept by name beside the runs: a workflow definition, a policy bundle, an agent.
///
/// @param kind such as `definition`; which kinds there are is the engine's business
/// @param key unique within tenant and kind; writing it again replaces the body
public record NamedRecord(TenantId tenant, String kind, String key, Payload body) {}
