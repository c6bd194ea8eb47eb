package dev.fedcore.kernel.run;

import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunEvent.GateResolved;
import dev.fedcore.kernel.run.RunEvent.RunEnded;
import dev.fedcore.kernel.run.RunEvent.StatusChanged;
import dev.fedcore.kernel.run.RunEvent.StepDenied;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The events one command is about to cause, with the state they lead to so far. Lives for one call
/// of [RunDecider#decide] and is seen by one thread.
final class Trail {

  private final List<RunEvent> events = new ArrayList<>();
  private final String by;
  private final Instant now;
  private RunState state;

  Trail(RunState state, String by, Instant now) {
    this.state = state;
    this.by = by;
    this.now = now;
  }

  Trail add(RunEvent event) {
    events.add(event);
    state = Evolution.evolve(state, event);
    return this;
  }

  Trail change(RunStatus to, StatusCause cause, String reason) {
    return add(new StatusChanged(now, by, RunState.status(state), to, cause, reason));
  }

  /// Ends the run: open gates are cancelled, the status changes, and the ending is recorded unless
  /// an action is still at work whose answer must come first.
  Trail end(RunStatus outcome, StatusCause cause, String reason) {
    cancelGates(reason);
    change(outcome, cause, reason);
    return state instanceof RunState.Cancelling ? this : close(outcome, reason);
  }

  Trail close(RunStatus outcome, String reason) {
    return add(new RunEnded(now, by, outcome, reason));
  }

  /// Completes a managed run whose steps are all over.
  Trail completeIfThrough() {
    return state instanceof RunState.Running running
            && running.course().isThrough()
            && running.course().plan().execution().isManaged()
        ? end(RunStatus.COMPLETED, StatusCause.ALL_STEPS_OVER, "")
        : this;
  }

  boolean isAtWork() {
    return RunState.course(state).isAtWork();
  }

  /// The step gets its last word, unless it is over or has not been reached.
  Trail deny(StepId step, String reason) {
    return RunState.course(state)
        .current()
        .filter(s -> s.step().id().equals(step))
        .map(s -> add(new StepDenied(now, by, step, s.attempt(), reason)))
        .orElse(this);
  }

  /// Pauses a run whose effect nobody can vouch for. A run that is paused already gets one cause
  /// more.
  Trail doubt(String cause) {
    return state instanceof RunState.Paused
        ? this
        : change(RunStatus.PAUSED, StatusCause.STEP_IN_DOUBT, cause);
  }

  Outcome accepted() {
    return new Outcome.Accepted(events);
  }

  private void cancelGates(String reason) {
    for (var gate : RunState.course(state).openGates()) {
      add(
          new GateResolved(
              now,
              by,
              gate.request().id(),
              GateStatus.CANCELLED,
              Optional.empty(),
              reason.isEmpty() ? Optional.empty() : Optional.of(reason)));
    }
  }
}
