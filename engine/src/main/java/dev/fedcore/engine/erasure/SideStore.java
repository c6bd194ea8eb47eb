package dev.fedcore.engine.erasure;

import dev.fedcore.kernel.identity.RunId;
import java.util.Collection;

/// Something beside the ledger that keeps what runs did, such as an adapter's journal.
public interface SideStore {

  /// Forgets what these runs did, so far as it says for whom. Runs that it does not know are no
  /// error. Called again when it was not known to have worked.
  ///
  /// @throws dev.fedcore.engine.ledger.LedgerUnavailable if it did not answer
  void forget(Collection<RunId> runs);

  /// Sees to it that what was forgotten cannot be read from its files any more.
  ///
  /// @throws dev.fedcore.engine.ledger.LedgerUnavailable if that did not work
  void compact();
}
