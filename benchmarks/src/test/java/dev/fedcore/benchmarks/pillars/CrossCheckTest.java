package dev.fedcore.benchmarks.pillars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.benchmarks.pillars.CrossCheck.Findings;
import dev.fedcore.benchmarks.pillars.Tables.Event;
import dev.fedcore.benchmarks.pillars.Tables.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The judge sees what it is there to see.
class CrossCheckTest {

  private static final Errand ERRAND = Errand.allowed("t-1");
  private static final Run RUN = new Run("r-1", "COMPLETED", "user-0", "");
  private static final Event EVENT = new Event("r-1", true);

  private final Map<String, List<Run>> runs = new HashMap<>(Map.of("t-1", List.of(RUN)));
  private final Map<String, List<Event>> events = new HashMap<>(Map.of("t-1", List.of(EVENT)));
  private final Map<String, List<Event>> deeds = new HashMap<>(Map.of("t-1", List.of(EVENT)));
  private final Map<String, Integer> tasks = new HashMap<>(Map.of("t-1", 1));

  @Test
  void one_of_each_is_clean() {
    assertThat(findings().isClean()).isTrue();
    assertThat(findings().executed()).isEqualTo(1);
  }

  @Test
  void what_is_missing_is_lost() {
    events.clear();
    deeds.clear();
    tasks.clear();

    assertThat(findings().lost())
        .containsExactly(
            "t-1 has no event at Bucket", "t-1 has no deed at Karma", "t-1 has no task");
    runs.clear();
    assertThat(findings().lost()).containsExactly("t-1 has no run");
  }

  @Test
  void what_is_there_twice_is_doubled() {
    tasks.put("t-1", 2);
    deeds.put("t-1", List.of(EVENT, EVENT));

    assertThat(findings().doubled())
        .containsExactly("t-1 has 2 of deed at Karma, not 1", "t-1 has 2 of task, not 1");
  }

  @Test
  void two_stories_of_one_run_are_different() {
    events.put("t-1", List.of(new Event("r-1", false)));
    deeds.put("t-1", List.of(new Event("r-2", true)));

    assertThat(findings().different()).hasSize(2);
  }

  @Test
  void what_nobody_asked_for_is_found() {
    tasks.put("stranger", 1);

    assertThat(findings().different()).containsExactly("nobody asked for the task stranger");
  }

  @Test
  void a_failed_run_with_a_task_is_doubled() {
    runs.put("t-1", List.of(new Run("r-1", "FAILED", "user-0", "x: y")));
    events.put("t-1", List.of(new Event("r-1", false)));
    deeds.put("t-1", List.of(new Event("r-1", false)));

    assertThat(findings().doubled()).containsExactly("t-1 has 1 of task, not 0");
    assertThat(findings().notExecuted()).containsExactly(Map.entry("x: y", 1));
  }

  private Findings findings() {
    var journal = new Journal();
    journal.sent(ERRAND);
    journal.answered("t-1", "r-1");
    return CrossCheck.of(journal, new Tables(runs, events, deeds, tasks));
  }
}
