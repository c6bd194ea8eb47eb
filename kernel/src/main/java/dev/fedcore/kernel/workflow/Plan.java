package dev.fedcore.kernel.workflow;

import dev.fedcore.kernel.identity.StepId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The steps of one run, in order, and who carries them out. Sound by construction.
///
/// @param steps 1 to 256, each id once; a DECIDE or GATE step has an ACT step after it, since it is
///   about that action
public record Plan(DefinitionRef definition, Execution execution, List<PlannedStep> steps) {

  /// The most steps in a plan. Bounds what one run can write: a dozen entries a step and attempt.
  public static final int STEPS_MAX = 256;

  public Plan {
    steps = List.copyOf(steps);
    unsoundness(steps)
        .ifPresent(why -> {
          throw new IllegalArgumentException(why);
        });
  }

  /// Why `steps` make no sound plan, in one sentence; empty when they do.
  public static Optional<String> unsoundness(List<PlannedStep> steps) {
    if (steps.isEmpty() || steps.size() > STEPS_MAX) {
      return Optional.of("a plan has 1 to %d steps, got %d".formatted(STEPS_MAX, steps.size()));
    }
    var ids = new HashSet<StepId>();
    for (int i = 0; i < steps.size(); i++) {
      PlannedStep step = steps.get(i);
      if (!ids.add(step.id())) {
        return Optional.of("step id %s is used twice".formatted(step.id()));
      }
      if (isAboutAction(step.type()) && nextAct(steps, i).isEmpty()) {
        return Optional.of(
            "step %s is a %s step and needs an ACT step after it"
                .formatted(step.id(), step.type()));
      }
    }
    return Optional.empty();
  }

  /// Where the action stands that the step at `index` is about: the step itself, or for DECIDE and
  /// GATE the next ACT step.
  public int actionIndex(int index) {
    return isAboutAction(steps.get(index).type()) ? nextAct(steps, index).orElseThrow() : index;
  }

  /// Where the step stands in the plan, from 0.
  public Optional<Integer> indexOf(StepId id) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).id().equals(id)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static boolean isAboutAction(StepType type) {
    return type == StepType.DECIDE || type == StepType.GATE;
  }

  private static Optional<Integer> nextAct(List<PlannedStep> steps, int from) {
    for (int i = from + 1; i < steps.size(); i++) {
      if (steps.get(i).type() == StepType.ACT) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
