package dev.fedcore.engine.live;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.kernel.run.ActionBinding;

/// A step with its references filled in: what it takes in, and the exact action it is about.
///
/// @param action in its normal form; for a step without a real-world action, the step itself
public record PreparedStep(Payloads.Body input, ActionBinding binding, Action action) {}
