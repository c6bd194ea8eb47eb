package dev.fedcore.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.AppendResult.VersionConflict;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.ledger.Sample;
import dev.fedcore.sqlite.Change;
import dev.fedcore.sqlite.GroupCommit;
import dev.fedcore.sqlite.SqliteFile;
import dev.fedcore.testing.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many appends, one commit: what one of them does to the others.
class SharedCommitTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final CountDownLatch held = new CountDownLatch(1);
  private Writes commits;

  @BeforeEach
  void start() throws SQLException {
    SqliteLedger.open(directory).close();
    commits =
        new Writes.Shared(
            GroupCommit.start(
                "ledger", LedgerFile.in(directory)::openForWriting, LedgerWriter::new),
            LedgerFile.in(directory));
  }

  @AfterEach
  void close() {
    held.countDown();
    commits.close();
  }

  @Test
  void keeps_the_others_when_one_has_a_version_conflict() throws Exception {
    hold();
    var first = call(() -> append(Sample.of(Sample.run(1), 0, "a")));
    var late = call(() -> append(Sample.of(Sample.run(1), 0, "late")));
    var other = call(() -> append(Sample.of(Sample.run(2), 0, "b", "c")));

    held.countDown();

    assertThat(List.of(first.get(), late.get()))
        .containsExactlyInAnyOrder(new Appended(1, 0), new VersionConflict(0, 1));
    assertThat(other.get()).isEqualTo(new Appended(2, 2));
    assertThat(rows("entry")).isEqualTo(3);
  }

  @Test
  void keeps_the_others_when_one_breaks_a_rule_of_the_schema() throws Exception {
    append(Sample.of(Sample.run(9), 0, "z").outbox(Sample.message("m", "webhook")));
    hold();
    var good = call(() -> append(Sample.of(Sample.run(1), 0, "a")));
    var bad =
        call(() -> append(Sample.of(Sample.run(2), 0, "b").outbox(Sample.message("m", "webhook"))));
    var better = call(() -> append(Sample.of(Sample.run(3), 0, "c")));

    held.countDown();

    assertThat(good.get()).isEqualTo(new Appended(1, 1));
    assertThat(better.get()).isEqualTo(new Appended(1, 2));
    assertThatThrownBy(bad::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(SQLException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("breaks a rule of the schema");
    assertThat(rows("entry")).isEqualTo(3);
  }

  @Test
  void fails_all_of_a_batch_with_its_commit_and_goes_on_with_a_new_connection() throws Exception {
    hold();
    var innocent = call(() -> append(Sample.of(Sample.run(1), 0, "a")));
    var guilty =
        call(() ->
            commits.commit(
                "break",
                1,
                _ -> {
                  throw new SQLException("the disk is gone");
                }));

    held.countDown();

    for (FutureTask<?> failed : List.of(innocent, guilty)) {
      assertThatThrownBy(failed::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(LedgerUnavailable.class)
          .hasRootCauseMessage("the disk is gone");
    }
    assertThat(rows("entry")).isZero();
    assertThat(append(Sample.of(Sample.run(1), 0, "a"))).isEqualTo(new Appended(1, 0));
  }

  @Test
  void remembers_the_versions_of_a_bounded_number_of_streams() {
    var versions = new StreamVersions();
    for (int i = 0; i <= StreamVersions.STREAMS_MAX; i++) {
      versions.put("stream " + i, i);
    }

    assertThat(versions.size()).isEqualTo(StreamVersions.STREAMS_MAX);
    assertThat(versions.get("stream 0")).isEmpty();
    assertThat(versions.get("stream 1")).contains(1L);
  }

  private AppendResult append(Sample sample) {
    var hashes = LedgerWriter.hashes(sample.append());
    return commits.commit(
        "append to " + sample.append().stream(),
        hashes.size(),
        writer -> writer.append(sample.append(), hashes));
  }

  /// Keeps the writing thread at work until [#held] is released, so that what follows waits.
  private void hold() throws InterruptedException {
    var begun = new CountDownLatch(1);
    Change<LedgerWriter, Integer> untilReleased =
        _ -> {
          begun.countDown();
          awaitHeld();
          return 1;
        };
    Thread.ofVirtual().start(() -> commits.commit("hold", 1, untilReleased));
    begun.await();
  }

  private void awaitHeld() {
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Calls in a thread of its own and returns once that thread waits for its answer.
  private <T> FutureTask<T> call(Callable<T> call) throws Exception {
    var task = new FutureTask<>(call);
    Thread caller = Thread.ofVirtual().start(task);
    Eventually.holds(
        PATIENCE,
        () ->
            caller.getState() == Thread.State.WAITING
                || caller.getState() == Thread.State.TERMINATED);
    return task;
  }

  private long rows(String table) throws SQLException {
    try (Connection connection = LedgerFile.in(directory).openForReading()) {
      return SqliteFile.number(connection, "SELECT count(*) FROM " + table);
    }
  }
}
