package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.sqlite.StoreUnavailable;
import java.util.function.Supplier;

/// Asks the file, and says in the port's words when it does not answer.
final class Asked {

  private Asked() {}

  /// @throws LedgerUnavailable for whatever is worth trying again
  static <T> T of(Supplier<T> question) {
    try {
      return question.get();
    } catch (StoreUnavailable e) {
      throw new LedgerUnavailable(String.valueOf(e.getMessage()), e);
    }
  }
}
