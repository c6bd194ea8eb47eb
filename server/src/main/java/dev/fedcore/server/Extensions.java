package dev.fedcore.server;

import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.policy.PolicyBundle;
import java.util.List;

/// What a server comes with besides its own code: who decides, who is told.
///
/// @param policies bundles that decide for every tenant
/// @param destinations who is told of every audit entry, through the outbox
public record Extensions(List<PolicyBundle> policies, List<Destination> destinations) {

  public Extensions {
    policies = List.copyOf(policies);
    destinations = List.copyOf(destinations);
  }
}
