package dev.fedcore.server;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Observer;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.policy.PolicyBundle;
import java.util.List;
import java.util.function.Function;

/// What a server is extended with: what decides by itself, who acts, who looks up.
///
/// @param policies bundles for every tenant
/// @param adapters made once, over the office that takes their permits back
public record Extensions(
    List<PolicyBundle> policies,
    Function<Permits, List<Adapter>> adapters,
    List<Observer> observers) {

  public Extensions {
    policies = List.copyOf(policies);
    observers = List.copyOf(observers);
  }
}
