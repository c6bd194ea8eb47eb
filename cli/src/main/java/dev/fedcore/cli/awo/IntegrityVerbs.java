package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.sums.Integrity;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fedcore awo integrity …`.
@Command(name = "integrity", description = "Whether a run's files are those that were listed.")
final class IntegrityVerbs {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  IntegrityVerbs(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Command(description = "Compare a run's folder with its SHA256SUMS.txt: first the set of files.")
  int verify(@Mixin RootOptions options) {
    var integrity =
        Integrity.verify(options.root(surroundings).resolve("runs").resolve(options.runId()));
    var screen = new FindingScreen(surroundings.terminal(), json.getAsBoolean());
    var facts =
        JsonObject.builder()
            .put("run_id", options.runId())
            .put("sha256_root", integrity.root())
            .put("files", integrity.files());
    screen.show(
        facts,
        "%d files, root %s".formatted(integrity.files(), integrity.root()),
        integrity.findings());
    return (integrity.verified() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
