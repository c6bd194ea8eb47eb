package dev.fedcore.kernel.run;

import dev.fedcore.kernel.run.RunState.Ended;
import dev.fedcore.kernel.run.RunState.PauseCause;
import dev.fedcore.kernel.run.RunState.Paused;
import java.util.ArrayList;
import java.util.List;

/// What may be asked of a run in the states where that depends on more than the state.
final class Allowed {

  private Allowed() {}

  static List<String> whenRunning(Course course) {
    var allowed = new ArrayList<>(List.of("PauseRun", "CancelRun"));
    if (course.plan().execution().isManaged()) {
      return allowed;
    }
    if (course.isAtWork()) {
      allowed.add("FinishStep");
    } else if (!course.isThrough()) {
      allowed.addAll(List.of("BeginStep", "SkipStep"));
    }
    allowed.add("RequestGate");
    if (!course.isAtWork()) {
      allowed.add("CompleteRun");
    }
    allowed.add("FailRun");
    return allowed;
  }

  static List<String> whenEnded(Ended ended) {
    if (StepRules.isInDoubt(ended)) {
      return List.of("SettleStep");
    }
    return StepRules.isRetryable(ended) ? List.of("RetryStep") : List.of();
  }

  static List<String> whenPaused(Paused paused) {
    boolean isExternal = !paused.course().plan().execution().isManaged();
    boolean isGated = paused.causes().contains(PauseCause.GATE);
    var allowed = new ArrayList<String>();
    allowed.add(paused.causes().contains(PauseCause.OPERATOR) ? "ResumeRun" : "PauseRun");
    allowed.add("CancelRun");
    if (isExternal && paused.course().isAtWork() && !isGated) {
      allowed.add("FinishStep");
    }
    if (paused.causes().contains(PauseCause.IN_DOUBT)) {
      allowed.add("SettleStep");
    }
    if (isGated) {
      allowed.add("CastVote");
    }
    if (isExternal) {
      allowed.add("FailRun");
    }
    return allowed;
  }
}
