package dev.fedcore.pillars.bucket.store;

/// Which entries of one product a page shows.
///
/// @param what by which column
/// @param value what it must be; empty for the filters that need none
public record Filter(What what, String value) {

  /// Everything of the product.
  public static final Filter ALL = new Filter(What.EVERYTHING, "");

  /// Operations that did not succeed.
  public static final Filter FAILED = new Filter(What.FAILURES, "");

  /// By what entries are found.
  public enum What {
    EVERYTHING(""),
    SUBJECT("AND subject = ?"),
    REQUESTER("AND requester = ?"),
    KIND("AND kind = ?"),
    FAILURES("AND outcome <> 'success'");

    private final String condition;

    What(String condition) {
      this.condition = condition;
    }

    String condition() {
      return condition;
    }
  }

  /// About one agent or artifact.
  public static Filter subject(String subject) {
    return new Filter(What.SUBJECT, subject);
  }

  public static Filter requester(String requester) {
    return new Filter(What.REQUESTER, requester);
  }

  /// Of one event type or operation type.
  public static Filter kind(String kind) {
    return new Filter(What.KIND, kind);
  }

  boolean hasValue() {
    return what.condition().endsWith("?");
  }
}
