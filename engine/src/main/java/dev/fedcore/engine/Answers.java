package dev.fedcore.engine;

import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.live.Driver.Dispatch;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand.FinishStep;
import dev.fedcore.kernel.run.StepResult;
import java.util.Optional;

/// Turns what an adapter says into the command that records it.
final class Answers {

  private Answers() {}

  static Optional<Refusal> record(Turn turn, Dispatch dispatch, AdapterOutcome outcome) {
    StepResult result =
        switch (outcome) {
          case AdapterOutcome.Done done -> {
            Payloads.Body output = Payloads.of(done.output());
            turn.produced(output);
            yield new StepResult.Succeeded(output.hash(), Optional.of(done.effect()));
          }
          case AdapterOutcome.Rejected rejected ->
              new StepResult.Failed(rejected.code(), rejected.message());
          case AdapterOutcome.NotNow notNow ->
              new StepResult.Failed(notNow.code(), notNow.message());
          case AdapterOutcome.InDoubt doubt -> new StepResult.Unknown(doubt.cause());
        };
    Principal by = Principal.system(turn.run().header().tenant());
    return turn.ask(new FinishStep(by, dispatch.step(), dispatch.attempt(), result));
  }
}
