package dev.fedcore.engine.ledger;

/// The store did not take or give what was asked: it is full, busy, closed or gone.
///
/// The only kind of failure that is worth trying again. After an append it is not known whether the
/// entries are in the ledger, so read before trying again.
public sealed class LedgerUnavailable extends RuntimeException permits LedgerOutdated {

  private static final long serialVersionUID = 1L;

  /// @param attempted what was tried, in words; shown to the caller
  public LedgerUnavailable(String attempted, Throwable cause) {
    super(attempted, cause);
  }

  public LedgerUnavailable(String attempted) {
    super(attempted);
  }
}
