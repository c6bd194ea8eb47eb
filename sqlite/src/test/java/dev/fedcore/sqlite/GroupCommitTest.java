package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.testing.Eventually;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many changes, one commit: what one of them does to the others.
class GroupCommitTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final AtomicInteger opened = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private final List<Thread> callers = new ArrayList<>();
  private GroupCommit<Notes> commits;

  @BeforeEach
  void start() throws SQLException {
    Notes.SCHEMA.prepare(file());
    commits = GroupCommit.start("note table", this::opened, Notes::new);
  }

  @AfterEach
  void close() {
    held.countDown();
    commits.close();
  }

  @Test
  void writes_all_that_waits_in_one_transaction() throws Exception {
    hold();
    List<FutureTask<Long>> waiting = addInTurn(50);

    held.countDown();

    for (int i = 0; i < 50; i++) {
      assertThat(waiting.get(i).get()).isEqualTo(i + 1);
    }
    assertThat(commits.commits()).isEqualTo(2);
  }

  @Test
  void keeps_the_others_when_one_breaks_a_rule_of_the_schema() throws Exception {
    add("twice");
    hold();
    var good = call(() -> add("good"));
    var bad = call(() -> add("twice"));
    var better = call(() -> add("better"));

    held.countDown();

    assertThat(good.get()).isEqualTo(2);
    assertThat(better.get()).isEqualTo(3);
    assertThatThrownBy(bad::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(SQLException.class)
        .cause()
        .isInstanceOf(ConstraintBroken.class)
        .hasMessage("add twice breaks a rule of the schema");
    assertThat(notes()).isEqualTo(3);
  }

  @Test
  void fails_all_of_a_batch_with_its_transaction_and_goes_on_with_a_new_connection()
      throws Exception {
    hold();
    var innocent = call(() -> add("innocent"));
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
          .hasRootCauseMessage("the disk is gone")
          .cause()
          .isInstanceOfSatisfying(StoreUnavailable.class, e -> assertThat(e.maybeDone()).isFalse());
    }
    assertThat(notes()).isZero();
    assertThat(add("innocent")).isEqualTo(1);
    assertThat(opened).hasValue(2);
  }

  @Test
  void does_not_know_what_a_failed_commit_has_done() throws Exception {
    assertThatThrownBy(() ->
            commits.commit(
                "add",
                1,
                session -> {
                  long count = session.add("kept");
                  SqliteFile.execute(session.connection(), "COMMIT");
                  return count;
                }))
        .isInstanceOfSatisfying(StoreUnavailable.class, e -> assertThat(e.maybeDone()).isTrue());

    assertThat(notes()).isEqualTo(1);
    assertThat(add("next")).isEqualTo(2);
  }

  @Test
  void knows_that_a_commit_which_broke_a_rule_has_done_nothing() throws Exception {
    commits.commit(
        "prepare",
        1,
        session -> {
          SqliteFile.execute(
              session.connection(),
              "CREATE TABLE child (id INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)");
          return 1;
        });

    assertThatThrownBy(() ->
            commits.commit(
                "orphan",
                1,
                session -> {
                  SqliteFile.execute(session.connection(), "INSERT INTO child VALUES (7)");
                  return session.add("orphan");
                }))
        .isInstanceOf(ConstraintBroken.class);

    assertThat(notes()).isZero();
  }

  @Test
  void survives_a_change_that_throws_an_error() {
    assertThatThrownBy(() ->
            commits.commit(
                "break",
                1,
                _ -> {
                  throw new StackOverflowError();
                }))
        .isInstanceOf(StoreUnavailable.class);

    assertThat(add("after")).isEqualTo(1);
  }

  @Test
  void closes_a_connection_that_it_cannot_use() throws Exception {
    var left = new ArrayList<Connection>();

    assertThatThrownBy(() ->
            GroupCommit.start(
                "note table",
                () -> {
                  left.add(file().openForWriting());
                  return left.getLast();
                },
                _ -> {
                  throw new SQLException("no session");
                }))
        .hasMessage("no session");

    assertThat(left.getFirst().isClosed()).isTrue();
  }

  @Test
  void answers_busy_when_too_many_wait() throws Exception {
    hold();
    var waiting = new ArrayList<FutureTask<Integer>>();
    for (int i = 0; i < CommitQueue.WAITING_MAX; i++) {
      waiting.add(call(() -> commits.commit("wait", 1, _ -> 1)));
    }

    assertThatThrownBy(() -> commits.commit("one more", 1, _ -> 1))
        .isInstanceOfSatisfying(StoreUnavailable.class, e -> assertThat(e.maybeDone()).isFalse())
        .hasMessage("one more: the note table is busy");

    held.countDown();
    for (FutureTask<Integer> task : waiting) {
      assertThat(task.get()).isEqualTo(1);
    }
  }

  @Test
  void finishes_what_waits_before_it_closes() throws Exception {
    hold();
    List<FutureTask<Long>> waiting = addInTurn(20);
    Thread closing = Thread.ofVirtual().start(commits::close);
    Eventually.holds(PATIENCE, () -> closing.getState() == Thread.State.WAITING);

    held.countDown();
    closing.join();

    for (FutureTask<Long> task : waiting) {
      assertThat(task.get()).isPositive();
    }
    assertThat(notes()).isEqualTo(20);
    assertThatThrownBy(() -> add("late"))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage("add late: the note table is closed");
  }

  @Test
  void tells_an_interrupted_caller_that_it_does_not_know() throws Exception {
    hold();
    var task = call(() -> add("a"));

    callers.getLast().interrupt();

    assertThatThrownBy(task::get)
        .cause()
        .isInstanceOfSatisfying(StoreUnavailable.class, e -> assertThat(e.maybeDone()).isTrue())
        .hasMessageContaining("interrupted");
  }

  @Test
  void takes_no_more_than_1024_changes_or_16384_rows_at_once() {
    var queue = new CommitQueue<Notes>();
    for (int i = 0; i < CommitQueue.BATCH_MAX + 1; i++) {
      queue.offer(new PendingChange<>(1, _ -> 1, new CompletableFuture<>()));
    }
    assertThat(queue.take()).hasSize(CommitQueue.BATCH_MAX);
    assertThat(queue.take()).hasSize(1);

    for (int i = 0; i < 5; i++) {
      int rows = CommitQueue.BATCH_ROWS_MAX / 2;
      queue.offer(new PendingChange<>(rows, _ -> 1, new CompletableFuture<>()));
    }
    assertThat(queue.take()).hasSize(2);
  }

  private long add(String text) {
    return commits.commit("add " + text, 1, session -> session.add(text));
  }

  private List<FutureTask<Long>> addInTurn(int count) throws Exception {
    var waiting = new ArrayList<FutureTask<Long>>();
    for (int i = 0; i < count; i++) {
      String text = "note " + i;
      waiting.add(call(() -> add(text)));
    }
    return waiting;
  }

  /// Keeps the writing thread at work until [#held] is released, so that what follows waits.
  private void hold() throws InterruptedException {
    var begun = new CountDownLatch(1);
    Change<Notes, Integer> untilReleased =
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
    callers.add(caller);
    Eventually.holds(
        PATIENCE,
        () ->
            caller.getState() == Thread.State.WAITING
                || caller.getState() == Thread.State.TERMINATED);
    return task;
  }

  /// Counts the connections of the thread that writes, not the one that moves the log.
  private Connection opened() throws SQLException {
    if (!Thread.currentThread().getName().endsWith("-checkpoints")) {
      opened.incrementAndGet();
    }
    return file().openForWriting();
  }

  private SqliteFile file() {
    return new SqliteFile(directory.resolve("notes.db"));
  }

  private long notes() throws SQLException {
    try (Connection connection = file().openForReading()) {
      return SqliteFile.number(connection, "SELECT count(*) FROM note");
    }
  }
}
