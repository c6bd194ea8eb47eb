package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.invariants.Invariants;
import dev.fedcore.evidence.awo.pipeline.ChainReport.Link;
import dev.fedcore.evidence.awo.pipeline.Gate2Verdict.Status;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.awo.provenance.RunDiscovery;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import java.util.List;

/// Every single defence of the pipeline, so that each can be missed: a test leaves one out and sees
/// that the suite notices. Nobody outside of this package can.
interface Defences {

  /// All of them.
  Defences ALL = new Defences() {};

  /// Canonical documents, and no clock in them.
  default RunFiles canonical(RunFiles run) {
    return Sealing.canonical(run);
  }

  /// The list of hashes, without what a clock wrote.
  default byte[] sums(RunFiles run) {
    return Sealing.sums(run);
  }

  /// The one archive of a run.
  default byte[] archive(Workspace workspace, RunName run) {
    return Sealing.archive(workspace.snapshot(run));
  }

  default Integrity integrity(Snapshot run) {
    return Integrity.verify(run);
  }

  default List<String> invariants(RunName run, RunFiles files) {
    return Invariants.check(run, files);
  }

  default List<Finding> identities(Gate2.Request request, RunFiles run) {
    return Identities.check(request, run);
  }

  default boolean samePerson(String orchestrator, String reviewer) {
    return Identities.same(orchestrator, reviewer);
  }

  /// What a verdict says when an override was needed.
  default Status overridden() {
    return Status.SELF_APPROVED_WITH_OVERRIDE;
  }

  /// Whatever gate 2 says is kept.
  default void keepLog(Workspace workspace, Gate2Verdict verdict, String timestamp) {
    IndependenceLogs.keep(workspace, verdict, timestamp);
  }

  /// Who approves at gate 3 is whom gate 2 judged.
  default List<Finding> approver(Gate2Verdict verdict, String approver) {
    return Gate3.approver(verdict, approver);
  }

  /// Whether a stage that found something ends the finalisation.
  default boolean stops(Finalizer.Stage stage) {
    return true;
  }

  /// An approval is bound to the files that were approved.
  default List<Finding> rootBinding(String approved, String root) {
    return approved.equals(root)
        ? List.of()
        : List.of(
            new Finding(
                AwoCode.ATT_002,
                HashedRegion.APPROVAL,
                "it is bound to the root %s, the run has %s".formatted(approved, root)));
  }

  /// Whether an approval without what belongs to it is taken for one past the pipeline.
  default boolean seesBypass() {
    return true;
  }

  /// Whether a run that is published, or half of it, is not published again.
  default boolean refusesReplay() {
    return true;
  }

  default ProvenanceIndex indexed(ProvenanceIndex index, ProvenanceEntry entry) {
    return index.with(entry);
  }

  default List<Link> chain(List<Link> links) {
    return links;
  }

  default List<RunDiscovery.FoundRun> runs(Workspace workspace) {
    return RunDiscovery.all(workspace.root());
  }

  /// The code of what went wrong without one.
  default List<Finding> coded(RuntimeException problem) {
    AwoCode code = problem instanceof MalformedInput ? AwoCode.GOV_002 : AwoCode.STR_001;
    return List.of(new Finding(code, "", String.valueOf(problem.getMessage())));
  }
}
