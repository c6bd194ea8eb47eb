package dev.fedcore.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.ledger.Sample;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.SqliteFile;
import dev.fedcore.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The schema of a ledger: its text, and what it refuses by itself.
class SchemaTest {

  private static final Schema LATER =
      LedgerFile.schema("001_ledger.sql", "002_disclosure.sql", "003_later.sql");

  private static final String TEXT =
      """
      SELECT group_concat(type || ' ' || name || char(10) || sql || char(10), char(10))
        FROM (SELECT type, name, sql
                FROM sqlite_schema
               WHERE sql IS NOT NULL
               ORDER BY name)
      """;

  @TempDir Path directory;

  @Test
  void is_the_one_that_ledgers_in_the_field_have() throws Exception {
    filled(LedgerFile.SCHEMA);
    String golden;
    try (var stream = SchemaTest.class.getResourceAsStream("/golden/schema.txt")) {
      golden = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    try (Connection connection = LedgerFile.in(directory).openForReading()) {
      assertThat(SqliteFile.text(connection, TEXT))
          .as(
              "Ledgers that were made with this text are in use. Never edit a migration:"
                  + " add the next number, then copy the new text into golden/schema.txt")
          .isEqualTo(golden);
    }
  }

  @Nested
  class A_file {

    @Test
    void of_a_newer_program_is_refused_with_both_versions() throws Exception {
      filled(LATER);

      assertThatThrownBy(() -> SqliteLedger.open(directory))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("schema version 3")
          .hasMessageContaining("version 2 only")
          .hasMessageContaining("start the newer program");
      assertThatThrownBy(() -> SqliteArchive.open(directory)).isInstanceOf(StoreRefused.class);
    }

    @Test
    void of_an_older_program_is_brought_up_with_all_it_holds() throws Exception {
      filled(LedgerFile.SCHEMA);

      try (var ledger = open(LATER)) {
        assertThat(ledger.size()).isEqualTo(1);
      }
      assertThat(count("pragma_table_info('run') WHERE name = 'later'")).isEqualTo(1);
    }

    @Test
    void that_is_empty_becomes_a_ledger() throws IOException {
      Files.createFile(LedgerFile.in(directory).path());

      try (var ledger = SqliteLedger.open(directory)) {
        assertThat(ledger.size()).isZero();
      }
    }
  }

  @Test
  void from_before_there_was_a_disclosure_store_is_brought_up_with_all_it_holds() throws Exception {
    LedgerFile.schema("001_ledger.sql").prepare(LedgerFile.in(directory));
    try (Connection connection = LedgerFile.in(directory).openForWriting()) {
      SqliteFile.execute(
          connection,
          "INSERT INTO entry VALUES (0, 'tenant:default', 0, 'default', zeroblob(32), x'7b7d')");
    }

    try (var ledger = SqliteLedger.open(directory)) {
      assertThat(ledger.size()).isEqualTo(1);
      assertThat(ledger.subject(Sample.TENANT, "ann")).isEmpty();
    }
    assertThat(count("disclosure")).isZero();
  }

  @Nested
  class Entries_and_receipts {

    @Test
    void are_never_changed_or_removed_by_any_statement() throws Exception {
      filled(LedgerFile.SCHEMA);

      assertRefused("UPDATE entry SET tenant = 'thief'", "an entry is never changed");
      assertRefused("DELETE FROM entry", "an entry is never removed");
      assertRefused("UPDATE receipt SET body = x'00'", "a receipt is never changed");
      assertRefused("DELETE FROM receipt", "a receipt is never removed");
      assertThat(count("entry WHERE tenant = 'default'")).isEqualTo(1);
      assertThat(count("receipt")).isEqualTo(1);
    }

    @Test
    void have_keys_and_disclosures_beside_them_that_are_never_changed_either() throws Exception {
      filled(LedgerFile.SCHEMA);
      try (Connection connection = LedgerFile.in(directory).openForWriting()) {
        SqliteFile.execute(
            connection,
            "INSERT INTO subject (tenant, subject, subject_key, pseudonym)"
                + " VALUES ('t', 's', zeroblob(32), 'p')");
        SqliteFile.execute(
            connection,
            "INSERT INTO disclosure (tenant, stream, commitment, salt, value, author)"
                + " VALUES ('t', 's', 'c', zeroblob(32), 'v', 'p')");
      }

      assertRefused("UPDATE subject SET subject = 'x'", "never changed");
      assertRefused("UPDATE disclosure SET value = 'x'", "never changed");
    }

    @Test
    void cannot_share_a_place_in_a_stream() throws Exception {
      filled(LedgerFile.SCHEMA);

      assertRefused(
          "INSERT INTO entry SELECT 1, stream, seq, tenant, entry_hash, body FROM entry",
          "UNIQUE constraint failed: entry.stream, entry.seq");
    }

    private void assertRefused(String statement, String reason) throws SQLException {
      try (Connection connection = LedgerFile.in(directory).openForWriting()) {
        assertThatThrownBy(() -> SqliteFile.execute(connection, statement))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(reason);
      }
    }
  }

  private SqliteLedger open(Schema schema) {
    return SqliteLedger.open(directory, schema, LedgerFile.in(directory)::openForWriting);
  }

  private void filled(Schema schema) {
    try (var ledger = open(schema)) {
      ledger.append(Sample.of(Sample.run(1), 0, "a").receipts("r").append());
    }
  }

  private long count(String from) throws SQLException {
    try (Connection connection = LedgerFile.in(directory).openForReading()) {
      return SqliteFile.number(connection, "SELECT count(*) FROM " + from);
    }
  }
}
