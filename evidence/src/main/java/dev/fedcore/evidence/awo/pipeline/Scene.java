package dev.fedcore.evidence.awo.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.cri.CriRunner;
import dev.fedcore.evidence.awo.cri.CriSettings;
import dev.fedcore.evidence.awo.cri.CriWorkflow;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.sums.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where one test of the suite plays: workspaces of its own, and the people in it.
record Scene(Path folder, Attestor attestor, Defences defences) {

  static final Instant NOW = Instant.parse("2026-01-01T09:30:00Z");
  static final RunName RUN = new RunName("run_2026-01-01T09-00-00Z");
  static final String MAKER = "alice";
  static final String REVIEWER = "bob";

  private static final String WORKFLOW =
      """
      {"name": "suite", "steps": [
        {"id": "scope", "op": "scope_validate", "args": {"claim": {"id": "claim-1",
          "statement": "the texts agree", "falsification_tests": [{"must_pass": true}]}}},
        {"id": "ask", "op": "fanout_generate", "models": ["echo", "upper", "reverse"],
          "prompt": "every step is a decision"},
        {"id": "agree", "op": "consensus_vote", "inputs_from": "ask"},
        {"id": "keep", "op": "write_text", "args": {"path": "agreed.txt", "from_step": "agree"}},
        {"id": "review", "op": "audit_gate"}]}
      """;

  /// A run as it is made, before it is sealed.
  RunFiles made(RunName run, Instant at) {
    var settings = new CriSettings(run, MAKER, "c0ffee", "main", "suite");
    return CriRunner.run(CriWorkflow.parse(WORKFLOW.getBytes(UTF_8)), settings, () -> at).files();
  }

  /// A workspace with one sealed run.
  Workspace workspace(String name) {
    var workspace = new Workspace(folder.resolve(name));
    put(workspace, Sealing.seal(made(RUN, NOW), defences));
    return workspace;
  }

  /// A workspace in which that run went all the way.
  Workspace published(String name) {
    Workspace workspace = workspace(name);
    gate2(workspace, REVIEWER, false);
    finalise(workspace, REVIEWER);
    return workspace;
  }

  void put(Workspace workspace, RunFiles run) {
    run.write(workspace.run(RUN));
  }

  Gate2Verdict gate2(Workspace workspace, String reviewer, boolean override) {
    return gate2(workspace, new Gate2.Request(RUN, MAKER, reviewer, override));
  }

  Gate2Verdict gate2(Workspace workspace, Gate2.Request request) {
    return new Gate2(workspace, defences).pass(request, NOW);
  }

  List<Finding> gate3(Workspace workspace, String approver) {
    return new Gate3(workspace, defences).check(RUN, approver);
  }

  Finalised finalise(Workspace workspace, String approver) {
    return finalise(workspace, RUN, approver);
  }

  Finalised finalise(Workspace workspace, RunName run, String approver) {
    return new Finalizer(workspace, attestor, defences)
        .finalizeRun(new Finalizer.Request(run, approver, ""), NOW);
  }

  ChainReport chain(Workspace workspace) {
    return new Chain(workspace, attestor, defences).validate(RUN);
  }

  /// Changes one byte of a file of the run.
  void tamper(Workspace workspace, String path) {
    Path file = workspace.run(RUN).resolve(path);
    byte[] bytes = Workspace.read(file);
    bytes[bytes.length / 2] ^= 1;
    Workspace.write(file, bytes);
  }

  static Optional<String> all(List<Optional<String>> problems) {
    return problems.stream().flatMap(Optional::stream).findFirst();
  }

  static Optional<String> require(boolean holds, String otherwise) {
    return holds ? Optional.empty() : Optional.of(otherwise);
  }

  /// That all of `codes` were found.
  static Optional<String> found(String by, List<Finding> findings, AwoCode... codes) {
    Set<AwoCode> actual = EnumSet.noneOf(AwoCode.class);
    findings.forEach(finding -> actual.add(finding.code()));
    return require(
        actual.containsAll(List.of(codes)),
        "%s found %s and not %s".formatted(by, actual, List.of(codes)));
  }

  static Optional<String> refused(Finalised ended, AwoCode... codes) {
    return switch (ended) {
      case Finalised.Published _ -> Optional.of("the run was published");
      case Finalised.Refused refused -> found("finalize", refused.findings(), codes);
    };
  }

  static Optional<String> published(Finalised ended) {
    return switch (ended) {
      case Finalised.Published _ -> Optional.empty();
      case Finalised.Refused refused ->
          Optional.of(
              "the run was refused at %s: %s".formatted(refused.stage(), refused.findings()));
    };
  }

  /// That nobody vouches for the run, and no index names it.
  static Optional<String> unpublished(Workspace workspace) {
    return require(
        !Files.exists(workspace.attestations(RUN)) && !Files.exists(workspace.index()),
        "there is an attestation or an index entry");
  }

  static Snapshot attested(Workspace workspace) {
    return Snapshot.read(workspace.attestations(RUN));
  }
}
