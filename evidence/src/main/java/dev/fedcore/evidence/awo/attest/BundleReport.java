package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;

/// Every check of a bundle, with its verdict, what it looked at, and all that it found.
///
/// @param checks in the order in which they were made; at least one
public record BundleReport(List<Check> checks) {

  public BundleReport {
    checks = List.copyOf(checks);
  }

  /// How a check ended.
  public enum Verdict {
    PASSED,
    FAILED,
    /// There is nothing of that kind to look at, and nothing says that there should be.
    ABSENT
  }

  /// One check.
  ///
  /// @param subject the run, or "" for the bundle as a whole
  /// @param name one word
  /// @param evidence what was looked at, in one sentence
  public record Check(
      String subject, String name, Verdict verdict, String evidence, List<Finding> findings) {

    public Check {
      findings = List.copyOf(findings);
    }

    static Check of(String subject, String name, String evidence, List<Finding> findings) {
      var verdict = findings.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
      return new Check(subject, name, verdict, evidence, findings);
    }

    private JsonObject json() {
      return JsonObject.builder()
          .put("subject", subject)
          .put("check", name)
          .put("verdict", verdict.name())
          .put("evidence", evidence)
          .put("findings", new JsonArray(findings.stream().<JsonValue>map(Finding::json).toList()))
          .build();
    }
  }

  /// Whether every check passed that had something to look at, and one did.
  public boolean verified() {
    return checks.stream().noneMatch(check -> check.verdict == Verdict.FAILED)
        && checks.stream().anyMatch(check -> check.verdict == Verdict.PASSED);
  }

  /// All that was found.
  public List<Finding> findings() {
    return checks.stream().flatMap(check -> check.findings.stream()).toList();
  }

  /// The report as a document.
  public JsonObject json() {
    return JsonObject.builder()
        .put("verified", verified())
        .put("checks", new JsonArray(checks.stream().<JsonValue>map(Check::json).toList()))
        .build();
  }
}
