package dev.fedcore.evidence.sums;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/// Whether a run's folder holds exactly the files that its `SHA256SUMS.txt` names, with exactly the
/// bytes. First the set of files (INT-002), then every hash (INT-001); everything is reported.
///
/// @param root the SHA-256 of the list's bytes; "" when there is no list
/// @param files how many files were compared
/// @param findings empty means verified
public record Integrity(String root, int files, List<Finding> findings) {

  public Integrity {
    findings = List.copyOf(findings);
  }

  /// Whether nothing was found.
  public boolean verified() {
    return findings.isEmpty();
  }

  /// Verifies the folder of one run.
  public static Integrity verify(Path runFolder) {
    return verify(Snapshot.read(runFolder));
  }

  /// Verifies the files of one run, by their paths in its folder.
  public static Integrity verify(Snapshot run) {
    var findings = new Findings();
    findings.addAll(run.findings());
    Optional<byte[]> list = run.file(HashedRegion.SUMS);
    if (list.isEmpty()) {
      findings.add(AwoCode.INT_002, HashedRegion.SUMS, "the list of files is not there");
      return new Integrity("", 0, findings.all());
    }
    String root = Sha256.hex(list.get());
    try {
      var recorded = Sums.parse(list.get()).hashes();
      var present = HashedRegion.of(run);
      findings.require(
          !recorded.isEmpty(), AwoCode.INT_002, HashedRegion.SUMS, "it names no file at all");
      sameSet(recorded, present, findings);
      sameBytes(recorded, present, findings);
      return new Integrity(root, recorded.size(), findings.all());
    } catch (MalformedInput e) {
      findings.add(AwoCode.INT_002, HashedRegion.SUMS, e.problem());
      return new Integrity(root, 0, findings.all());
    }
  }

  private static void sameSet(
      Map<String, String> recorded, NavigableMap<String, byte[]> present, Findings findings) {
    for (String path : recorded.keySet()) {
      if (!present.containsKey(path)) {
        boolean covered = HashedRegion.covers(path);
        findings.add(
            AwoCode.INT_002,
            path,
            covered ? "the list names it, and it is not there" : "the list must not name it");
      }
    }
    for (String path : present.keySet()) {
      findings.require(
          recorded.containsKey(path), AwoCode.INT_002, path, "it is there, and not in the list");
    }
  }

  private static void sameBytes(
      Map<String, String> recorded, NavigableMap<String, byte[]> present, Findings findings) {
    recorded.forEach((path, hash) -> {
      byte[] bytes = present.get(path);
      if (bytes != null) {
        String actual = Sha256.hex(bytes);
        findings.require(
            actual.equals(hash),
            AwoCode.INT_001,
            path,
            "its SHA-256 is %s, the list says %s".formatted(actual, hash));
      }
    });
  }
}
