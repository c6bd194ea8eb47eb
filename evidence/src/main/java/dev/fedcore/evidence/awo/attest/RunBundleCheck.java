package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.attest.BundleReport.Check;
import dev.fedcore.evidence.awo.attest.BundleReport.Verdict;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// All checks of one run in a bundle.
final class RunBundleCheck {

  private final String runId;
  private final Snapshot bundle;
  private final Snapshot run;
  private final Snapshot attestation;
  private final Trust trust;
  private final Instant now;
  private final List<Check> checks = new ArrayList<>();

  RunBundleCheck(String runId, Snapshot bundle, Trust trust, Instant now) {
    this.runId = runId;
    this.bundle = bundle;
    this.run = bundle.below(Layout.run(runId));
    this.attestation = bundle.below(Layout.attestation(runId));
    this.trust = trust;
    this.now = now;
  }

  List<Check> checks() {
    Integrity integrity = Integrity.verify(run);
    add(
        "integrity",
        "%,d files against SHA256SUMS.txt, root %s".formatted(integrity.files(), integrity.root()),
        integrity.findings());
    chain();
    var approval = new Findings();
    Optional<AttestedRun> attested = AttestedRun.read(runId, run, integrity.root(), approval);
    add("approval", "approval.json against the root", approval.all());
    if (attested.isPresent()) {
      archive(attested.get());
      attestation(attested.get());
    } else {
      var finding =
          new Finding(
              AwoCode.ATT_002,
              Layout.attestation(runId),
              "nothing can be compared with it before the run and its approval are whole");
      add("attestation", "statements about the run", List.of(finding));
    }
    return checks;
  }

  private void chain() {
    if (!ChainCheck.applies(run)) {
      checks.add(new Check(runId, "chain", Verdict.ABSENT, "there is no audit.jsonl", List.of()));
      return;
    }
    var report = ChainCheck.report(runId, run, trust.logs());
    add(
        "chain",
        "%,d entries and %,d receipts".formatted(report.entries(), report.receipts()),
        ChainCheck.findings(report));
  }

  private void archive(AttestedRun attested) {
    var findings = new Findings();
    String name = Layout.archive(runId);
    Optional<byte[]> archive = attestation.file(name);
    if (archive.isEmpty()) {
      findings.add(AwoCode.STR_001, path(name), "the run's archive is not there");
    } else {
      findings.require(
          Arrays.equals(archive.get(), attested.archive().bytes()),
          AwoCode.INT_001,
          path(name),
          "it is not the archive of the run's files");
    }
    add("archive", "the archive, made again: " + attested.archive().hash(), findings.all());
  }

  private void attestation(AttestedRun attested) {
    var envelopes = new EnvelopeChecks(attested, attestation, trust);
    envelopes.check();
    add("attestation", envelopes.evidence(), envelopes.findings());
    add("log", envelopes.logEvidence(), envelopes.logFindings());
    var times = new TimesCheck(attested, bundle, trust, now);
    times.check();
    add("times", times.evidence(), times.findings());
  }

  private String path(String name) {
    return Layout.attestation(runId) + "/" + name;
  }

  private void add(String name, String evidence, List<Finding> findings) {
    checks.add(Check.of(runId, name, evidence, findings));
  }
}
