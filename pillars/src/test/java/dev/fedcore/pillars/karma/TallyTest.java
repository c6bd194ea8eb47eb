package dev.fedcore.pillars.karma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final Map<String, Long> NONE = Map.of();

  @Test
  void what_a_later_change_came_to_stays_whoever_publishes_first() {
    var tally = new Tally();
    var first = new Tally.Counts(1, Map.of("appeal", 2L), NONE);
    var second = new Tally.Counts(2, Map.of("appeal", 3L), NONE);

    tally.publish("default", second);
    tally.publish("default", first);

    assertThat(tally.of("default")).isEqualTo(second);
    assertThat(tally.of("elsewhere").events()).isEmpty();
  }

  @Test
  void a_tenant_without_anything_is_not_remembered() {
    var tally = new Tally();

    tally.publish("made-up", new Tally.Counts(1, NONE, NONE));

    assertThat(tally.of("made-up").change()).isZero();
  }
}
