package dev.fedcore.ledger;

/// A ledger that is there but must not be opened: it is in use, too new, or no ledger.
///
/// The message is one sentence for the person who starts the program: what is wrong, where, and
/// what to do. Trying again without doing it does not help.
public final class LedgerRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LedgerRefused(String message) {
    super(message);
  }

  public LedgerRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
