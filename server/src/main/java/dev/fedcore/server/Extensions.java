package dev.fedcore.server;

import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.Subscription;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.policy.signature.PolicyKeys;
import dev.fedcore.server.erasure.PeopleService;
import dev.fedcore.server.status.PillarWatch.Pillar;
import java.util.List;
import java.util.Optional;

/// What a server comes with besides its own code: who decides, who is told, who is beside it.
///
/// @param policies bundles that decide for every tenant
/// @param subscriptions who is told of what, through the outbox
/// @param destinations how those who are told are reached
/// @param pillars the other services, whose state is watched
/// @param people those of them that are told of people, and can erase them
/// @param acting makes what acts
/// @param tracing whether steps give spans
/// @param policyKeys who may sign bundles; without, bundles need no signature
/// @param witnesses who cosigns the log's checkpoints; nobody is asked without
public record Extensions(
    List<PolicyBundle> policies,
    List<Subscription> subscriptions,
    List<Destination> destinations,
    List<Pillar> pillars,
    List<PeopleService> people,
    ActingMaker acting,
    boolean tracing,
    Optional<PolicyKeys> policyKeys,
    Optional<WitnessPolicy> witnesses) {

  public Extensions {
    policies = List.copyOf(policies);
    subscriptions = List.copyOf(subscriptions);
    destinations = List.copyOf(destinations);
    pillars = List.copyOf(pillars);
    people = List.copyOf(people);
  }
}
