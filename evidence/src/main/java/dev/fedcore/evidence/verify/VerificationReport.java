package dev.fedcore.evidence.verify;

import java.util.List;
import java.util.stream.Stream;

/// Everything that a verifier found, and how much it looked at.
///
/// @param findings all failures; empty means verified
/// @param entries audit entries checked
/// @param receipts receipts checked
/// @param erased values that entries say were erased; the hashes that stood for them are checked
///   like all others
public record VerificationReport(List<Finding> findings, long entries, long receipts, long erased) {

  /// Nothing looked at, nothing found.
  public static final VerificationReport EMPTY = new VerificationReport(List.of(), 0, 0);

  /// A report on evidence that speaks of no erasure.
  public VerificationReport(List<Finding> findings, long entries, long receipts) {
    this(findings, entries, receipts, 0);
  }

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
        receipts + other.receipts,
        erased + other.erased);
  }
}
