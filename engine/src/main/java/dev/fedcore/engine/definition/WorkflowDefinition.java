package dev.fedcore.engine.definition;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.Plan;
import dev.fedcore.kernel.workflow.PlannedStep;
import dev.fedcore.kernel.workflow.StepType;
import java.util.List;

/// A named, versioned, content-hashed plan. Immutable; a run pins the hash it began with.
///
/// @param document as it was registered; `ref.hash` is the SHA-256 of its canonical form
/// @param builtIn whether it came with the program
public record WorkflowDefinition(
    DefinitionRef ref,
    Execution execution,
    String description,
    List<DefinedStep> steps,
    JsonObject document,
    boolean builtIn) {

  public WorkflowDefinition {
    steps = List.copyOf(steps);
  }

  /// The plan that a run of this definition follows.
  public Plan plan(Execution asked) {
    return new Plan(
        ref, asked, steps.stream().map(s -> new PlannedStep(s.id(), typeOf(s))).toList());
  }

  static StepType typeOf(DefinedStep step) {
    return switch (step) {
      case DefinedStep.Observe _ -> StepType.OBSERVE;
      case DefinedStep.Decide _ -> StepType.DECIDE;
      case DefinedStep.Gate _ -> StepType.GATE;
      case DefinedStep.Act _ -> StepType.ACT;
      case DefinedStep.Transform _ -> StepType.TRANSFORM;
    };
  }
}
