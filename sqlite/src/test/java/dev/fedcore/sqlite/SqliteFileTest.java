package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How connections are set up.
class SqliteFileTest {

  @TempDir Path directory;

  @Test
  void flushes_every_commit_of_a_connection_that_writes() throws SQLException {
    try (Connection connection = file().openForWriting()) {
      assertThat(SqliteFile.number(connection, "PRAGMA synchronous")).isEqualTo(2);
      assertThat(SqliteFile.text(connection, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(SqliteFile.number(connection, "PRAGMA foreign_keys")).isEqualTo(1);
      assertThat(SqliteFile.number(connection, "PRAGMA trusted_schema")).isZero();
      assertThat(SqliteFile.number(connection, "PRAGMA busy_timeout")).isEqualTo(10_000);
    }
  }

  @Test
  void writes_nothing_through_a_connection_that_reads() throws SQLException {
    Notes.SCHEMA.prepare(file());

    try (Connection connection = file().openForReading()) {
      assertThatThrownBy(() -> SqliteFile.execute(connection, "DELETE FROM note"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("SQLITE_READONLY");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3.51.3, true",
    "3.54.1, true",
    "4.0, true",
    "3.51.2, false",
    "3.50.9, false",
    "2.99.9, false"
  })
  void wants_a_version_that_does_not_damage_the_file(String version, boolean sound) {
    assertThat(SqliteFile.isSound(version)).isEqualTo(sound);
  }

  private SqliteFile file() {
    return new SqliteFile(directory.resolve("a b%20?#ü'\".db"));
  }
}
