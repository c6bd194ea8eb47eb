package dev.fedcore.ledger.sqlite;

import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.List;

/// Where in a data directory a ledger is, and what schema it has.
final class LedgerFile {

  /// The file that is locked while a ledger is open for writing.
  static final String LOCK = "ledger.lock";

  /// `PRAGMA application_id` of a ledger: the letters FCLG.
  private static final int APPLICATION_ID = 0x46434c47;

  /// The schema that this program reads and writes.
  static final Schema SCHEMA = schema("001_ledger.sql", "002_disclosure.sql");

  private LedgerFile() {}

  static SqliteFile in(Path dataDirectory) {
    return new SqliteFile(dataDirectory.resolve("ledger.db"));
  }

  static Schema schema(String... files) {
    return new Schema(LedgerFile.class, APPLICATION_ID, "ledger", List.of(files));
  }
}
