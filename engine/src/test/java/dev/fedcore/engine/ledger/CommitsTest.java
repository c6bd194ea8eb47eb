package dev.fedcore.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// Who is woken by which commit.
class CommitsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Commits commits = Commits.upTo(4);

  @Test
  void every_entry_wakes_who_waits_for_entries() throws Exception {
    Thread waiting = waiting(() -> commits.awaitBeyond(4, PATIENCE));

    commits.reached(5, false);

    waiting.join();
    assertThat(commits.latest()).isEqualTo(5);
    assertThat(commits.latestWithMessages()).isEqualTo(-1);
  }

  @Test
  void only_an_entry_with_messages_wakes_who_waits_for_messages() throws Exception {
    assertThat(commits.awaitMessagesBeyond(-1, Duration.ZERO)).isFalse();
    Thread waiting = waiting(() -> commits.awaitMessagesBeyond(-1, PATIENCE));

    commits.reached(5, false);
    assertThat(commits.awaitMessagesBeyond(-1, Duration.ZERO)).isFalse();
    assertThat(waiting.isAlive()).isTrue();
    commits.reached(6, true);

    waiting.join();
    assertThat(commits.latestWithMessages()).isEqualTo(6);
  }

  @Test
  void what_comes_late_takes_nothing_back() throws Exception {
    commits.reached(7, true);
    commits.reached(6, true);

    assertThat(commits.latest()).isEqualTo(7);
    assertThat(commits.awaitMessagesBeyond(6, Duration.ZERO)).isTrue();
  }

  /// A wait, begun.
  private interface Wait {
    boolean forMore() throws InterruptedException;
  }

  private static Thread waiting(Wait wait) throws Exception {
    var task = new FutureTask<>(wait::forMore);
    Thread thread = Thread.ofVirtual().start(task);
    Eventually.holds(PATIENCE, () -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }
}
