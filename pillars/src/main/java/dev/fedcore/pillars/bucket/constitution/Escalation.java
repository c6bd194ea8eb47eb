package dev.fedcore.pillars.bucket.constitution;

import dev.fedcore.pillars.bucket.constitution.Violation.Severity;
import java.util.List;

/// Whether somebody must be told about a violation, and who.
///
/// @param to such as `advisor`
/// @param within such as `within 1 hour`
/// @param required whether it must not wait for the next look
public record Escalation(String to, String within, boolean required, String reason) {

  /// So many violations of high severity in an hour are told on.
  public static final int HIGH_PER_HOUR = 5;

  /// So many at one endpoint in an hour are told on.
  public static final int SAME_ENDPOINT_PER_HOUR = 10;

  /// So many attempts to change something in an hour are told on.
  public static final int MUTATIONS_PER_HOUR = 3;

  /// A violation of the last hour.
  public record Past(ViolationType type, String endpoint) {}

  /// Decides.
  ///
  /// @param lastHour including this one
  public static Escalation of(ViolationType type, String endpoint, List<Past> lastHour) {
    Severity severity = type.severity();
    if (type.goesToTheTop()) {
      return new Escalation("ceo", "at once", true, "it touches schema, audit or governance");
    }
    if (severity == Severity.CRITICAL) {
      return new Escalation(severity.escalatesTo(), severity.within(), true, "it is critical");
    }
    long high = count(lastHour.stream().filter(past -> isHigh(past.type())).toList());
    long same = count(lastHour.stream().filter(past -> past.endpoint().equals(endpoint)).toList());
    long mutations = count(lastHour.stream().filter(past -> past.type().isMutation()).toList());
    boolean repeated =
        high >= HIGH_PER_HOUR || same >= SAME_ENDPOINT_PER_HOUR || mutations >= MUTATIONS_PER_HOUR;
    return new Escalation(
        severity.escalatesTo(),
        severity.within(),
        repeated,
        repeated ? "it happened too often in an hour" : "it may wait for the next look");
  }

  private static long count(List<Past> found) {
    return found.size();
  }

  private static boolean isHigh(ViolationType type) {
    return type.severity().compareTo(Severity.HIGH) >= 0;
  }
}
