package dev.fedcore.evidence.verify;

import java.util.List;
import java.util.stream.Stream;

/// Everything that a verifier found, and how much it looked at.
///
/// @param findings all failures; empty means verified
/// @param entries audit entries checked
/// @param receipts receipts checked
public record VerificationReport(List<Finding> findings, long entries, long receipts) {

  /// Nothing looked at, nothing found.
  public static final VerificationReport EMPTY = new VerificationReport(List.of(), 0, 0);

  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /// Whether nothing was found. Look at the counts too: nothing is found in nothing.
  public boolean verified() {
    return findings.isEmpty();
  }

  /// Both reports in one.
  public VerificationReport and(VerificationReport other) {
    return new VerificationReport(
        Stream.concat(findings.stream(), other.findings.stream()).toList(),
        entries + other.entries,
        receipts + other.receipts);
  }
}
