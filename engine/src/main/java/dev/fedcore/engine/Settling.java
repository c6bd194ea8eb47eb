package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandService.Again;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Payloads;
import dev.fedcore.engine.live.RunHeader;
import dev.fedcore.engine.live.Turn;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.ActionBinding;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunCommand.SettleStep;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.run.StepResult;
import dev.fedcore.kernel.run.StepStatus;
import java.util.Optional;

/// Asks an adapter what became of an action in doubt, and settles the step if it can tell. Nothing
/// is sent again; what is not known stays in doubt for a person.
final class Settling {

  /// The code of a step whose effect is known not to have happened.
  private static final String ABSENT = "effect_absent";

  private final Catalog catalog;
  private final Again again;

  Settling(Catalog catalog, Again again) {
    this.catalog = catalog;
    this.again = again;
  }

  CommandResult settle(RunHeader header, StepId step, int attempt) {
    return again.turn(
        header.run(),
        Principal.system(header.tenant()),
        turn -> settle(turn, step, Permit.effectKey(header.run(), step, attempt)));
  }

  private Optional<CommandResult> settle(Turn turn, StepId step, String effectKey) {
    Optional<StepRecord> doubted =
        RunState.course(turn.state()).step(step).filter(s -> s.status() == StepStatus.IN_DOUBT);
    if (doubted.isEmpty()) {
      return Optional.of(new Refused(new Refusal.UnknownStep(step)));
    }
    Optional<Adapter> adapter =
        doubted.flatMap(StepRecord::action).map(ActionBinding::type).flatMap(catalog::adapter);
    Lookup found =
        adapter
            .map(a -> lookedUp(a, effectKey))
            .orElseGet(() -> new Lookup.Unknowable("no adapter carries this action out any more"));
    return switch (found) {
      case Lookup.Found(var effect, var output) -> {
        Payloads.Body body = turn.run().header().payload(output);
        turn.produced(body);
        yield ask(
            turn,
            step,
            new StepResult.Succeeded(body.hash(), Optional.of(effect)),
            "the adapter found the effect");
      }
      case Lookup.Absent _ ->
          ask(
              turn,
              step,
              new StepResult.Failed(ABSENT, "the adapter found that it did not happen"),
              "the adapter found no effect");
      case Lookup.Unknowable _ -> Optional.of(new Refused(new Refusal.SettlementUnknown(step)));
    };
  }

  private static Lookup lookedUp(Adapter adapter, String effectKey) {
    try {
      return adapter.find(effectKey);
    } catch (RuntimeException fault) {
      return new Lookup.Unknowable("the look-up failed: " + fault.getClass().getSimpleName());
    }
  }

  private static Optional<CommandResult> ask(
      Turn turn, StepId step, StepResult result, String reason) {
    Principal by = Principal.system(turn.run().header().tenant());
    return turn.ask(new SettleStep(by, step, result, reason)).map(Refused::new);
  }
}
