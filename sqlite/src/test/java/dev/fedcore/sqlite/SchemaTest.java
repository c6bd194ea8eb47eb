package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a file from schema to schema, and what is refused on it.
class SchemaTest {

  private static final Schema LATER = Notes.schema("001_note.sql", "002_later.sql");
  private static final Schema BROKEN = Notes.schema("001_note.sql", "002_broken.sql");
  private static final Schema EDITED = Notes.schema("001_edited.sql");

  @TempDir Path directory;

  @Test
  void marks_a_file_that_does_not_mark_itself() throws SQLException {
    filled(Notes.SCHEMA);

    try (Connection connection = file().openForReading()) {
      assertThat(SqliteFile.number(connection, "PRAGMA application_id")).isEqualTo(0x4e4f5445);
      // sha256sum 001_note.sql
      assertThat(SqliteFile.text(connection, "SELECT number || name || checksum FROM migration"))
          .isEqualTo(
              "1001_note.sqlb686537a478ba4bbbc33ec049e037d679dea104f87275d2c564018927ae7d279");
    }
  }

  @Test
  void has_an_application_id_that_no_other_file_has() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schema(Notes.class, 0, "note table", Notes.SCHEMA.files()));
  }

  @Nested
  class A_file {

    @Test
    void of_a_newer_program_is_refused_with_both_versions() throws SQLException {
      filled(LATER);

      assertThatThrownBy(() -> Notes.SCHEMA.prepare(file()))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("schema version 2")
          .hasMessageContaining("version 1 only")
          .hasMessageContaining("start the newer program");
    }

    @Test
    void of_an_older_program_is_brought_up_with_all_it_holds() throws SQLException {
      filled(Notes.SCHEMA);

      LATER.prepare(file());

      assertThat(count("note")).isEqualTo(1);
      assertThat(count("pragma_table_info('note') WHERE name = 'later'")).isEqualTo(1);
    }

    @Test
    void of_an_older_program_is_not_current() throws SQLException {
      filled(Notes.SCHEMA);

      try (Connection connection = file().openForReading()) {
        Notes.SCHEMA.requireCurrent(connection, file().path());
        assertThatThrownBy(() -> LATER.requireCurrent(connection, file().path()))
            .isInstanceOf(StoreRefused.class)
            .hasMessageContaining("start the server on it once");
      }
    }

    @Test
    void keeps_the_old_schema_if_its_migration_fails_half_way() throws SQLException {
      filled(Notes.SCHEMA);

      assertThatThrownBy(() -> BROKEN.prepare(file())).isInstanceOf(SQLException.class);

      assertThat(count("sqlite_schema WHERE name = 'half'")).isZero();
      Notes.SCHEMA.prepare(file());
      assertThat(count("note")).isEqualTo(1);
    }

    @Test
    void made_with_another_text_of_a_migration_is_refused() throws SQLException {
      filled(Notes.SCHEMA);

      assertThatThrownBy(() -> EDITED.prepare(file()))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("another text of 001_edited.sql");
    }

    @Test
    void that_was_never_marked_is_taken_over_with_all_it_holds() throws SQLException {
      try (Connection connection = file().openForWriting()) {
        SqliteFile.execute(
            connection, "CREATE TABLE note (number INTEGER PRIMARY KEY, text TEXT UNIQUE)");
        SqliteFile.execute(connection, "INSERT INTO note (text) VALUES ('old')");
        Notes.SCHEMA.adopt(connection, 1);
      }

      LATER.prepare(file());

      assertThat(count("note")).isEqualTo(1);
      assertThat(count("migration")).isEqualTo(2);
    }

    @Test
    void that_is_another_database_is_refused_and_left_as_it_is() throws Exception {
      try (Connection connection = file().openForWriting()) {
        SqliteFile.execute(connection, "PRAGMA journal_mode = DELETE");
        SqliteFile.execute(connection, "CREATE TABLE recipe (id INTEGER PRIMARY KEY)");
      }
      byte[] before = Files.readAllBytes(file().path());

      assertThatThrownBy(() -> Notes.SCHEMA.prepare(file()))
          .isInstanceOf(StoreRefused.class)
          .hasMessage(
              "%s is not a note table: name a data directory of its own".formatted(file().path()));

      assertThat(Files.readAllBytes(file().path())).isEqualTo(before);
    }

    @Test
    void whose_process_was_killed_within_a_checkpoint_is_opened(@TempDir Path other)
        throws Exception {
      SqliteFile killed = new SqliteFile(other.resolve("notes.db"));
      int page;
      Notes.SCHEMA.prepare(file());
      try (Connection connection = file().openForWriting()) {
        page = (int) SqliteFile.number(connection, "PRAGMA page_size");
        SqliteFile.execute(connection, "PRAGMA wal_autocheckpoint = 0");
        SqliteFile.execute(
            connection, "INSERT INTO note (text) VALUES ('%s')".formatted("a".repeat(9 * page)));
        for (String suffix : List.of("", "-wal")) {
          Files.copy(Path.of(file().path() + suffix), Path.of(killed.path() + suffix));
        }
        SqliteFile.execute(connection, "PRAGMA wal_checkpoint(FULL)");
      }
      try (var moved = new RandomAccessFile(killed.path().toFile(), "rw")) {
        moved.write(Files.readAllBytes(file().path()), 0, page); // and no page after the first
      }
      try (Connection connection = killed.openImmutable()) {
        assertThatThrownBy(() -> SqliteFile.number(connection, "SELECT count(*) FROM note"))
            .hasMessageContaining("SQLITE_CORRUPT");
      }

      Notes.SCHEMA.prepare(killed);

      try (Connection connection = killed.openForReading()) {
        assertThat(SqliteFile.number(connection, "SELECT count(*) FROM note")).isEqualTo(1);
      }
    }

    @Test
    void that_is_another_database_and_was_not_closed_is_refused_and_left_as_it_is()
        throws Exception {
      try (Connection connection = file().openForWriting()) {
        SqliteFile.execute(connection, "CREATE TABLE recipe (id INTEGER PRIMARY KEY)");
        Path log = Path.of(file().path() + "-wal");
        byte[] before = Files.readAllBytes(log);

        assertThatThrownBy(() -> Notes.SCHEMA.prepare(file()))
            .isInstanceOf(StoreRefused.class)
            .hasMessageContaining("is not a note table");

        assertThat(Files.readAllBytes(log)).isNotEmpty().isEqualTo(before);
      }
    }

    @Test
    void that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
      String text = "a letter to my aunt, ".repeat(100);
      Files.writeString(file().path(), text);

      assertThatThrownBy(() -> Notes.SCHEMA.prepare(file()))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("is not a note table");

      assertThat(file().path()).hasContent(text);
    }

    @Test
    void that_is_empty_is_filled() throws Exception {
      Files.createFile(file().path());

      Notes.SCHEMA.prepare(file());

      assertThat(count("note")).isZero();
    }
  }

  private void filled(Schema schema) throws SQLException {
    schema.prepare(file());
    try (Connection connection = file().openForWriting()) {
      SqliteFile.execute(connection, "INSERT INTO note (text) VALUES ('a')");
    }
  }

  private SqliteFile file() {
    return new SqliteFile(directory.resolve("notes.db"));
  }

  private long count(String from) throws SQLException {
    try (Connection connection = file().openForReading()) {
      return SqliteFile.number(connection, "SELECT count(*) FROM " + from);
    }
  }
}
