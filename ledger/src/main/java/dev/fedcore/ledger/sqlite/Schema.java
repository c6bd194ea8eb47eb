package dev.fedcore.ledger.sqlite;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.ledger.LedgerRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The numbered files that make the schema, applied in order, each in one transaction.
///
/// An interrupted migration leaves the schema before it or the one after it. What was applied is
/// kept with its checksum, so a file that was edited afterwards is noticed.
///
/// @param files resources beside this class; the first has number 1
record Schema(List<String> files) {

  /// `PRAGMA application_id` of a ledger: the letters FCLG.
  ///
  /// @see <a href="https://sqlite.org/fileformat.html#application_id">SQLite file format</a>
  static final int APPLICATION_ID = 0x46434c47;

  /// The schema that this program reads and writes.
  static final Schema CURRENT = new Schema(List.of("001_ledger.sql"));

  /// SQLite's result code for a file that is no database.
  private static final int SQLITE_NOTADB = 26;

  private static final String TABLES =
      """
      SELECT count(*)
        FROM sqlite_schema
      """;

  private static final String MIGRATION_TABLES =
      """
      SELECT count(*)
        FROM sqlite_schema
       WHERE name = 'migration'
      """;

  private static final String VERSION =
      """
      SELECT coalesce(max(number), 0)
        FROM migration
      """;

  private static final String CHECKSUM =
      """
      SELECT checksum
        FROM migration
       WHERE number = ?
      """;

  private static final String APPLIED =
      """
      INSERT INTO migration (number, name, checksum)
      VALUES (?, ?, ?)
      """;

  Schema {
    files = List.copyOf(files);
  }

  /// Brings the file to this schema. A new file gets all of it.
  ///
  /// @throws LedgerRefused if the file is newer than this, or not a ledger
  void migrate(Connection connection, Path path) throws SQLException {
    for (int number = require(connection, path) + 1; number <= files.size(); number++) {
      apply(connection, number);
    }
  }

  /// Requires that the file has exactly this schema.
  ///
  /// @throws LedgerRefused if it has another
  void requireCurrent(Connection connection, Path path) throws SQLException {
    int version = require(connection, path);
    if (version < files.size()) {
      throw new LedgerRefused(
          "%s has schema version %d and this program reads version %d: start the server on it once"
              .formatted(path, version, files.size()));
    }
  }

  /// The schema version of the file, 0 for a new one.
  private int require(Connection connection, Path path) throws SQLException {
    requireLedger(connection, path);
    int version = version(connection);
    if (version > files.size()) {
      throw new LedgerRefused(
          "%s has schema version %d and this program knows version %d only:"
                  .formatted(path, version, files.size())
              + " start the newer program that wrote it");
    }
    for (int number = 1; number <= version; number++) {
      requireUnedited(connection, number, path);
    }
    return version;
  }

  /// Requires that a file which is there is a ledger or empty. Takes no lock, makes no file and
  /// changes nothing, since a file of another kind must be left as it is.
  ///
  /// @throws LedgerRefused if it is something else
  static void requireLedger(SqliteFile file) throws SQLException {
    if (!Files.exists(file.path())) {
      return;
    }
    try (Connection connection = file.openImmutable()) {
      requireLedger(connection, file.path());
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLITE_NOTADB) {
        throw notLedger(file.path());
      }
      throw e;
    }
  }

  private static void requireLedger(Connection connection, Path path) throws SQLException {
    long id = SqliteFile.number(connection, "PRAGMA application_id");
    boolean untouched = id == 0 && SqliteFile.number(connection, TABLES) == 0;
    if (id != APPLICATION_ID && !untouched) {
      throw notLedger(path);
    }
  }

  private static LedgerRefused notLedger(Path path) {
    return new LedgerRefused(
        "%s is not a ledger: name a data directory of its own".formatted(path));
  }

  private static int version(Connection connection) throws SQLException {
    return SqliteFile.number(connection, MIGRATION_TABLES) == 0
        ? 0
        : (int) SqliteFile.number(connection, VERSION);
  }

  private void requireUnedited(Connection connection, int number, Path path) throws SQLException {
    try (var statement = connection.prepareStatement(CHECKSUM)) {
      statement.setInt(1, number);
      try (var rows = statement.executeQuery()) {
        if (!rows.next() || !rows.getString(1).equals(Sha256.hex(script(number)))) {
          throw new LedgerRefused(
              "%s was made by another text of %s: start the program that wrote it"
                  .formatted(path, files.get(number - 1)));
        }
      }
    }
  }

  /// What fails is rolled back when the caller closes the connection.
  private void apply(Connection connection, int number) throws SQLException {
    byte[] script = script(number);
    SqliteFile.execute(connection, "BEGIN IMMEDIATE");
    try (var migration = connection.createStatement()) {
      migration.executeUpdate(new String(script, StandardCharsets.UTF_8));
      recordApplied(connection, number, Sha256.hex(script));
    }
    SqliteFile.execute(connection, "COMMIT");
  }

  private void recordApplied(Connection connection, int number, String checksum)
      throws SQLException {
    try (var applied = connection.prepareStatement(APPLIED)) {
      applied.setInt(1, number);
      applied.setString(2, files.get(number - 1));
      applied.setString(3, checksum);
      applied.executeUpdate();
    }
  }

  private byte[] script(int number) {
    String name = files.get(number - 1);
    try (var stream = Schema.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its migration " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
