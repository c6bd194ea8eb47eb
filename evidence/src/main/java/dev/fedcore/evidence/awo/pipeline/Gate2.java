package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.invariants.Invariants;
import dev.fedcore.evidence.awo.pipeline.Gate2Verdict.Status;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// The machine's gate: is the run whole, is it what a run must be, and is whoever reviews it
/// somebody else than whoever made it. In this order, so that an override cannot hide a broken run.
public final class Gate2 {

  private final Workspace workspace;
  private final Defences defences;

  public Gate2(Workspace workspace) {
    this(workspace, Defences.ALL);
  }

  Gate2(Workspace workspace, Defences defences) {
    this.workspace = workspace;
    this.defences = defences;
  }

  /// Who is to be judged about which run.
  ///
  /// @param allowSelfApproval the override: one person may be both
  public record Request(
      RunName run, String orchestrator, String reviewer, boolean allowSelfApproval) {}

  /// Judges, and writes down what was found whatever it is: the invariants and the verdict beside
  /// the run, and an independence log. A run that is approved is not judged again (REP-001).
  public Gate2Verdict pass(Request request, Instant now) {
    Snapshot run = workspace.snapshot(request.run());
    if (run.file(HashedRegion.APPROVAL).isPresent()) {
      return approvedAlready(request, run);
    }
    Gate2Verdict verdict = judge(request, run);
    Path folder = workspace.run(request.run());
    if (!run.files().isEmpty()) {
      JsonObject invariants =
          Invariants.document(request.run(), verdict.invariantsReasons(), ClockTimes.text(now));
      Workspace.write(folder.resolve(Invariants.FILE), invariants.canonicalBytes());
      Workspace.write(folder.resolve(verdict.file()), verdict.document().canonicalBytes());
    }
    defences.keepLog(workspace, verdict, ClockTimes.fileText(now));
    return verdict;
  }

  private Gate2Verdict approvedAlready(Request request, Snapshot run) {
    String root = defences.integrity(run).root();
    var replay =
        new Finding(
            AwoCode.REP_001, HashedRegion.APPROVAL, "the run is approved; it is not judged again");
    return verdict(request, root, Status.FAILED_INVARIANTS, List.of(), List.of(replay));
  }

  /// Judges, and writes nothing.
  Gate2Verdict judge(Request request, Snapshot run) {
    RunFiles files = RunFiles.of(run.files());
    Integrity integrity = defences.integrity(run);
    List<String> reasons = defences.invariants(request.run(), files);
    var findings = new Findings();
    findings.addAll(integrity.findings());
    reasons.forEach(reason -> findings.add(AwoCode.GOV_002, "", reason));
    if (!integrity.verified()) {
      findings.add(AwoCode.GOV_002, "", "the run is not what its sums say");
    }
    if (!findings.isEmpty()) {
      return verdict(request, integrity.root(), Status.FAILED_INVARIANTS, reasons, findings.all());
    }
    List<Finding> impostors = defences.identities(request, files);
    if (!impostors.isEmpty()) {
      return verdict(request, integrity.root(), Status.FAILED_IDENTITY, reasons, impostors);
    }
    if (!defences.samePerson(request.orchestrator(), request.reviewer())) {
      Status status = Status.APPROVED_BY_INDEPENDENT_REVIEWER;
      return verdict(request, integrity.root(), status, reasons, List.of());
    }
    if (request.allowSelfApproval()) {
      return verdict(request, integrity.root(), defences.overridden(), reasons, List.of());
    }
    var self =
        new Finding(
            AwoCode.GOV_001,
            "",
            request.reviewer() + " made this run and may not review it; ask somebody else");
    return verdict(request, integrity.root(), Status.FAILED_SELF_APPROVAL, reasons, List.of(self));
  }

  private static Gate2Verdict verdict(
      Request request, String root, Status status, List<String> reasons, List<Finding> findings) {
    return new Gate2Verdict(
        request.run(),
        request.orchestrator(),
        request.reviewer(),
        request.allowSelfApproval(),
        status,
        reasons,
        root,
        findings);
  }
}
