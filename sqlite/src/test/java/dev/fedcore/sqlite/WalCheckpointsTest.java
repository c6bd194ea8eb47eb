package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The write-ahead log, moved into the file beside the thread that writes.
class WalCheckpointsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MEBIBYTE = 1024 * 1024;

  @TempDir Path directory;

  @Test
  void what_was_committed_comes_into_the_file_while_the_store_is_open() throws Exception {
    try (var store = open()) {
      add(store, "a");
      Eventually.holds(PATIENCE, () -> notesWithoutTheLog() == 1);

      add(store, "b");
      Eventually.holds(PATIENCE, () -> notesWithoutTheLog() == 2);
    }
  }

  @Test
  void the_log_begins_anew_under_a_writer_that_never_rests() throws Exception {
    int notes = 192;
    long written = 2L * notes * MEBIBYTE; // in the table, and in its index
    String note = "x".repeat(MEBIBYTE);
    try (var store = open()) {
      for (int i = 0; i < notes; i++) {
        add(store, i + note);
      }
      assertThat(Files.size(directory.resolve("notes.db-wal"))).isLessThan(written / 2);
      Eventually.holds(PATIENCE, () -> notesWithoutTheLog() == notes);
    }
    assertThat(directory.resolve("notes.db-wal")).doesNotExist();
  }

  @Test
  void the_log_is_not_emptied_beside_another_checkpoint() throws Exception {
    var file = new SqliteFile(directory.resolve("notes.db"));
    Notes.SCHEMA.prepare(file);
    // No store: its own checkpoints are made under another lock, and could meet this one.
    try (Connection writing = file.openForWriting()) {
      new Notes(writing).add("a");
      var checkpoint = new ReentrantLock();
      var compacting =
          new FutureTask<>(() -> {
            file.compact(checkpoint);
            return Files.size(directory.resolve("notes.db-wal"));
          });
      checkpoint.lock();
      try {
        Thread.ofPlatform().start(compacting);
        Eventually.holds(PATIENCE, checkpoint::hasQueuedThreads);
        assertThat(compacting.isDone()).isFalse();
      } finally {
        checkpoint.unlock();
      }

      assertThat(compacting.get()).isZero();
    }
  }

  @Test
  void a_file_that_cannot_be_opened_for_a_while_holds_no_commit_up() throws Exception {
    var file = new SqliteFile(directory.resolve("notes.db"));
    Notes.SCHEMA.prepare(file);
    var connections = new Reluctant(file);
    try (var commits = GroupCommit.start("note table", connections, Notes::new)) {
      connections.refused.set(1);
      assertThat(commits.<Long>commit("add", 1, notes -> notes.add("a"))).isEqualTo(1);
      Eventually.holds(PATIENCE, () -> connections.refused.get() == 0);
      assertThat(notesWithoutTheLog()).isZero();

      assertThat(commits.<Long>commit("add", 1, notes -> notes.add("b"))).isEqualTo(2);
      Eventually.holds(PATIENCE, () -> notesWithoutTheLog() == 2);
    }
  }

  /// Refuses to open connections as often as it is told.
  private static final class Reluctant implements Connections {

    private final SqliteFile file;
    private final AtomicInteger refused = new AtomicInteger();

    Reluctant(SqliteFile file) {
      this.file = file;
    }

    @Override
    public Connection open() throws SQLException {
      if (refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new SQLException("not now");
      }
      return file.openForWriting();
    }
  }

  private Store<Notes> open() {
    return Store.open(directory.resolve("notes.db"), Notes.SCHEMA, Notes::new);
  }

  private static void add(Store<Notes> store, String text) {
    store.<Long>write("add", 1, notes -> notes.add(text));
  }

  /// How many notes somebody finds who has the file and not its log.
  private long notesWithoutTheLog() {
    try (Connection connection = new SqliteFile(directory.resolve("notes.db")).openImmutable()) {
      return SqliteFile.number(connection, "SELECT count(*) FROM note");
    } catch (SQLException _) {
      // Half of a checkpoint, or none yet.
      return -1;
    }
  }
}
