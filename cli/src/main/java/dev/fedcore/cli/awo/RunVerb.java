package dev.fedcore.cli.awo;

import dev.fedcore.cli.proof.Git;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.cri.CriRun;
import dev.fedcore.evidence.awo.cri.CriRunner;
import dev.fedcore.evidence.awo.cri.CriSettings;
import dev.fedcore.evidence.awo.cri.CriWorkflow;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Sealing;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fedcore awo run`: executes a workflow file into a sealed run.
@Command(
    name = "run",
    description = {
      "Execute a workflow file and seal what it makes into runs/.",
      "Exit code 78: the run waits for people, as its workflow asks."
    })
final class RunVerb implements Callable<Integer> {

  /// AWO's exit code of a run that waits for people.
  static final int PENDING_REVIEW = 78;

  /// The version of what runs are made by; it is in their bytes.
  private static final String VERSION = "0.1.0";

  private static final String LAST_RUN = "LAST_RUN";

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  @Option(
      names = "--workflow-file",
      required = true,
      paramLabel = "FILE",
      description = "The workflow, in JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder that holds runs and governance; else the current one.")
  private Path root = Path.of(".");

  @Option(names = "--run-id", paramLabel = "ID", description = "Else made of the time.")
  private Optional<String> runId = Optional.empty();

  @Option(
      names = "--orchestrator",
      paramLabel = "NAME",
      description = "Who makes the run; else $GITHUB_ACTOR, $FEDCORE_ACTOR, your user name.")
  private Optional<String> orchestrator = Optional.empty();

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "The commit of the workflow file; else $GITHUB_SHA, else git's.")
  private Optional<String> commit = Optional.empty();

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "The branch of that commit; else $GITHUB_REF_NAME, else git's.")
  private Optional<String> branch = Optional.empty();

  RunVerb(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Override
  public Integer call() {
    Workspace workspace = Places.workspace(surroundings, root);
    CriSettings settings = settings();
    byte[] bytes = Inputs.file(surroundings.resolve(file));
    CriWorkflow workflow;
    try {
      workflow = CriWorkflow.parse(bytes);
    } catch (MalformedInput e) {
      var malformed = new Finding(AwoCode.GOV_002, file.toString(), String.valueOf(e.getMessage()));
      return show(settings, "no workflow file", List.of(malformed), CriRun.Status.ERROR);
    }
    CriRun run = CriRunner.run(workflow, settings, surroundings.clock());
    var findings =
        new ArrayList<>(Sealing.put(workspace, settings.run(), Sealing.seal(run.files())));
    if (findings.isEmpty()) {
      byte[] last = settings.run().value().getBytes(StandardCharsets.US_ASCII);
      Workspace.write(workspace.root().resolve(Workspace.RUNS).resolve(LAST_RUN), last);
    }
    run.error().ifPresent(error -> findings.add(new Finding(AwoCode.GOV_002, "", error)));
    return show(settings, settings.run() + " " + run.status().word(), findings, run.status());
  }

  private CriSettings settings() {
    var git = new Git(surroundings.directory());
    RunName run =
        runId.map(Places::run).orElseGet(() -> RunName.at(surroundings.clock().instant()));
    return new CriSettings(
        run,
        orchestrator
            .or(() -> surroundings.variable("GITHUB_ACTOR"))
            .or(() -> surroundings.variable("FEDCORE_ACTOR"))
            .orElse(surroundings.userName()),
        commit
            .or(() -> surroundings.variable("GITHUB_SHA"))
            .or(git::head)
            .orElseThrow(() -> new Failure(ExitCode.USAGE, "no commit is known; give --commit")),
        branch
            .or(() -> surroundings.variable("GITHUB_REF_NAME"))
            .or(git::branch)
            .orElse("detached"),
        VERSION);
  }

  private int show(
      CriSettings settings, String summary, List<Finding> findings, CriRun.Status status) {
    var facts =
        JsonObject.builder()
            .put("run_id", settings.run().value())
            .put("orchestrator", settings.orchestrator())
            .put("status", status.word());
    new FindingScreen(surroundings.terminal(), json.getAsBoolean()).show(facts, summary, findings);
    if (!findings.isEmpty()) {
      return ExitCode.FAILED.number();
    }
    return switch (status) {
      case SUCCEEDED -> ExitCode.OK.number();
      case PENDING_REVIEW -> PENDING_REVIEW;
      case ERROR -> ExitCode.FAILED.number();
    };
  }
}
