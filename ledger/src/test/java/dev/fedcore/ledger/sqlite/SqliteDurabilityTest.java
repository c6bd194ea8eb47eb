package dev.fedcore.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.ledger.Sample;
import dev.fedcore.sqlite.Connections;
import dev.fedcore.sqlite.SqliteFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the file holds when the disk is full, when the power goes, and how it is asked to.
class SqliteDurabilityTest {

  private static final int ENTRIES_AN_APPEND = 3;

  @TempDir Path directory;
  @TempDir Path copies;

  @Nested
  class The_connection_that_writes {

    @Test
    void flushes_every_commit_to_a_write_ahead_log() throws SQLException {
      var opened = new CopyOnWriteArrayList<Connection>();
      SqliteFile file = LedgerFile.in(directory);
      Connections watched =
          () -> {
            Connection connection = file.openForWriting();
            opened.add(connection);
            return connection;
          };

      try (var ledger = SqliteLedger.open(directory, LedgerFile.SCHEMA, watched)) {
        ledger.append(Sample.of(Sample.run(1), 0, "a").append());

        // A later one moves the log into the file, which no commit is to wait for.
        Connection writer = opened.getFirst();
        assertThat(SqliteFile.number(writer, "PRAGMA synchronous")).isEqualTo(2);
        assertThat(SqliteFile.text(writer, "PRAGMA journal_mode")).isEqualTo("wal");
        assertThat(SqliteFile.number(writer, "PRAGMA foreign_keys")).isEqualTo(1);
        assertThat(SqliteFile.number(writer, "PRAGMA trusted_schema")).isZero();
        assertThat(SqliteFile.number(writer, "PRAGMA busy_timeout")).isEqualTo(10_000);
        assertThat(SqliteFile.number(writer, "PRAGMA wal_autocheckpoint")).isZero();
        assertThat(SqliteFile.number(writer, "PRAGMA application_id"))
            .isEqualTo(LedgerFile.SCHEMA.applicationId());
      }
    }
  }

  @Nested
  class A_full_disk {

    /// SQLite refuses to grow the file beyond this, with the same error as a full disk.
    private final AtomicInteger pagesMax = new AtomicInteger(60);

    private final String large = "{\"large\":\"" + "x".repeat(20_000) + "\"}";

    @Test
    void keeps_nothing_by_halves_and_works_again_when_there_is_space() {
      try (var ledger = SqliteLedger.open(directory, LedgerFile.SCHEMA, this::limited)) {
        long fits = fill(ledger);

        assertThatThrownBy(() -> ledger.append(append(fits)))
            .isInstanceOf(LedgerUnavailable.class)
            .hasMessageStartingWith("append to " + Sample.run(fits))
            .hasRootCauseMessage(
                "[SQLITE_FULL] Insertion failed because database is full"
                    + " (database or disk is full)");
        assertThat(ledger.size()).isEqualTo(fits * ENTRIES_AN_APPEND);
        assertThat(ledger.receipts(Sample.run(fits))).isEmpty();

        pagesMax.set(1_000_000);

        assertThat(ledger.append(append(fits)))
            .isEqualTo(new Appended(ENTRIES_AN_APPEND, (fits + 1) * ENTRIES_AN_APPEND - 1));
        assertThat(ledger.log(0, 10_000)).hasSize((int) (fits + 1) * ENTRIES_AN_APPEND);
      }
    }

    /// Appends until the disk is full.
    ///
    /// @return how many appends there was space for
    private long fill(SqliteLedger ledger) {
      for (long fits = 0; fits < 100; fits++) {
        try {
          ledger.append(append(fits));
        } catch (LedgerUnavailable _) {
          return fits;
        }
      }
      throw new AssertionError("the disk never was full");
    }

    private Append append(long number) {
      return Sample.of(Sample.run(number), 0, "a", large, "c").receipts("r").append();
    }

    private Connection limited() throws SQLException {
      Connection connection = LedgerFile.in(directory).openForWriting();
      SqliteFile.number(connection, "PRAGMA max_page_count = " + pagesMax.get());
      return connection;
    }
  }

  @Nested
  class A_torn_copy {

    private final AtomicInteger opened = new AtomicInteger();

    @Test
    void opens_to_a_prefix_of_what_was_appended_in_whole_appends() throws IOException {
      var appended = new ArrayList<LoggedEntry>();
      try (var ledger = SqliteLedger.open(directory, LedgerFile.SCHEMA, this::first)) {
        for (int i = 0; i < 40; i++) {
          ledger.append(Sample.of(Sample.run(i), 0, "a" + i, "b" + i, "c" + i).append());
        }
        appended.addAll(ledger.log(0, 1_000));
        long bytes = Files.size(writeAheadLog(directory));
        assertThat(bytes).isGreaterThan(40_000);
        for (int torn = 0; torn <= 20; torn++) {
          copy(copies.resolve("torn" + torn), bytes * torn / 20);
        }
      }

      int longest = -1;
      for (int torn = 0; torn <= 20; torn++) {
        List<LoggedEntry> found = found(copies.resolve("torn" + torn));

        assertThat(found.size() % ENTRIES_AN_APPEND).isZero();
        assertThat(found).isEqualTo(appended.subList(0, found.size()));
        assertThat(found.size()).isGreaterThanOrEqualTo(longest);
        longest = found.size();
      }
      assertThat(longest).isEqualTo(appended.size());
    }

    /// Refuses the connection that would move the log into the file: what is moved was durable in
    /// the log before, and no power cut tears it any more.
    private Connection first() throws SQLException {
      if (opened.getAndIncrement() > 0) {
        throw new SQLException("nothing is moved here");
      }
      return LedgerFile.in(directory).openForWriting();
    }

    private List<LoggedEntry> found(Path copy) {
      try (var ledger = SqliteLedger.open(copy)) {
        return ledger.log(0, 1_000);
      }
    }

    private void copy(Path to, long logBytes) throws IOException {
      Files.createDirectory(to);
      Files.copy(LedgerFile.in(directory).path(), LedgerFile.in(to).path());
      Files.copy(writeAheadLog(directory), writeAheadLog(to));
      try (var log = new RandomAccessFile(writeAheadLog(to).toFile(), "rw")) {
        log.setLength(logBytes);
      }
    }

    private static Path writeAheadLog(Path directory) {
      return directory.resolve("ledger.db-wal");
    }
  }
}
