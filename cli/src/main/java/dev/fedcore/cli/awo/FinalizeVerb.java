package dev.fedcore.cli.awo;

import dev.fedcore.cli.proof.Git;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Finalised;
import dev.fedcore.evidence.awo.pipeline.Finalizer;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore awo finalize`: publishes a run, or leaves a reason why not.
@Command(
    name = "finalize",
    description = "Approve, attest, index and publish a run; or leave a reason and nothing else.")
final class FinalizeVerb implements Callable<Integer> {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  @Mixin private final RootOptions options = new RootOptions();
  @Mixin private final AttestorOptions keys = new AttestorOptions();

  @Option(
      names = "--approver",
      required = true,
      paramLabel = "NAME",
      description = "Who approves: the reviewer whom gate 2 judged.")
  private String approver = "";

  @Option(
      names = "--workflow-run-url",
      paramLabel = "URL",
      description = "Where the pipeline runs; else made of GitHub's variables, else nothing.")
  private Optional<String> url = Optional.empty();

  @Option(names = "--commit", description = "Commit what was published, and nothing else.")
  private boolean commit;

  FinalizeVerb(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Override
  public Integer call() {
    Workspace workspace = Places.workspace(surroundings, options);
    RunName run = Places.run(options.runId());
    var request = new Finalizer.Request(run, approver, url.or(this::github).orElse(""));
    Finalised ended =
        new Finalizer(workspace, keys.attestor(surroundings))
            .finalizeRun(request, surroundings.clock().instant());
    var screen = new FindingScreen(surroundings.terminal(), json.getAsBoolean());
    var facts = JsonObject.builder().put("run_id", run.value());
    return switch (ended) {
      case Finalised.Published published -> {
        if (commit) {
          new Git(workspace.root()).commit(published(workspace, run), "awo: publish run " + run);
        }
        facts.put("sha256_root", published.entry().sha256Root());
        facts.put("approved_by", published.entry().approvedBy());
        facts.put("attestation_path", published.entry().attestationPath());
        screen.show(facts, "published " + run, List.of());
        yield ExitCode.OK.number();
      }
      case Finalised.Refused refused -> {
        facts.put("stage", refused.stage().name());
        screen.show(facts, "not published, at " + refused.stage(), refused.findings());
        yield ExitCode.FAILED.number();
      }
    };
  }

  /// Everything that belongs to a published run.
  private static List<Path> published(Workspace workspace, RunName run) {
    return Stream.of(
            workspace.run(run),
            workspace.attestations(run),
            workspace.logs(),
            workspace.index(),
            workspace.root().resolve("governance/log"))
        .filter(Files::exists)
        .toList();
  }

  private Optional<String> github() {
    return surroundings
        .variable("GITHUB_RUN_ID")
        .map(id ->
            "%s/%s/actions/runs/%s"
                .formatted(
                    surroundings.variable("GITHUB_SERVER_URL").orElse("https://github.com"),
                    surroundings.variable("GITHUB_REPOSITORY").orElse(""),
                    id));
  }
}
