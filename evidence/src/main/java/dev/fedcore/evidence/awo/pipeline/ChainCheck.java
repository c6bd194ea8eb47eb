package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.ChainReport.Link;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import dev.fedcore.evidence.awo.provenance.ProvenanceIndex;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The links of one run's chain.
final class ChainCheck {

  static final String INDEX_LINK = "provenance_index";

  private final RunName run;
  private final Workspace workspace;
  private final Attestor attestor;
  private final Defences defences;
  private final Snapshot files;
  private final Snapshot attestations;
  private final Integrity integrity;
  private final List<Gate2Verdict.Logged> logs = new ArrayList<>();
  private Optional<Approval> approval = Optional.empty();

  ChainCheck(RunName run, Workspace workspace, Attestor attestor, Defences defences) {
    this.run = run;
    this.workspace = workspace;
    this.attestor = attestor;
    this.defences = defences;
    this.files = workspace.snapshot(run);
    this.attestations = Snapshot.read(workspace.attestations(run));
    this.integrity = defences.integrity(files);
  }

  ChainReport report() {
    List<Link> links =
        List.of(
            new Link("integrity", integrityLink()),
            new Link("independence_logs", logsLink()),
            new Link("gate2", gate2Link()),
            new Link("approval", approvalLink()),
            new Link("attestation", attestationLink()),
            new Link(INDEX_LINK, indexLink()));
    return new ChainReport(run, integrity.root(), defences.chain(links));
  }

  /// The links that have to hold before anybody attests.
  List<Finding> approved() {
    return Stream.of(integrityLink(), logsLink(), gate2Link(), approvalLink())
        .flatMap(List::stream)
        .toList();
  }

  private List<Finding> integrityLink() {
    if (files.files().isEmpty()) {
      return List.of(new Finding(AwoCode.STR_001, "runs/" + run, "there is no such run"));
    }
    return integrity.findings();
  }

  private List<Finding> logsLink() {
    var findings = new Findings();
    for (String name : workspace.independenceLogs(run)) {
      String path = Workspace.LOGS + "/" + name;
      try {
        var logged = Gate2Verdict.parseLog(Workspace.read(workspace.logs().resolve(name)));
        if (logged.verdict().run().equals(run)) {
          logs.add(logged);
        } else {
          findings.add(AwoCode.REP_001, path, "it is about run " + logged.verdict().run());
        }
      } catch (MalformedInput e) {
        findings.add(AwoCode.GOV_002, path, String.valueOf(e.getMessage()));
      }
    }
    findings.require(
        !logs.isEmpty(), AwoCode.STR_001, Workspace.LOGS, "no independence log is of this run");
    return findings.all();
  }

  private List<Finding> gate2Link() {
    var findings = new Findings();
    if (logs.isEmpty()) {
      findings.add(AwoCode.GOV_002, "", "gate 2 has not judged this run");
      return findings.all();
    }
    Gate2Verdict last = logs.getLast().verdict();
    if (!last.passes()) {
      for (String code : logs.getLast().codes()) {
        findings.add(
            AwoCode.parse(code).orElse(AwoCode.GOV_002), "", "gate 2 said " + last.status());
      }
      return findings.all();
    }
    findings.require(
        last.sha256Root().equals(integrity.root()),
        AwoCode.REP_001,
        "",
        "gate 2 judged other files than these, with the root " + last.sha256Root());
    var request =
        new Gate2.Request(run, last.orchestrator(), last.reviewer(), last.allowSelfApproval());
    Gate2Verdict again = new Gate2(workspace, defences).judge(request, files);
    findings.addAll(again.findings());
    findings.require(
        again.status().equals(last.status()),
        AwoCode.GOV_002,
        "",
        "judged again, gate 2 says %s and not %s".formatted(again.status(), last.status()));
    return findings.all();
  }

  private List<Finding> approvalLink() {
    var findings = new Findings();
    Optional<byte[]> bytes = files.file(HashedRegion.APPROVAL);
    if (bytes.isEmpty()) {
      findings.add(AwoCode.STR_001, HashedRegion.APPROVAL, "nobody has approved this run");
      return findings.all();
    }
    try {
      approval = Optional.of(Approval.parse(bytes.get()));
      bindings(approval.get(), findings);
    } catch (MalformedInput e) {
      findings.add(AwoCode.ATT_002, HashedRegion.APPROVAL, String.valueOf(e.getMessage()));
    }
    return findings.all();
  }

  private void bindings(Approval given, Findings findings) {
    String path = HashedRegion.APPROVAL;
    findings.require(
        given.runId().equals(run.value()), AwoCode.REP_001, path, "it is of " + given.runId());
    findings.addAll(defences.rootBinding(given.sha256Root(), integrity.root()));
    if (logs.isEmpty()) {
      return;
    }
    Gate2Verdict last = logs.getLast().verdict();
    findings.require(
        given.gate2Sha256().equals(last.hash()),
        AwoCode.ATT_002,
        path,
        "it is bound to another verdict than the last of gate 2");
    findings.require(
        given.approvedBy().equals(last.reviewer())
            && given.orchestrator().equals(last.orchestrator()),
        AwoCode.ATT_001,
        path,
        "it names other people than gate 2 judged");
  }

  private List<Finding> attestationLink() {
    var findings = new Findings();
    String path = "governance/attestations/" + run;
    if (attestations.files().isEmpty()) {
      findings.add(AwoCode.STR_001, path, "there is no attestation");
      byHand(path, findings);
      return findings.all();
    }
    findings.addAll(attestor.verify(workspace, run));
    return findings.all();
  }

  private List<Finding> indexLink() {
    var findings = new Findings();
    ProvenanceIndex index;
    try {
      index = ProvenanceIndex.read(workspace.root());
    } catch (MalformedInput e) {
      findings.add(AwoCode.STR_001, ProvenanceIndex.FILE, String.valueOf(e.getMessage()));
      return findings.all();
    }
    Optional<ProvenanceEntry> entry = index.entry(run.value());
    if (entry.isEmpty()) {
      findings.add(AwoCode.STR_001, ProvenanceIndex.FILE, "the index does not know this run");
      byHand(ProvenanceIndex.FILE, findings);
      return findings.all();
    }
    approval.ifPresent(given ->
        findings.require(
            entry.get().equals(entryOf(run, given, files, attestations)),
            AwoCode.REP_001,
            ProvenanceIndex.FILE,
            "its records are not those that were published"));
    boolean shared =
        index.entries().stream()
            .filter(other -> !other.runId().equals(run.value()))
            .anyMatch(other -> other.attestationSha256().equals(entry.get().attestationSha256()));
    findings.require(
        !shared, AwoCode.REP_001, ProvenanceIndex.FILE, "another run has the same attestation");
    return findings.all();
  }

  /// Something is missing that the pipeline makes together with the approval.
  private void byHand(String path, Findings findings) {
    findings.require(
        !defences.seesBypass() || approval.isEmpty(),
        AwoCode.REP_001,
        path,
        "the run was approved past the pipeline; finalise it with fedcore awo finalize");
  }

  /// What the index has to say of a run.
  static ProvenanceEntry entryOf(
      RunName run, Approval approval, Snapshot files, Snapshot attestations) {
    return new ProvenanceEntry(
        run.value(),
        approval.commit(),
        approval.workflowRunUrl(),
        approval.approvedBy(),
        "governance/attestations/" + run,
        approval.sha256Root(),
        Sha256.hex(files.file(HashedRegion.APPROVAL).orElse(new byte[0])),
        Sha256.hex(attestations.file(Attestor.ATTESTATION).orElse(new byte[0])));
  }
}
