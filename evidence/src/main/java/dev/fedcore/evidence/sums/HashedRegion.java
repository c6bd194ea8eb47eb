package dev.fedcore.evidence.sums;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which files of a run's folder `SHA256SUMS.txt` covers: all but itself, what is written after it
/// (`approval.json`, `audit/`), and what a clock wrote (`timestamps/`).
public final class HashedRegion {

  /// The list itself.
  public static final String SUMS = "SHA256SUMS.txt";

  /// Who approved, bound to the list's hash.
  public static final String APPROVAL = "approval.json";

  /// The folder of verdicts over the run.
  public static final String AUDIT = "audit";

  /// The folder of clock times.
  public static final String TIMESTAMPS = "timestamps";

  private HashedRegion() {}

  /// Whether the list names the file at `path`, relative to the run's folder.
  public static boolean covers(String path) {
    return !path.equals(SUMS)
        && !path.equals(APPROVAL)
        && !path.startsWith(AUDIT + "/")
        && !path.startsWith(TIMESTAMPS + "/");
  }

  /// The files of a run that the list names.
  public static NavigableMap<String, byte[]> of(Snapshot run) {
    var covered = new TreeMap<String, byte[]>();
    for (Map.Entry<String, byte[]> file : run.files().entrySet()) {
      if (covers(file.getKey())) {
        covered.put(file.getKey(), file.getValue());
      }
    }
    return covered;
  }
}
