package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Finalizer.Stage;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One finalisation, under the workspace's lock.
final class Finalisation {

  private final RunName run;
  private final Finalizer.Request request;
  private final Workspace workspace;
  private final Workspace staged;
  private final Attestor attestor;
  private final Defences defences;
  private Stage stage = Stage.REPLAY;

  Finalisation(
      Finalizer.Request request, Workspace workspace, Attestor attestor, Defences defences) {
    this.run = request.run();
    this.request = request;
    this.workspace = workspace;
    this.staged = workspace.staging(request.run());
    this.attestor = attestor;
    this.defences = defences;
  }

  Finalised run() {
    try {
      return new Finalised.Published(stages());
    } catch (PipelineRefused refused) {
      Workspace.remove(staged.root());
      return refused.refusal();
    } catch (MalformedInput | UncheckedIOException problem) {
      if (stage != Stage.PUBLISH) {
        Workspace.remove(staged.root());
      }
      return new Finalised.Refused(stage, defences.coded(problem));
    }
  }

  private ProvenanceEntry stages() {
    ProvenanceIndex index = ProvenanceIndex.read(workspace.root());
    require(defences.refusesReplay() ? replayed(index) : List.of());

    stage = Stage.INTEGRITY;
    Snapshot found = workspace.snapshot(run);
    require(defences.integrity(found).findings());

    stage = Stage.GATE2;
    Gate2Verdict verdict = judged(found);

    stage = Stage.APPROVAL;
    require(new Gate3(workspace, defences).check(run, request.approver()));
    Approval approval = stageRun(found, verdict);

    stage = Stage.ATTEST;
    require(attestor.attest(staged, workspace, run));

    stage = Stage.INDEX;
    ProvenanceEntry entry =
        ChainCheck.entryOf(
            run, approval, staged.snapshot(run), Snapshot.read(staged.attestations(run)));
    Workspace.write(staged.index(), defences.indexed(index, entry).bytes());

    stage = Stage.CHAIN;
    require(new ChainCheck(run, staged, attestor, defences).report().findings());

    stage = Stage.PUBLISH;
    new Publication(workspace, run).publish();
    return entry;
  }

  /// Gate 2 again, about the very bytes that are to be published.
  private Gate2Verdict judged(Snapshot found) {
    Optional<Gate2Verdict> last = new Gate3(workspace, defences).lastVerdict(run);
    if (last.isEmpty()) {
      var missing = new Finding(AwoCode.GOV_002, "", "gate 2 has not judged this run");
      throw new PipelineRefused(stage, List.of(missing));
    }
    Gate2Verdict said = last.get();
    var again =
        new Gate2(workspace, defences)
            .judge(
                new Gate2.Request(
                    run, said.orchestrator(), said.reviewer(), said.allowSelfApproval()),
                found);
    require(again.findings());
    return said;
  }

  private List<Finding> replayed(ProvenanceIndex index) {
    var findings = new Findings();
    index
        .entry(run.value())
        .ifPresent(entry ->
            findings.add(
                AwoCode.REP_001,
                ProvenanceIndex.FILE,
                "the run is published; " + entry.approvedBy() + " approved it"));
    if (findings.isEmpty()) {
      findings.require(
          !Files.exists(workspace.run(run).resolve(HashedRegion.APPROVAL)),
          AwoCode.REP_001,
          HashedRegion.APPROVAL,
          "it is there already; remove what was put there past the pipeline");
      findings.require(
          !Files.exists(workspace.attestations(run)),
          AwoCode.REP_001,
          "governance/attestations/" + run,
          "it is there already; remove what was put there past the pipeline");
    }
    return findings.all();
  }

  /// Puts the run as it will be, with its approval and its logs, into a workspace of its own. There
  /// it has the very files that it has in its place, under second names: to copy them takes longer
  /// than all the rest.
  private Approval stageRun(Snapshot found, Gate2Verdict verdict) {
    var approval =
        new Approval(
            run.value(),
            verdict.reviewer(),
            verdict.orchestrator(),
            verdict.hash(),
            defences.integrity(found).root(),
            commit(RunFiles.of(found.files())),
            request.workflowRunUrl());
    Workspace.remove(staged.root());
    Workspace.link(workspace.run(run), found.files().keySet(), staged.run(run));
    Workspace.write(
        staged.run(run).resolve(HashedRegion.APPROVAL), approval.document().canonicalBytes());
    for (String log : workspace.independenceLogs(run)) {
      Path from = workspace.logs().resolve(log);
      Workspace.write(staged.logs().resolve(log), Workspace.read(from));
    }
    return approval;
  }

  private static String commit(RunFiles files) {
    JsonObject environment = files.json("environment.json").orElse(JsonObject.EMPTY);
    return environment.get("git").orElse(JsonNull.NULL) instanceof JsonObject git
            && git.get("commit").orElse(JsonNull.NULL) instanceof JsonString(String commit)
        ? commit
        : "unknown";
  }

  private void require(List<Finding> findings) {
    if (!findings.isEmpty() && defences.stops(stage)) {
      throw new PipelineRefused(stage, findings);
    }
  }
}
