package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.Surroundings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which run of which root a verb is about.
final class RootOptions {

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder that holds runs and governance; else the current one.")
  private Path root = Path.of(".");

  @Option(names = "--run-id", paramLabel = "ID", required = true, description = "The run.")
  private String runId = "";

  Path root(Surroundings surroundings) {
    return surroundings.resolve(root).normalize();
  }

  String runId() {
    return runId;
  }
}
