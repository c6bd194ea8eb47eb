package dev.fedcore.server;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Observer;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a server is extended with: who decides, who acts, who looks up.
///
/// @param activePolicies the bundles that are active, as `GET /health` shows them
/// @param adapters made once, over the office that takes their permits back
public record Extensions(
    PolicyEngine policy,
    Supplier<List<JsonValue>> activePolicies,
    Function<Permits, List<Adapter>> adapters,
    List<Observer> observers) {}
