package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.invariants.Invariants;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fedcore awo summary`: a run for people, in Markdown.
@Command(name = "summary", description = "Show a run's report, its root and its invariants.")
final class SummaryVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final RootOptions options = new RootOptions();

  SummaryVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    RunName run = Places.run(options.runId());
    Snapshot files = Places.workspace(surroundings, options).snapshot(run);
    byte[] report =
        files
            .file("report.md")
            .orElseThrow(
                () -> new Failure(ExitCode.FAILED, "STR-001 run " + run + " has no report"));
    Terminal terminal = surroundings.terminal();
    new String(report, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> terminal.line(Terminal.printable(line)));
    Integrity integrity = Integrity.verify(files);
    List<String> reasons = Invariants.check(run, RunFiles.of(files.files()));
    terminal.line("");
    terminal.line("SHA256 root: `" + integrity.root() + "`");
    terminal.line("Integrity: " + (integrity.verified() ? "verified" : "FAILED"));
    terminal.line("Invariants: " + (reasons.isEmpty() ? "all hold" : String.join(", ", reasons)));
    return ExitCode.OK.number();
  }
}
