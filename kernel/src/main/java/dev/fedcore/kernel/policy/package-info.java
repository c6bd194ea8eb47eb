/// What a policy engine answers about a step, and what a flagged step then asks of people.
///
/// The kernel takes the answer as a fact, like the time, whoever gave it; how rules are written and
/// evaluated is the policy module's. Read [PolicyDecision] first.
///
/// Depends on [dev.fedcore.kernel.identity] only.
@NullMarked
package dev.fedcore.kernel.policy;

import org.jspecify.annotations.NullMarked;
