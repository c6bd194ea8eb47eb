package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.Optional;

/// The people's gate: gate 2 has passed this very run, and who approves now is whom it judged.
public final class Gate3 {

  private final Workspace workspace;
  private final Defences defences;

  public Gate3(Workspace workspace) {
    this(workspace, Defences.ALL);
  }

  Gate3(Workspace workspace, Defences defences) {
    this.workspace = workspace;
    this.defences = defences;
  }

  /// Whether `approver` may approve the run, as it is now; empty means yes.
  public List<Finding> check(RunName run, String approver) {
    Optional<Gate2Verdict> verdict = lastVerdict(run);
    if (verdict.isEmpty()) {
      return List.of(new Finding(AwoCode.GOV_002, "", "gate 2 has not judged this run"));
    }
    Gate2Verdict last = verdict.get();
    var findings = new Findings();
    findings.require(last.passes(), code(last.status()), "", "gate 2 said " + last.status());
    findings.require(
        last.sha256Root().equals(defences.integrity(workspace.snapshot(run)).root()),
        AwoCode.REP_001,
        "",
        "gate 2 judged other files than these; let it judge again");
    findings.addAll(defences.approver(last, approver));
    return findings.all();
  }

  /// What gate 2 said last; empty when it has not spoken, or not in a log that can be read.
  Optional<Gate2Verdict> lastVerdict(RunName run) {
    List<String> names = workspace.independenceLogs(run);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] log = Workspace.read(workspace.logs().resolve(names.getLast()));
      return Optional.of(Gate2Verdict.parseLog(log).verdict()).filter(v -> v.run().equals(run));
    } catch (MalformedInput e) {
      return Optional.empty();
    }
  }

  static List<Finding> approver(Gate2Verdict verdict, String approver) {
    return Identities.same(verdict.reviewer(), approver)
        ? List.of()
        : List.of(
            new Finding(
                AwoCode.ATT_001,
                "",
                "gate 2 judged %s as reviewer, and %s approves"
                    .formatted(verdict.reviewer(), approver)));
  }

  private static AwoCode code(Gate2Verdict.Status status) {
    return switch (status) {
      case FAILED_SELF_APPROVAL -> AwoCode.GOV_001;
      case FAILED_IDENTITY -> AwoCode.ATT_001;
      case FAILED_INVARIANTS, APPROVED_BY_INDEPENDENT_REVIEWER, SELF_APPROVED_WITH_OVERRIDE ->
          AwoCode.GOV_002;
    };
  }
}
