package dev.fedcore.kernel.run;

import static dev.fedcore.kernel.run.Example.ACT;
import static dev.fedcore.kernel.run.Example.ANN;
import static dev.fedcore.kernel.run.Example.BEN;
import static dev.fedcore.kernel.run.Example.ONE_ACT;
import static dev.fedcore.kernel.run.Example.REPORTED;
import static dev.fedcore.kernel.run.Example.SUM;
import static dev.fedcore.kernel.run.Example.SYSTEM;
import static dev.fedcore.kernel.run.Example.WORKER;
import static dev.fedcore.kernel.run.Example.after;
import static dev.fedcore.kernel.run.Example.allow;
import static dev.fedcore.kernel.run.Example.approve;
import static dev.fedcore.kernel.run.Example.begin;
import static dev.fedcore.kernel.run.Example.creation;
import static dev.fedcore.kernel.run.Example.deny;
import static dev.fedcore.kernel.run.Example.done;
import static dev.fedcore.kernel.run.Example.failed;
import static dev.fedcore.kernel.run.Example.finish;
import static dev.fedcore.kernel.run.Example.flag;
import static dev.fedcore.kernel.run.Example.lost;
import static dev.fedcore.kernel.run.Example.requestGate;
import static dev.fedcore.kernel.run.Example.start;
import static dev.fedcore.kernel.run.Example.succeeded;

import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunCommand.CancelRun;
import dev.fedcore.kernel.run.RunCommand.CompleteRun;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import dev.fedcore.kernel.run.RunCommand.FailRun;
import dev.fedcore.kernel.run.RunCommand.PauseRun;
import dev.fedcore.kernel.run.RunCommand.ResumeRun;
import dev.fedcore.kernel.run.RunCommand.RetryStep;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunCommand.SkipStep;
import dev.fedcore.kernel.run.RunCommand.StartRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every state that a reader can tell from another, each reached by commands, and for each state
/// the most fitting command of every kind.
final class Samples {

  private static final PauseRun PAUSE = new PauseRun(ANN, "lunch");
  private static final CancelRun CANCEL = new CancelRun(ANN, "stop");

  private Samples() {}

  /// States by the names that the documentation gives them, in its order.
  static Map<String, RunState> states() {
    var states = new LinkedHashMap<String, RunState>();
    states.put("New", RunDecider.initial());
    states.put("Pending", reached(creation(ONE_ACT)));
    states.put("Running, managed, idle", reached(creation(ONE_ACT), start()));
    states.put(
        "Running, managed, step at work", reached(creation(ONE_ACT), start(), begin(ACT, allow())));
    states.put("Running, external, idle", reached(creation(REPORTED), start()));
    states.put(
        "Running, external, step at work",
        reached(creation(REPORTED), start(), begin(ACT, allow())));
    states.put(
        "Running, external, steps over",
        reached(
            creation(REPORTED),
            start(),
            begin(ACT, allow()),
            done(ACT),
            begin(SUM, allow()),
            done(SUM)));
    addPaused(states);
    states.put("Cancelling", reached(creation(ONE_ACT), start(), begin(ACT, allow()), CANCEL));
    addEnded(states);
    return states;
  }

  private static void addPaused(Map<String, RunState> states) {
    states.put("Paused by OPERATOR, managed", reached(creation(ONE_ACT), start(), PAUSE));
    states.put(
        "Paused by OPERATOR, managed, step at work",
        reached(creation(ONE_ACT), start(), begin(ACT, allow()), PAUSE));
    states.put(
        "Paused by OPERATOR, external, step at work",
        reached(creation(REPORTED), start(), begin(ACT, allow()), PAUSE));
    states.put("Paused by GATE, managed", reached(creation(ONE_ACT), start(), begin(ACT, flag(2))));
    states.put(
        "Paused by GATE, external", reached(creation(REPORTED), start(), begin(ACT, flag(2))));
    states.put(
        "Paused by GATE, external, step at work",
        reached(creation(REPORTED), start(), begin(ACT, allow()), requestGate(ACT)));
    states.put(
        "Paused by IN_DOUBT, managed",
        reached(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, lost())));
    states.put(
        "Paused by OPERATOR and GATE, managed",
        reached(creation(ONE_ACT), start(), begin(ACT, flag(2)), PAUSE));
    states.put(
        "Paused by OPERATOR and IN_DOUBT, managed",
        reached(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, lost()), PAUSE));
  }

  private static void addEnded(Map<String, RunState> states) {
    states.put(
        "Ended COMPLETED", reached(creation(ONE_ACT), start(), begin(ACT, allow()), done(ACT)));
    states.put("Ended CANCELLED", reached(creation(ONE_ACT), start(), CANCEL));
    states.put(
        "Ended CANCELLED, step in doubt",
        reached(creation(ONE_ACT), start(), begin(ACT, allow()), CANCEL, finish(ACT, 1, lost())));
    states.put(
        "Ended FAILED, step failed",
        reached(creation(ONE_ACT), start(), begin(ACT, allow()), finish(ACT, 1, failed())));
    states.put(
        "Ended FAILED, step denied", reached(creation(ONE_ACT), start(), begin(ACT, deny())));
    states.put(
        "Ended FAILED, given up",
        reached(creation(REPORTED), start(), new FailRun(WORKER, "no network")));
  }

  /// One command of each kind, about the step and the gate that the state is at.
  static List<RunCommand> commandsFor(RunState state) {
    StepId step = currentStep(state);
    return List.of(
        creation(ONE_ACT),
        new StartRun(ANN),
        PAUSE,
        new ResumeRun(ANN),
        CANCEL,
        new RetryStep(ANN, step),
        begin(step, allow()),
        done(step),
        new SkipStep(WORKER, step, "nothing to do"),
        new SettleStep(ANN, step, succeeded(), "seen"),
        requestGate(step),
        approve(BEN),
        new ExpireGate(SYSTEM, Example.GATE),
        new CompleteRun(WORKER),
        new FailRun(WORKER, "no network"));
  }

  private static StepId currentStep(RunState state) {
    return switch (state) {
      case RunState.New _ -> ACT;
      case RunState.Pending _,
          RunState.Running _,
          RunState.Paused _,
          RunState.Cancelling _,
          RunState.Ended _ ->
          RunState.course(state).current().map(s -> s.step().id()).orElse(ACT);
    };
  }

  private static RunState reached(RunCommand... commands) {
    return Evolution.replay(after(commands));
  }
}
