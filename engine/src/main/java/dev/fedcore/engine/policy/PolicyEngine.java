package dev.fedcore.engine.policy;

import dev.fedcore.kernel.policy.PolicyDecision;

/// Answers whether a step may start.
///
/// Every implementation passes `PolicyEngineContract`. Safe for use by many threads at once. Never
/// throws for a fault of its own: an error, a time-out or an exceeded limit is a denial that says
/// so (DESIGN section 4).
@FunctionalInterface
public interface PolicyEngine {

  PolicyDecision decide(PolicyQuestion question);
}
