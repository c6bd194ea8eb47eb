package dev.fedcore.cli.verb;

import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.proof.RunCapture;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.export.RunExport;
import dev.fedcore.evidence.awo.export.RunExport.Exported;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Sealing;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore awo export`: a run of a server as an AWO run.
@Command(
    name = "export",
    description = "Fetch a run that is over, verify it, and put it into runs/ as an AWO run.")
final class ExportVerb implements Callable<Integer> {

  /// Who made the run, with the salt of the commitment in its hashed files.
  private static final String ORCHESTRATOR = "audit/orchestrator.json";

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(names = "--run-id", required = true, paramLabel = "ID", description = "The run.")
  private String runId = "";

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder that holds runs and governance; else the current one.")
  private Path root = Path.of(".");

  @Option(
      names = "--archive",
      paramLabel = "FILE",
      description = "Write one archive instead, and nothing into the root.")
  private Optional<Path> archive = Optional.empty();

  ExportVerb(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Override
  public Integer call() {
    try (FedcoreClient client = server.connect(surroundings)) {
      var capture = new RunCapture(client, surroundings.clock());
      return switch (RunExport.of(capture.evidence(runId))) {
        case Exported.Refused refused -> show(refused.findings());
        case Exported.Done done -> show(put(done, capture));
      };
    }
  }

  private List<Finding> put(Exported.Done done, RunCapture capture) {
    if (archive.isPresent()) {
      Workspace.write(surroundings.resolve(archive.get()), done.archive());
      return List.of();
    }
    var workspace = new Workspace(surroundings.resolve(root).normalize());
    List<Finding> findings = Sealing.put(workspace, done.run(), done.files());
    if (findings.isEmpty()) {
      capture
          .orchestrator(runId)
          .ifPresent(who ->
              Workspace.write(
                  workspace.run(done.run()).resolve(ORCHESTRATOR), who.canonicalBytes()));
    }
    return findings;
  }

  private int show(List<Finding> findings) {
    Terminal terminal = surroundings.terminal();
    findings.forEach(finding -> terminal.complain(Terminal.printable(finding.toString())));
    if (fedcore.json()) {
      List<JsonValue> items = findings.stream().<JsonValue>map(Finding::json).toList();
      terminal.json(
          JsonObject.builder()
              .put("run_id", runId)
              .put("exported", findings.isEmpty())
              .put("findings", new JsonArray(items))
              .build());
    } else if (findings.isEmpty()) {
      terminal.line("exported " + Terminal.printable(runId));
    }
    return (findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
