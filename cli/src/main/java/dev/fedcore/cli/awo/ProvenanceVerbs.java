package dev.fedcore.cli.awo;

import dev.fedcore.cli.bundle.BundleCheck;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.pipeline.Indexing;
import dev.fedcore.evidence.awo.pipeline.KeyedAttestor;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore awo provenance …`: the index of published runs.
@Command(name = "provenance", description = "The index of published runs.")
final class ProvenanceVerbs {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  ProvenanceVerbs(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Command(
      name = "update-index",
      description = "Put a run into the index that is approved and attested, and is missing there.")
  int updateIndex(
      @Mixin RootOptions options,
      @Option(
              names = "--trust",
              required = true,
              paramLabel = "FILE",
              description = "The trust file that names whom to believe.")
          Path trust) {
    var auditor =
        KeyedAttestor.auditor(BundleCheck.trust(surroundings.resolve(trust)), surroundings.clock());
    var indexing = new Indexing(Places.workspace(surroundings, options), auditor);
    List<Finding> findings = indexing.update(Places.run(options.runId()));
    new FindingScreen(surroundings.terminal(), json.getAsBoolean())
        .show(
            JsonObject.builder().put("run_id", options.runId()),
            findings.isEmpty() ? "indexed" : "not indexed",
            findings);
    return (findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
