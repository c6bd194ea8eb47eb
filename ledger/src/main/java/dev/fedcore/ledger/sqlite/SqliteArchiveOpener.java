package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.ArchiveOpener;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerOutdated;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.sqlite.StoreOutdated;
import dev.fedcore.sqlite.StoreRefused;
import java.nio.file.Path;
import java.util.Optional;

/// Opens data directories that hold a [SqliteLedger], for programs that do not know which ledgers
/// there are. Found by [java.util.ServiceLoader].
public final class SqliteArchiveOpener implements ArchiveOpener {

  /// @throws LedgerUnavailable if there is a ledger that cannot be read; says why and what to do
  @Override
  public Optional<Ledger> open(Path dataDirectory) {
    if (!SqliteArchive.isIn(dataDirectory)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SqliteArchive.open(dataDirectory));
    } catch (StoreOutdated e) {
      throw new LedgerOutdated(String.valueOf(e.getMessage()), e);
    } catch (StoreRefused e) {
      throw new LedgerUnavailable(String.valueOf(e.getMessage()), e);
    }
  }
}
