package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.sums.HashedRegion;
import java.util.regex.Pattern;

/// Where the parts of a run's evidence are, relative to the root that holds `runs/` and
/// `governance/`.
final class Layout {

  static final String RUNS = "runs";
  static final String ATTESTATIONS = "governance/attestations";
  static final String LOGS = "governance/logs";
  static final String LOG = "governance/log";

  static final String JSON = "ATTESTATION.json";
  static final String TEXT = "ATTESTATION.txt";
  static final String GUIDE = "VERIFY.md";
  static final String CHECKPOINT = "checkpoint";

  static final String ENVELOPE = ".dsse.json";
  static final String BUNDLE = ".sigstore.json";
  static final String PROOF = ".tlog-proof";

  static final String PROVENANCE = "provenance";
  static final String APPROVAL = "approval-";
  static final String VERIFICATION = "verification";

  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

  private Layout() {}

  static boolean isRunId(String text) {
    return RUN_ID.matcher(text).matches();
  }

  static String run(String runId) {
    return RUNS + "/" + runId;
  }

  static String attestation(String runId) {
    return ATTESTATIONS + "/" + runId;
  }

  static String archive(String runId) {
    return runId + ".tar";
  }

  /// The statement about clock times and all else that the sums do not cover.
  static String times(String runId) {
    return "%s/%s/attested%s".formatted(run(runId), HashedRegion.TIMESTAMPS, ENVELOPE);
  }
}
