package dev.fedcore.sqlite;

import dev.fedcore.evidence.hash.Sha256;
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
/// The application id and the table `migration` are made with the first file, unless it makes them
/// itself.
///
/// @param beside the class that the files are resources beside
/// @param applicationId `PRAGMA application_id` of such files, not 0: what tells them from others
/// @param what such a file is, as in "is not a ledger"
/// @param files in order; the first has number 1
/// @see <a href="https://sqlite.org/fileformat.html#application_id">SQLite file format</a>
public record Schema(Class<?> beside, int applicationId, String what, List<String> files) {

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

  private static final String MIGRATION_TABLE =
      """
      CREATE TABLE IF NOT EXISTS migration (
        number   INTEGER PRIMARY KEY,
        name     TEXT NOT NULL,
        checksum TEXT NOT NULL
      ) STRICT
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

  public Schema {
    if (applicationId == 0) {
      throw new IllegalArgumentException("0 is the application id of any file");
    }
    files = List.copyOf(files);
  }

  /// Brings the file to this schema. A new file gets all of it.
  ///
  /// @throws StoreRefused if the file is newer than this, or not such a file
  void migrate(Connection connection, Path path) throws SQLException {
    for (int number = require(connection, path) + 1; number <= files.size(); number++) {
      apply(connection, number);
    }
  }

  /// Makes `file`, or brings it to this schema, if it is not of another kind.
  ///
  /// @throws StoreRefused if this program must not open it
  public void prepare(SqliteFile file) throws SQLException {
    requireKind(file);
    try (Connection connection = file.openForWriting()) {
      migrate(connection, file.path());
    }
  }

  /// Requires that the file has exactly this schema.
  ///
  /// @throws StoreRefused if it has another
  public void requireCurrent(Connection connection, Path path) throws SQLException {
    int version = require(connection, path);
    if (version < files.size()) {
      throw new StoreOutdated(
          "%s has schema version %d and this program reads version %d: start the server on it once"
              .formatted(path, version, files.size()));
    }
  }

  /// The schema version of the file, 0 for a new one.
  private int require(Connection connection, Path path) throws SQLException {
    requireKind(connection, path);
    int version = version(connection);
    if (version > files.size()) {
      throw new StoreRefused(
          "%s has schema version %d and this program knows version %d only:"
                  .formatted(path, version, files.size())
              + " start the newer program that wrote it");
    }
    for (int number = 1; number <= version; number++) {
      requireUnedited(connection, number, path);
    }
    return version;
  }

  /// Requires that a file which is there is of this kind or empty. Changes nothing in it, since a
  /// file of another kind must be left as it is.
  ///
  /// @throws StoreRefused if it is something else
  private void requireKind(SqliteFile file) throws SQLException {
    if (Files.exists(file.path())) {
      try (Connection connection = file.openAsItLies()) {
        requireKind(connection, file.path());
      }
    }
  }

  private void requireKind(Connection connection, Path path) throws SQLException {
    try {
      long id = SqliteFile.number(connection, "PRAGMA application_id");
      boolean untouched = id == 0 && SqliteFile.number(connection, TABLES) == 0;
      if (id != applicationId && !untouched) {
        throw otherKind(path);
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLITE_NOTADB) {
        throw otherKind(path);
      }
      throw e;
    }
  }

  private StoreRefused otherKind(Path path) {
    return new StoreRefused(
        "%s is not a %s: name a data directory of its own".formatted(path, what));
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
          throw new StoreRefused(
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
    }
    recordApplied(connection, number, script);
    SqliteFile.execute(connection, "COMMIT");
  }

  /// Takes over a file that was brought to schema `version` before that was recorded in it.
  ///
  /// @param connection writes, and is in no transaction
  public void adopt(Connection connection, int version) throws SQLException {
    SqliteFile.execute(connection, "BEGIN IMMEDIATE");
    for (int number = 1; number <= version; number++) {
      recordApplied(connection, number, script(number));
    }
    SqliteFile.execute(connection, "COMMIT");
  }

  private void recordApplied(Connection connection, int number, byte[] script) throws SQLException {
    if (number == 1) {
      SqliteFile.execute(connection, "PRAGMA application_id = " + applicationId);
      SqliteFile.execute(connection, MIGRATION_TABLE);
    }
    try (var applied = connection.prepareStatement(APPLIED)) {
      applied.setInt(1, number);
      applied.setString(2, files.get(number - 1));
      applied.setString(3, Sha256.hex(script));
      applied.executeUpdate();
    }
  }

  private byte[] script(int number) {
    String name = files.get(number - 1);
    try (var stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its migration " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
