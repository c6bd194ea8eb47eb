package dev.fedcore.kernel.workflow;

import dev.fedcore.kernel.identity.StepId;

/// One step of a plan.
public record PlannedStep(StepId id, StepType type) {}
