package dev.fedcore.cli.awo;

import dev.fedcore.cli.bundle.BundleCheck;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.invariants.Invariants;
import dev.fedcore.evidence.awo.pipeline.Chain;
import dev.fedcore.evidence.awo.pipeline.ChainReport;
import dev.fedcore.evidence.awo.pipeline.Gate2;
import dev.fedcore.evidence.awo.pipeline.Gate2Verdict;
import dev.fedcore.evidence.awo.pipeline.Gate3;
import dev.fedcore.evidence.awo.pipeline.KeyedAttestor;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore awo validate …`: the gates, and the chain at the end.
@Command(name = "validate", description = "Judge a run: its invariants, its gates, its chain.")
final class ValidateVerbs {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  ValidateVerbs(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Command(description = "Check what must hold of every run; kept in audit/invariants.json.")
  int invariants(@Mixin RootOptions options) {
    RunName run = Places.run(options.runId());
    Workspace workspace = Places.workspace(surroundings, options);
    Snapshot files = workspace.snapshot(run);
    List<String> reasons = Invariants.check(run, RunFiles.of(files.files()));
    String now = ClockTimes.text(surroundings.clock().instant());
    JsonObject result = Invariants.document(run, reasons, now);
    if (!files.files().isEmpty() && files.file(HashedRegion.APPROVAL).isEmpty()) {
      Workspace.write(workspace.run(run).resolve(Invariants.FILE), result.canonicalBytes());
    }
    List<Finding> findings =
        Stream.concat(
                files.findings().stream(),
                reasons.stream().map(reason -> new Finding(AwoCode.GOV_002, "", reason)))
            .toList();
    return show(run, "invariants", findings);
  }

  @Command(
      name = "gate2",
      description = "Judge run, maker and reviewer; kept in governance/logs whatever it says.")
  int gate2(
      @Mixin RootOptions options,
      @Option(
              names = "--orchestrator",
              required = true,
              paramLabel = "NAME",
              description = "Who made the run.")
          String orchestrator,
      @Option(
              names = "--reviewer",
              required = true,
              paramLabel = "NAME",
              description = "Who reviews it.")
          String reviewer,
      @Option(
              names = "--allow-self-approval",
              paramLabel = "0|1",
              defaultValue = "0",
              description = "1: one person may be both, and it is written down.")
          String override) {
    RunName run = Places.run(options.runId());
    if (!override.equals("0") && !override.equals("1")) {
      throw new Failure(ExitCode.USAGE, "--allow-self-approval is 0 or 1");
    }
    var request = new Gate2.Request(run, orchestrator, reviewer, override.equals("1"));
    Gate2Verdict verdict =
        new Gate2(Places.workspace(surroundings, options))
            .pass(request, surroundings.clock().instant());
    return show(run, verdict.status().name(), verdict.findings());
  }

  @Command(name = "gate3", description = "Whether the one who approves is whom gate 2 judged.")
  int gate3(
      @Mixin RootOptions options,
      @Option(
              names = "--approver",
              required = true,
              paramLabel = "NAME",
              description = "Who approves.")
          String approver) {
    RunName run = Places.run(options.runId());
    var gate = new Gate3(Places.workspace(surroundings, options));
    return show(run, "gate 3", gate.check(run, approver));
  }

  @Command(description = "Look at every link from integrity to the index, afresh.")
  int chain(
      @Mixin RootOptions options,
      @Option(
              names = "--trust",
              required = true,
              paramLabel = "FILE",
              description = "The trust file that names whom to believe.")
          Path trust) {
    RunName run = Places.run(options.runId());
    var auditor =
        KeyedAttestor.auditor(BundleCheck.trust(surroundings.resolve(trust)), surroundings.clock());
    ChainReport report = new Chain(Places.workspace(surroundings, options), auditor).validate(run);
    List<JsonValue> links =
        report.links().stream()
            .<JsonValue>map(link ->
                JsonObject.builder().put("link", link.name()).put("holds", link.holds()).build())
            .toList();
    var facts =
        JsonObject.builder()
            .put("run_id", run.value())
            .put("sha256_root", report.sha256Root())
            .put("links", new JsonArray(links));
    if (!json.getAsBoolean()) {
      report
          .links()
          .forEach(link ->
              surroundings.terminal().line((link.holds() ? "ok      " : "broken  ") + link.name()));
    }
    return show(facts, "chain of " + run, report.findings());
  }

  private int show(RunName run, String summary, List<Finding> findings) {
    return show(JsonObject.builder().put("run_id", run.value()), summary, findings);
  }

  private int show(JsonObject.Builder facts, String summary, List<Finding> findings) {
    new FindingScreen(surroundings.terminal(), json.getAsBoolean()).show(facts, summary, findings);
    return (findings.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
