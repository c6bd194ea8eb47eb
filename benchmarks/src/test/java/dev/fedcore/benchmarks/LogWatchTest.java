package dev.fedcore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.benchmarks.LogWatch.Sighting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A distance in time is never said to be smaller than it was.
class LogWatchTest {

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  /// Two entries are committed after the first look, one after the second; a checkpoint covers the
  /// first two, and a later one all.
  private static final List<Sighting> SEEN =
      List.of(
          new Sighting(0, MILLI, 10, 10),
          new Sighting(10 * MILLI, 11 * MILLI, 12, 10),
          new Sighting(20 * MILLI, 21 * MILLI, 13, 12),
          new Sighting(30 * MILLI, 31 * MILLI, 13, 13));

  @Test
  void it_begins_with_the_last_look_that_did_not_see_the_entry() {
    Latencies.Sorted behind = LogWatch.behind(SEEN, 10, 12);

    assertThat(behind.count()).isEqualTo(2);
    assertThat(behind.millis(0.5)).isEqualTo(21);
    assertThat(behind.millis(1)).isEqualTo(21);
  }

  @Test
  void every_entry_counts_once() {
    Latencies.Sorted behind = LogWatch.behind(SEEN, 11, 13);

    assertThat(behind.count()).isEqualTo(2);
    assertThat(behind.millis(0.5)).isEqualTo(21);
    assertThat(behind.millis(1)).isEqualTo(21);
  }

  @Test
  void an_entry_that_was_covered_when_it_was_first_seen_waited_between_two_looks() {
    List<Sighting> quick =
        List.of(new Sighting(0, MILLI, 0, 0), new Sighting(10 * MILLI, 12 * MILLI, 1, 1));

    assertThat(LogWatch.behind(quick, 0, 1).millis(1)).isEqualTo(12);
  }

  @Test
  void without_entries_there_is_nothing_to_wait_for() {
    assertThat(LogWatch.behind(SEEN, 13, 13).count()).isZero();
  }
}
