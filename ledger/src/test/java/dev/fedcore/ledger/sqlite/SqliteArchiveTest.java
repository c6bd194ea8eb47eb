package dev.fedcore.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.ledger.ArchiveOpener;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.ledger.Sample;
import dev.fedcore.sqlite.SqliteFile;
import dev.fedcore.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading a data directory from outside: beside its server, after it, and where there is none.
class SqliteArchiveTest {

  private static final RunId RUN = Sample.run(1);

  @TempDir Path directory;

  @Nested
  class Beside_a_running_server {

    @Test
    void sees_what_was_appended_before_and_after_it_was_opened() {
      try (var ledger = SqliteLedger.open(directory)) {
        ledger.append(Sample.of(RUN, 0, "a").receipts("r").append());
        try (var archive = SqliteArchive.open(directory)) {
          assertThat(archive.log(0, 10)).isEqualTo(ledger.log(0, 10));

          ledger.append(Sample.of(RUN, 1, "b").run(Sample.row(RUN, RunStatus.COMPLETED)).append());

          assertThat(archive.log(0, 10)).hasSize(2);
          assertThat(archive.receipts(RUN)).isEqualTo(Sample.documents("r"));
          assertThat(archive.run(RUN)).isEqualTo(ledger.run(RUN));
        }
      }
    }

    @Test
    void does_not_keep_the_server_from_writing_closing_and_starting_again() {
      try (var ledger = SqliteLedger.open(directory)) {
        ledger.append(Sample.of(RUN, 0, "a").append());
      }
      try (var archive = SqliteArchive.open(directory)) {
        try (var ledger = SqliteLedger.open(directory)) {
          ledger.append(Sample.of(RUN, 1, "b").append());
        }
        assertThat(archive.size()).isEqualTo(2);
      }
    }

    @Test
    void refuses_every_change() {
      try (var ledger = SqliteLedger.open(directory);
          var archive = SqliteArchive.open(directory)) {
        assertThatThrownBy(() -> archive.append(Sample.of(RUN, 0, "a").append()))
            .isInstanceOf(LedgerUnavailable.class)
            .hasMessageContaining("open for reading only");
        assertThatThrownBy(() -> archive.delivered(List.of("m")))
            .isInstanceOf(LedgerUnavailable.class);
        assertThat(ledger.size()).isZero();
      }
    }
  }

  @Nested
  class After_the_server {

    @Test
    void gives_every_entry_page_by_page() {
      try (var ledger = SqliteLedger.open(directory)) {
        for (int i = 0; i < 25; i++) {
          ledger.append(Sample.of(Sample.run(i), 0, "a", "b").append());
        }
      }

      try (var archive = SqliteArchive.open(directory)) {
        long next = 0;
        for (List<LoggedEntry> page = archive.log(next, 7);
            !page.isEmpty();
            page = archive.log(next, 7)) {
          assertThat(page.getFirst().index()).isEqualTo(next);
          next = page.getLast().index() + 1;
        }
        assertThat(next).isEqualTo(50).isEqualTo(archive.size());
      }
    }

    @Test
    void makes_and_changes_no_file() throws IOException {
      filled();
      List<Path> before = files();
      byte[] bytes = Files.readAllBytes(directory.resolve("ledger.db"));

      try (var archive = SqliteArchive.open(directory)) {
        assertThat(archive.size()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
      }

      assertThat(files()).isEqualTo(before);
      assertThat(Files.readAllBytes(directory.resolve("ledger.db"))).isEqualTo(bytes);
    }

    @Test
    void is_found_by_whoever_asks_for_openers() {
      filled();

      var opened =
          ServiceLoader.load(ArchiveOpener.class).stream()
              .map(ServiceLoader.Provider::get)
              .map(opener -> opener.open(directory))
              .flatMap(Optional::stream)
              .toList();

      assertThat(opened).singleElement().extracting(Ledger::size).isEqualTo(1L);
      opened.forEach(Ledger::close);
    }
  }

  @Nested
  class On_a_disk_that_cannot_be_written_to {

    @Test
    void reads_a_closed_ledger_and_makes_no_file() throws Exception {
      filled();
      Files.createFile(directory.resolve("ledger.db-wal"));
      List<Path> before = files();

      try (Connection connection = unwritable(directory).open()) {
        assertThat(SqliteFile.number(connection, "SELECT count(*) FROM entry")).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
      }

      assertThat(files()).isEqualTo(before);
    }

    @Test
    void reads_beside_a_running_server() throws Exception {
      try (var ledger = SqliteLedger.open(directory)) {
        ledger.append(Sample.of(RUN, 0, "only in the write-ahead log").append());

        try (Connection connection = unwritable(directory).open()) {
          assertThat(SqliteFile.number(connection, "SELECT count(*) FROM entry")).isEqualTo(1);
        }
      }
    }

    @Test
    void refuses_a_copy_of_a_ledger_that_was_not_closed(@TempDir Path copy) throws IOException {
      try (var ledger = SqliteLedger.open(directory)) {
        ledger.append(Sample.of(RUN, 0, "only in the write-ahead log").append());
        for (String name : List.of("ledger.db", "ledger.db-wal")) {
          Files.copy(directory.resolve(name), copy.resolve(name));
        }
      }

      assertThatThrownBy(() -> unwritable(copy).open())
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("copy the directory");
    }

    private static ArchiveConnections unwritable(Path directory) {
      return new ArchiveConnections(LedgerFile.in(directory), false);
    }
  }

  @Nested
  class Where_there_is_no_ledger {

    @Test
    void refuses_and_makes_no_file() throws IOException {
      assertThatThrownBy(() -> SqliteArchive.open(directory))
          .isInstanceOf(StoreRefused.class)
          .hasMessage(
              "%s holds no ledger: name the data directory of a server".formatted(directory));
      assertThat(new SqliteArchiveOpener().open(directory)).isEmpty();
      assertThat(files()).isEmpty();
    }

    @Test
    void refuses_a_file_of_another_kind_and_makes_no_other() throws IOException {
      Files.writeString(directory.resolve("ledger.db"), "not a database ".repeat(500));

      assertThatThrownBy(() -> SqliteArchive.open(directory))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("is not a ledger");
      assertThatThrownBy(() -> new SqliteArchiveOpener().open(directory))
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessageContaining("is not a ledger");
      assertThat(files()).containsExactly(directory.resolve("ledger.db"));
    }

    @Test
    void refuses_an_empty_file() throws IOException {
      Files.createFile(directory.resolve("ledger.db"));

      assertThatThrownBy(() -> SqliteArchive.open(directory)).isInstanceOf(StoreRefused.class);
      assertThat(files()).containsExactly(directory.resolve("ledger.db"));
    }
  }

  private void filled() {
    try (var ledger = SqliteLedger.open(directory)) {
      ledger.append(Sample.of(RUN, 0, "a").append());
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
