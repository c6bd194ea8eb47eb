package dev.fedcore.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.batch.CommitFailed.Fate;
import dev.fedcore.engine.batch.GroupCommit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<List<Integer>> begun = new LinkedBlockingQueue<>();
  private final Semaphore released = new Semaphore(0);

  @AfterEach
  void stop() {
    released.release(1_000);
    callers.shutdown();
  }

  @Test
  void gives_each_caller_the_result_of_its_own_work() throws Exception {
    try (var commit = new GroupCommit<Integer, String>("t", limits(10_000, 64), this::named)) {
      List<Future<String>> answers =
          IntStream.range(0, 2_000).mapToObj(i -> callers.submit(() -> commit.commit(i))).toList();

      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo("done " + i);
      }
    }
  }

  @Test
  void commits_a_single_piece_at_once() throws Exception {
    try (var commit = gated(limits(10, 8))) {
      var answer = callers.submit(() -> commit.commit(1));

      assertThat(begun.take()).containsExactly(1);
      released.release();
      assertThat(answer.get()).isEqualTo("done 1");
    }
  }

  @Test
  void gathers_what_comes_while_it_writes_and_keeps_its_order() throws Exception {
    try (var commit = gated(limits(10, 8))) {
      submitInOrder(commit, 0, 5);

      assertThat(begun.take()).containsExactly(0);
      released.release();
      assertThat(begun.take()).containsExactly(1, 2, 3, 4);
      released.release();
    }
  }

  @Test
  void hands_over_no_more_than_the_limit() throws Exception {
    try (var commit = gated(limits(20, 3))) {
      submitInOrder(commit, 0, 8);
      released.release(10);

      assertThat(begun.take()).containsExactly(0);
      assertThat(begun.take()).containsExactly(1, 2, 3);
      assertThat(begun.take()).containsExactly(4, 5, 6);
      assertThat(begun.take()).containsExactly(7);
    }
  }

  @Test
  void fails_every_caller_of_a_failed_batch_and_goes_on() throws Exception {
    var broken = new IllegalStateException("disk full");
    try (var commit = failingOn(2, broken)) {
      var first = callers.submit(() -> commit.commit(1));
      begun.take();
      var second = submitWaiting(commit, 2);
      var third = submitWaiting(commit, 3);
      released.release(2);

      assertThat(first.get()).isEqualTo("done 1");
      assertFailed(second, Fate.FAILED, broken);
      assertFailed(third, Fate.FAILED, broken);
      released.release();
      assertThat(commit.commit(4)).isEqualTo("done 4");
    }
  }

  @Test
  void survives_an_error_in_the_writer() {
    var broken = new AssertionError("broken");
    released.release(2);
    try (var commit = failingOn(2, broken)) {
      assertThatThrownBy(() -> commit.commit(2)).hasCause(broken);
      assertThat(commit.commit(3)).isEqualTo("done 3");
    }
  }

  @Test
  void fails_a_batch_that_was_answered_incompletely() {
    try (var commit =
        new GroupCommit<Integer, String>("t", limits(10, 8), _ -> new ArrayList<>())) {
      assertThatThrownBy(() -> commit.commit(1))
          .isInstanceOf(CommitFailed.class)
          .cause()
          .hasMessage("0 results for 1 pieces of work");
    }
  }

  @Test
  void refuses_one_more_than_fits_the_queue() throws Exception {
    try (var commit = gated(limits(2, 8))) {
      var atWork = callers.submit(() -> commit.commit(0));
      begun.take();
      var second = submitWaiting(commit, 1);
      var third = submitWaiting(commit, 2);

      assertThatThrownBy(() -> commit.commit(3))
          .isInstanceOfSatisfying(
              CommitFailed.class, e -> assertThat(e.fate()).isEqualTo(Fate.NOT_TRIED))
          .hasMessage("2 pieces of work wait already");

      released.release(2);
      assertThat(atWork.get()).isEqualTo("done 0");
      assertThat(second.get()).isEqualTo("done 1");
      assertThat(third.get()).isEqualTo("done 2");
      assertThat(begun.take()).containsExactly(1, 2);
    }
  }

  @Test
  void finishes_what_it_took_when_it_is_closed_and_takes_no_more() throws Exception {
    var commit = gated(limits(100_000, 2));
    List<Future<String>> answers = submitInOrder(commit, 0, 5);
    begun.take();

    var closed = CompletableFuture.runAsync(commit::close, callers);
    awaitRefusal(commit);
    assertThat(closed).isNotDone();
    released.release(100_000);
    closed.get();

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo("done " + i);
    }
    commit.close();
  }

  @Test
  void withdraws_work_that_waited_too_long() throws Exception {
    try (var commit = gated(new Limits(10, 1, Duration.ofMillis(50)))) {
      var atWork = callers.submit(() -> commit.commit(0));
      begun.take();
      var waiting = callers.submit(() -> commit.commit(1));

      assertFailed(atWork, Fate.UNANSWERED);
      assertFailed(waiting, Fate.NOT_TRIED);
      released.release(5);
    }
    assertThat(begun).as("withdrawn work is never written").isEmpty();
  }

  @Test
  void waits_through_an_interruption_and_keeps_it() throws Exception {
    try (var commit = gated(limits(10, 1))) {
      var kept = new CompletableFuture<Boolean>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                String answer = commit.commit(1);
                kept.complete(answer.equals("done 1") && Thread.currentThread().isInterrupted());
              });
      begun.take();
      caller.interrupt();
      released.release();

      assertThat(kept.get()).isTrue();
    }
  }

  @Test
  void has_a_bound_on_everything() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, LONG));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 0, LONG));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, Duration.ZERO));
  }

  private GroupCommit<Integer, String> gated(Limits limits) {
    return new GroupCommit<>(
        "gated",
        limits,
        batch -> {
          begun.add(batch);
          released.acquireUninterruptibly();
          return named(batch);
        });
  }

  private GroupCommit<Integer, String> failingOn(int poison, Throwable failure) {
    return new GroupCommit<>(
        "failing",
        limits(10, 8),
        batch -> {
          begun.add(batch);
          released.acquireUninterruptibly();
          if (batch.contains(poison)) {
            switch (failure) {
              case RuntimeException e -> throw e;
              case Error e -> throw e;
              default -> throw new AssertionError(failure);
            }
          }
          return named(batch);
        });
  }

  private List<String> named(List<Integer> batch) {
    return batch.stream().map(i -> "done " + i).toList();
  }

  /// The first piece is at work when this returns; the others wait in order.
  private List<Future<String>> submitInOrder(GroupCommit<Integer, String> commit, int from, int to)
      throws InterruptedException {
    var answers = new ArrayList<Future<String>>();
    answers.add(callers.submit(() -> commit.commit(from)));
    List<Integer> first = begun.take();
    for (int i = from + 1; i < to; i++) {
      answers.add(submitWaiting(commit, i));
    }
    begun.add(first);
    return answers;
  }

  /// Submits and returns when the caller is parked, which is after its work was queued.
  private static Future<String> submitWaiting(GroupCommit<Integer, String> commit, int work)
      throws InterruptedException {
    var started = new CountDownLatch(1);
    var answer = new CompletableFuture<String>();
    Thread caller =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              started.countDown();
              try {
                answer.complete(commit.commit(work));
              } catch (CommitFailed e) {
                answer.completeExceptionally(e);
              }
            });
    started.await();
    while (caller.getState() != Thread.State.TIMED_WAITING
        && caller.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    return answer;
  }

  /// Offers work until the closing has begun.
  private void awaitRefusal(GroupCommit<Integer, String> commit) {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                tryFor(commit);
              }
            })
        .isInstanceOf(CommitFailed.class)
        .hasMessage("the writer is closed");
  }

  private void tryFor(GroupCommit<Integer, String> commit) throws Exception {
    Future<String> offered = callers.submit(() -> commit.commit(99));
    try {
      offered.get(5, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } catch (TimeoutException _) {
      // It was taken, so the closing has not begun.
    }
  }

  private static void assertFailed(Future<String> answer, Fate fate, Throwable cause) {
    assertThatThrownBy(answer::get)
        .cause()
        .isInstanceOfSatisfying(CommitFailed.class, e -> assertThat(e.fate()).isEqualTo(fate))
        .hasCause(cause);
  }

  private static void assertFailed(Future<String> answer, Fate fate) {
    assertThatThrownBy(answer::get)
        .cause()
        .isInstanceOfSatisfying(CommitFailed.class, e -> assertThat(e.fate()).isEqualTo(fate));
  }

  private static Limits limits(int queueMax, int batchMax) {
    return new Limits(queueMax, batchMax, LONG);
  }
}
