package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.pipeline.Sealing;
import dev.fedcore.evidence.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fedcore awo seal`: gives a run from elsewhere its final form.
@Command(
    name = "seal",
    description = "Make a run's documents canonical, set clock times apart, and list its hashes.")
final class SealVerb implements Callable<Integer> {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  @Mixin private final RootOptions options = new RootOptions();

  SealVerb(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Override
  public Integer call() {
    List<Finding> findings =
        Sealing.seal(Places.workspace(surroundings, options), Places.run(options.runId()));
    var facts = JsonObject.builder().put("run_id", options.runId());
    new FindingScreen(surroundings.terminal(), json.getAsBoolean())
        .show(facts, findings.isEmpty() ? "sealed" : "not sealed", findings);
    return (findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
