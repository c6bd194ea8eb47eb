package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Table;
import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import dev.fedcore.evidence.awo.provenance.RunDiscovery;
import dev.fedcore.evidence.awo.provenance.RunDiscovery.FoundRun;
import dev.fedcore.evidence.awo.provenance.RunDiscovery.Standing;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fedcore awo runs`: every run of a workspace, and how it stands.
@Command(
    name = "runs",
    description = "List the runs of a workspace; says 1 if one of them is an orphan (STR-001).")
final class RunsVerb implements Callable<Integer> {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder that holds runs and governance; else the current one.")
  private Path root = Path.of(".");

  @Option(
      names = "--standing",
      paramLabel = "WORD",
      description = "Only those that stand so: ${COMPLETION-CANDIDATES}.")
  private Optional<Standing> standing = Optional.empty();

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      description = "Only those that this person approved.")
  private Optional<String> approvedBy = Optional.empty();

  @Option(names = "--of-commit", paramLabel = "SHA", description = "Only those of this commit.")
  private Optional<String> commit = Optional.empty();

  RunsVerb(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Override
  public Integer call() {
    Workspace workspace = Places.workspace(surroundings, root);
    List<FoundRun> all;
    try {
      all = RunDiscovery.all(workspace.root());
    } catch (MalformedInput e) {
      surroundings
          .terminal()
          .complain(
              new Finding(AwoCode.STR_001, Workspace.INDEX, String.valueOf(e.getMessage()))
                  .toString());
      return ExitCode.FAILED.number();
    }
    List<FoundRun> runs = all.stream().filter(this::isWanted).toList();
    if (json.getAsBoolean()) {
      List<JsonValue> items = runs.stream().<JsonValue>map(RunsVerb::json).toList();
      surroundings.terminal().json(JsonObject.builder().put("runs", new JsonArray(items)).build());
    } else {
      var table = new Table("RUN", "STANDING", "APPROVED BY", "COMMIT");
      runs.forEach(run ->
          table.row(
              run.runId(),
              run.standing().name(),
              of(run, ProvenanceEntry::approvedBy),
              of(run, ProvenanceEntry::commit)));
      table.print(surroundings.terminal());
    }
    List<FoundRun> orphans = all.stream().filter(run -> run.standing() == Standing.ORPHAN).toList();
    orphans.forEach(run ->
        surroundings
            .terminal()
            .complain(AwoCode.STR_001 + " runs/" + run.runId() + ": it is an orphan"));
    return (orphans.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private boolean isWanted(FoundRun run) {
    return standing.map(word -> word == run.standing()).orElse(true)
        && approvedBy.map(name -> name.equals(of(run, ProvenanceEntry::approvedBy))).orElse(true)
        && commit.map(sha -> sha.equals(of(run, ProvenanceEntry::commit))).orElse(true);
  }

  private static JsonObject json(FoundRun run) {
    return JsonObject.builder()
        .put("run_id", run.runId())
        .put("standing", run.standing().name())
        .put("entry", run.entry().map(ProvenanceEntry::json).orElse(JsonObject.EMPTY))
        .build();
  }

  private static String of(
      FoundRun run, java.util.function.Function<ProvenanceEntry, String> member) {
    return run.entry().map(member).orElse("");
  }
}
