package dev.fedcore.kernel.run;

import java.util.Set;

/// Where a run stands. Each state holds only what is true in it.
public sealed interface RunState {

  /// No event yet.
  record New() implements RunState {}

  /// Created, waiting for its start.
  record Pending(Course course) implements RunState {}

  /// The current step is at work, or is the next to be decided.
  record Running(Course course) implements RunState {}

  /// Nothing new starts. An action that was at work when the pause came may still report.
  ///
  /// @param causes why; the run goes on when none is left
  record Paused(Course course, Set<PauseCause> causes) implements RunState {
    public Paused {
      causes = Set.copyOf(causes);
    }
  }

  /// Cancelled while an action was at work: nothing follows, but its answer is still recorded.
  record Cancelling(Course course) implements RunState {}

  /// Over. Only the retry of a failed step leads out of it; a step left in doubt can be settled.
  ///
  /// @param outcome COMPLETED, FAILED or CANCELLED
  record Ended(Course course, RunStatus outcome) implements RunState {}

  /// Why a run is paused.
  enum PauseCause {
    OPERATOR,
    GATE,
    IN_DOUBT
  }

  /// The state in the words of the API.
  ///
  /// @throws IllegalStateException for a run without events, which nobody can see
  static RunStatus status(RunState state) {
    return switch (state) {
      case New _ -> throw new IllegalStateException("a run without events has no status");
      case Pending _ -> RunStatus.PENDING;
      case Running _ -> RunStatus.RUNNING;
      case Paused _ -> RunStatus.PAUSED;
      case Cancelling _ -> RunStatus.CANCELLED;
      case Ended ended -> ended.outcome();
    };
  }

  /// How far the run has come.
  ///
  /// @throws IllegalStateException for a run without events
  static Course course(RunState state) {
    return switch (state) {
      case New _ -> throw new IllegalStateException("a run without events has no course");
      case Pending pending -> pending.course();
      case Running running -> running.course();
      case Paused paused -> paused.course();
      case Cancelling cancelling -> cancelling.course();
      case Ended ended -> ended.course();
    };
  }
}
