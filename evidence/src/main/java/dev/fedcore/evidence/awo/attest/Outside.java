package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Snapshot;
import java.util.Map;
import java.util.TreeMap;

/// What belongs to a run and is not under its sums: verdicts, clock times, and the run's entries in
/// `governance/logs`. `approval.json` is bound by a statement of its own.
final class Outside {

  private Outside() {}

  /// Path from the root to SHA-256.
  ///
  /// @param logs the files of `governance/logs`
  static Map<String, String> of(String runId, Snapshot run, Snapshot logs) {
    var outside = new TreeMap<String, String>();
    run.files()
        .forEach((path, bytes) -> {
          String whole = Layout.run(runId) + "/" + path;
          boolean covered = HashedRegion.covers(path) || path.equals(HashedRegion.SUMS);
          if (!covered
              && !path.equals(HashedRegion.APPROVAL)
              && !whole.equals(Layout.times(runId))) {
            outside.put(whole, Sha256.hex(bytes));
          }
        });
    logs.files()
        .forEach((path, bytes) -> {
          if (path.startsWith(runId + "_")) {
            outside.put(Layout.LOGS + "/" + path, Sha256.hex(bytes));
          }
        });
    return outside;
  }
}
