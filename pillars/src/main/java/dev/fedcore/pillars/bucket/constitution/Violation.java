package dev.fedcore.pillars.bucket.constitution;

import dev.fedcore.evidence.json.JsonObject;
import java.util.Locale;

/// Something that the constitution does not allow.
///
/// @param detail what was seen, for people; cut to [#DETAIL_LENGTH_MAX]
public record Violation(ViolationType type, String detail) {

  /// The longest detail, in UTF-16 units. It may hold a name out of a request, and is written down
  /// and told several times.
  public static final int DETAIL_LENGTH_MAX = 1_000;

  public Violation {
    if (detail.length() > DETAIL_LENGTH_MAX) {
      int end = DETAIL_LENGTH_MAX - 1;
      boolean isInPair = Character.isHighSurrogate(detail.charAt(end - 1));
      detail = detail.substring(0, isInPair ? end - 1 : end) + "…";
    }
  }

  /// How bad a violation is, and what is done about it.
  public enum Severity {
    LOW("warn", "ops", "within 24 hours"),
    MEDIUM("throttle", "executor", "within 6 hours"),
    HIGH("block", "advisor", "within 1 hour"),
    CRITICAL("halt", "owner", "at once");

    private final String response;
    private final String escalatesTo;
    private final String within;

    Severity(String response, String escalatesTo, String within) {
      this.response = response;
      this.escalatesTo = escalatesTo;
      this.within = within;
    }

    /// What is done: warn, throttle, block or halt.
    public String response() {
      return response;
    }

    public String escalatesTo() {
      return escalatesTo;
    }

    public String within() {
      return within;
    }
  }

  public Severity severity() {
    return type.severity();
  }

  /// The violation as readers see it.
  public JsonObject json() {
    return JsonObject.builder()
        .put("type", type.text())
        .put("severity", severity().name().toLowerCase(Locale.ROOT))
        .put("detail", detail)
        .put("response", severity().response())
        .build();
  }
}
