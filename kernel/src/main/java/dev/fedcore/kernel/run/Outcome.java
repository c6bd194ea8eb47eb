package dev.fedcore.kernel.run;

import java.util.List;

/// What became of a command.
public sealed interface Outcome {

  /// The command took effect.
  ///
  /// @param events what happened, in order; at least one
  record Accepted(List<RunEvent> events) implements Outcome {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Refused(Refusal refusal) implements Outcome {}

  static Outcome accepted(RunEvent... events) {
    return new Accepted(List.of(events));
  }

  static Outcome refused(Refusal refusal) {
    return new Refused(refusal);
  }
}
