package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.awo.attest.BundleReport.Check;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/// Verifies bundles with nothing but the bundle and a [Trust]: no server, no network. Every check
/// is made and reported, whatever failed before it; bad evidence never throws.
public final class BundleVerifier {

  private final Trust trust;
  private final Instant now;

  /// @param now what the verifier's own clock says; a bundle from the future is refused
  public BundleVerifier(Trust trust, Instant now) {
    this.trust = trust;
    this.now = now;
  }

  /// Verifies a bundle that is one file.
  public BundleReport verify(byte[] archive) {
    try {
      return verify(Bundle.read(archive));
    } catch (MalformedInput e) {
      var finding = new Finding(AwoCode.INT_002, "", e.problem());
      return new BundleReport(
          List.of(Check.of("", "archive", "the bundle is one archive", List.of(finding))));
    }
  }

  /// Verifies everything in a bundle. A file that no check accounts for is a finding.
  public BundleReport verify(Bundle bundle) {
    NavigableSet<String> runs = bundle.runs();
    var checks = new ArrayList<Check>();
    checks.add(layout(bundle, runs));
    for (String runId : runs) {
      checks.addAll(new RunBundleCheck(runId, bundle.files(), trust, now).checks());
    }
    return new BundleReport(checks);
  }

  private static Check layout(Bundle bundle, NavigableSet<String> runs) {
    var findings = new Findings();
    findings.addAll(bundle.files().findings());
    findings.require(!runs.isEmpty(), AwoCode.STR_001, "", "no run is in here");
    for (String runId : runs) {
      findings.require(
          Layout.isRunId(runId), AwoCode.STR_001, Layout.run(runId), "no run can be called that");
    }
    for (String path : bundle.files().files().keySet()) {
      findings.require(
          isAccountedFor(path, runs), AwoCode.INT_002, path, "nothing accounts for this file");
    }
    int count = bundle.files().files().size();
    return Check.of(
        "", "layout", "%,d files of %,d runs".formatted(count, runs.size()), findings.all());
  }

  /// Whether a check of its run looks at the file.
  private static boolean isAccountedFor(String path, NavigableSet<String> runs) {
    return runs.stream()
        .anyMatch(run ->
            path.startsWith(Layout.run(run) + "/")
                || path.startsWith(Layout.attestation(run) + "/")
                || path.startsWith(Layout.LOGS + "/" + run + "_"));
  }
}
