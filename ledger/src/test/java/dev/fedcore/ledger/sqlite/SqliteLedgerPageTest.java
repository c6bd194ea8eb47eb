package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.ledger.LedgerPageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The SQLite ledger keeps the contract of pages.
class SqliteLedgerPageTest extends LedgerPageContract {

  @TempDir Path directory;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = SqliteLedger.open(directory);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Override
  protected Ledger ledger() {
    return ledger;
  }
}
