package dev.fedcore.kernel.run;

import dev.fedcore.kernel.identity.Digest;

/// The exact action a step is about.
///
/// @param hash salted, of the canonical {action_type, adapter version, target, parameters, actor}
/// @param type which adapter carries it out, such as `task`; for a step without a real-world
///   action, `step.` and its type in lower case
public record ActionBinding(Digest hash, String type) {}
