package dev.fedcore.engine.live;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.run.Facts;
import dev.fedcore.kernel.run.Outcome;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand;
import dev.fedcore.kernel.run.RunDecider;
import dev.fedcore.kernel.run.RunEvent;
import dev.fedcore.kernel.run.RunState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One thread's turn at a run, under its lock: commands are decided and recorded one after the
/// other, and everything recorded is then appended at once.
public final class Turn {

  private final LiveRun run;
  private final Recorder recorder;
  private final InstantSource clock;
  private final Ids ids;

  public Turn(LiveRun run, InstantSource clock, Ids ids) {
    this.run = run;
    this.recorder = new Recorder(run);
    this.clock = clock;
    this.ids = ids;
  }

  /// Decides `command` and records what happens; says why not if it is refused.
  public Optional<Refusal> ask(RunCommand command) {
    var facts = new Facts(clock.instant().truncatedTo(ChronoUnit.MICROS), ids.gate());
    return switch (RunDecider.decide(run.state(), command, facts)) {
      case Outcome.Refused(Refusal refusal) -> Optional.of(refusal);
      case Outcome.Accepted(var events) -> {
        for (RunEvent event : events) {
          recorder.record(event);
        }
        yield Optional.empty();
      }
    };
  }

  /// The output that the next command, which says that a step is done, is about.
  ///
  /// @throws MalformedInput if the run would be too large with it
  public void produced(Payloads.Body body) {
    if (run.weight() + body.weight() > Payloads.RUN_WEIGHT_MAX) {
      throw new MalformedInput(
          "/output",
          "does not fit: the input and all outputs of a run weigh at most 16 MiB; hand over less");
    }
    recorder.produced(body);
  }

  public LiveRun run() {
    return run;
  }

  public RunState state() {
    return run.state();
  }

  public Recorder recorder() {
    return recorder;
  }

  /// Whether anything has happened in this turn.
  public boolean hasHappened() {
    return !recorder.entries().isEmpty();
  }
}
