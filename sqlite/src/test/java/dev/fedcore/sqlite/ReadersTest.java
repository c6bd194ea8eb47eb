package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.testing.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few connections for many readers: none is lost, whatever a reader does with it.
class ReadersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CONNECTIONS_MAX = 4;

  @TempDir Path directory;
  private final AtomicInteger opened = new AtomicInteger();
  private Readers readers;

  @BeforeEach
  void open() throws SQLException {
    var file = new SqliteFile(directory.resolve("notes.db"));
    Notes.SCHEMA.prepare(file);
    readers =
        new Readers(
            "note table",
            () -> {
              opened.incrementAndGet();
              return file.openForReading();
            });
  }

  @AfterEach
  void close() {
    readers.close();
  }

  @Test
  void serve_thousands_of_threads_with_a_few_connections() throws Exception {
    List<Callable<Integer>> reads =
        IntStream.range(0, 2_000).<Callable<Integer>>mapToObj(i -> () -> echo(i)).toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(reads))
          .map(Future::resultNow)
          .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
    }

    assertThat(opened.get()).isBetween(1, CONNECTIONS_MAX);
  }

  @Test
  void replace_a_connection_whose_statement_failed() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> readers.first("read a riddle", "SELECT riddle", row -> 1))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessage("read a riddle")
          .hasRootCauseMessage(
              "[SQLITE_ERROR] SQL error or missing database (no such column: riddle)");
    }

    assertThat(echo(7)).isEqualTo(7);
  }

  @Test
  void get_a_connection_back_when_its_reader_fails() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() ->
              readers.first(
                  "read",
                  "SELECT 1",
                  _ -> {
                    throw new IllegalArgumentException("not what was expected");
                  }))
          .isInstanceOf(IllegalArgumentException.class);
    }

    assertThat(echo(7)).isEqualTo(7);
  }

  @Test
  void cannot_write() {
    assertThatThrownBy(() -> readers.first("write", "DELETE FROM note RETURNING 1", row -> 1))
        .isInstanceOf(StoreUnavailable.class)
        .rootCause()
        .hasMessageContaining("SQLITE_READONLY");
  }

  @Test
  void tell_an_interrupted_thread_so_and_keep_its_interrupt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> echo(1))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void finish_what_is_read_and_refuse_who_waits_when_they_are_closed() throws Exception {
    var reading = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var late = new ArrayList<Future<Integer>>();
      Future<Integer> early = threads.submit(() -> held(reading, release));
      reading.await();
      Thread closing = Thread.ofVirtual().start(readers::close);
      Eventually.holds(PATIENCE, () -> closing.getState() == Thread.State.TIMED_WAITING);
      for (int i = 0; i < 10; i++) {
        late.add(threads.submit(() -> echo(1)));
      }

      release.countDown();

      assertThat(early.get()).isEqualTo(1);
      for (Future<Integer> refused : late) {
        assertThatThrownBy(refused::get)
            .cause()
            .isInstanceOf(StoreUnavailable.class)
            .hasMessageContaining("the note table is closed");
      }
      closing.join();
    }
  }

  private int echo(int value) {
    return readers.first("read", "SELECT ?", row -> row.getInt(1), value).orElseThrow();
  }

  /// Reads a row and holds its connection until `release`.
  private int held(CountDownLatch reading, CountDownLatch release) {
    return readers
        .first(
            "read",
            "SELECT 1",
            row -> {
              reading.countDown();
              await(release);
              return row.getInt(1);
            })
        .orElseThrow();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
