package dev.fedcore.server;

import dev.fedcore.engine.adapter.Observer;
import dev.fedcore.policy.PolicyBundle;
import java.util.List;

/// What a server comes with besides its own code: who decides, who looks up.
///
/// @param policies bundles that decide for every tenant
/// @param observers what OBSERVE steps can ask besides the registry of agents
public record Extensions(List<PolicyBundle> policies, List<Observer> observers) {

  public Extensions {
    policies = List.copyOf(policies);
    observers = List.copyOf(observers);
  }
}
