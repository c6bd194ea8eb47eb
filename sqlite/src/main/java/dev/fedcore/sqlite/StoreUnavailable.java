package dev.fedcore.sqlite;

/// The file did not take or give what was asked: it is full, busy, closed or gone. Worth trying
/// again.
public final class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean maybeDone;

  /// Nothing was done.
  ///
  /// @param attempted what was tried, in words
  public StoreUnavailable(String attempted) {
    super(attempted);
    this.maybeDone = false;
  }

  /// Nothing was done.
  ///
  /// @param attempted what was tried, in words
  public StoreUnavailable(String attempted, Throwable cause) {
    this(attempted, cause, false);
  }

  StoreUnavailable(String attempted, Throwable cause, boolean maybeDone) {
    super(attempted, cause);
    this.maybeDone = maybeDone;
  }

  /// Whether what was asked may be in the file all the same, now or a little later: read before
  /// trying again.
  public boolean maybeDone() {
    return maybeDone;
  }
}
