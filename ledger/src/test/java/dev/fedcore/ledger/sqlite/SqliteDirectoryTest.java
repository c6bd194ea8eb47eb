package dev.fedcore.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.ledger.Sample;
import dev.fedcore.sqlite.StoreRefused;
import dev.fedcore.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One data directory, one process; and what is left when that process is killed.
class SqliteDirectoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  @TempDir Path notes;

  @Nested
  class A_directory_in_use {

    @Test
    void is_refused_to_the_same_process() {
      try (var _ = SqliteLedger.open(directory)) {
        assertThatThrownBy(() -> SqliteLedger.open(directory))
            .isInstanceOf(StoreRefused.class)
            .hasMessage(
                "the data directory %s is in use by another running server:".formatted(directory)
                    + " stop that one first, or start this one with another data directory");
      }
    }

    @Test
    void is_refused_to_another_process_even_after_this_one_asked_twice() throws Exception {
      try (var _ = SqliteLedger.open(directory)) {
        assertThatThrownBy(() -> SqliteLedger.open(directory)).isInstanceOf(StoreRefused.class);

        Process other = OtherProcess.start(directory, notes);

        assertThat(other.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isEqualTo(OtherProcess.REFUSED);
        assertThat(notes.resolve(OtherProcess.REASON))
            .content()
            .contains(directory.toString(), "in use", "stop that one first");
      }
    }

    @Test
    void is_refused_under_another_name_too() throws IOException {
      Path link = Files.createSymbolicLink(notes.resolve("link"), directory);
      try (var _ = SqliteLedger.open(directory)) {
        assertThatThrownBy(() -> SqliteLedger.open(link)).isInstanceOf(StoreRefused.class);
      } finally {
        Files.delete(link);
      }
    }

    @Test
    void is_free_again_once_closed_and_holds_one_file_and_its_lock() throws IOException {
      try (var ledger = SqliteLedger.open(directory)) {
        ledger.append(Sample.of(Sample.run(1), 0, "a").append());
        assertThat(ledger.size()).isEqualTo(1);
      }
      try (var files = Files.list(directory)) {
        assertThat(files)
            .map(Path::getFileName)
            .map(Path::toString)
            .containsExactlyInAnyOrder("ledger.db", "ledger.lock");
      }

      try (var again = SqliteLedger.open(directory)) {
        assertThat(again.size()).isEqualTo(1);
      }
    }
  }

  @Nested
  class A_killed_process {

    @Test
    void leaves_everything_that_was_answered_and_frees_the_directory() throws Exception {
      Path answered = notes.resolve(OtherProcess.ANSWERED);
      Process other = OtherProcess.start(directory, notes);
      Eventually.holds(PATIENCE, () -> Files.exists(answered) && Files.size(answered) > 200);

      other.destroyForcibly().waitFor();

      List<String> versions = Files.readAllLines(answered);
      try (var ledger = SqliteLedger.open(directory)) {
        long size = ledger.size();
        assertThat(size).isBetween((long) versions.size(), versions.size() + 1L);
        assertThat(entries(ledger)).isEqualTo(size);
        assertThat(ledger.append(Sample.of(Sample.run(1), size, "goes on").append()))
            .isEqualTo(new Appended(size + 1, size));
      }
    }

    /// How many entries the run has, a page after the other.
    private static long entries(SqliteLedger ledger) {
      StreamId stream = StreamId.of(Sample.run(1));
      long read = 0;
      long page;
      do {
        page = ledger.stream(stream, read, Ledger.ROWS_MAX).size();
        read += page;
      } while (page > 0);
      return read;
    }
  }

  @Test
  void a_directory_may_have_any_name() {
    Path odd = directory.resolve("a b%20?#ü'\"").resolve("deeper");

    try (var ledger = SqliteLedger.open(odd)) {
      ledger.append(Sample.of(Sample.run(1), 0, "a").append());
      assertThat(ledger.size()).isEqualTo(1);
    }

    assertThat(odd.resolve("ledger.db")).isRegularFile();
    try (var archive = SqliteArchive.open(odd)) {
      assertThat(archive.size()).isEqualTo(1);
    }
  }
}
