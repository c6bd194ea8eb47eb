package dev.fedcore.engine.ledger;

/// The ledger is sound and of an older schema. The next start of its server brings it up to date;
/// who only reads cannot.
public final class LedgerOutdated extends LedgerUnavailable {

  private static final long serialVersionUID = 1L;

  /// @param attempted what was found, and what to do
  public LedgerOutdated(String attempted, Throwable cause) {
    super(attempted, cause);
  }
}
