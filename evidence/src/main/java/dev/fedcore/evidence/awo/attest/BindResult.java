package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.Finding;
import java.nio.file.Path;
import java.util.List;

/// How an attempt to attest a run ended.
public sealed interface BindResult {

  /// The run is attested.
  ///
  /// @param folder where the attestation is
  /// @param root the run's SHA256 root
  /// @param archiveHash the SHA-256 of the run's archive
  /// @param reviewerHash the SHA-256 of the reviewer's name
  record Bound(Path folder, String root, String archiveHash, String reviewerHash)
      implements BindResult {}

  /// Nothing was signed and nothing written.
  record Refused(List<Finding> findings) implements BindResult {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
