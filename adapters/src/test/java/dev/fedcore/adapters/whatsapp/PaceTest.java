package dev.fedcore.adapters.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration EACH = Duration.ofSeconds(6);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  private static long passed(Pace pace, String name, int tries) {
    return IntStream.range(0, tries).filter(_ -> pace.passes(name)).count();
  }

  @Test
  void lets_a_burst_through_and_then_one_at_a_time() {
    var pace = new Pace(EACH, 45, now::get);

    assertThat(passed(pace, "ann", 100)).isEqualTo(45);
    now.set(NOON.plus(EACH));
    assertThat(passed(pace, "ann", 100)).isEqualTo(1);
    now.set(NOON.plus(Duration.ofMinutes(1)));
    assertThat(passed(pace, "ann", 100)).isEqualTo(9);
  }

  @Test
  void saves_no_more_than_a_burst() {
    var pace = new Pace(EACH, 45, now::get);
    passed(pace, "ann", 100);

    now.set(NOON.plus(Duration.ofDays(30)));

    assertThat(passed(pace, "ann", 100)).isEqualTo(45);
  }

  @Test
  void keeps_names_apart() {
    var pace = new Pace(EACH, 2, now::get);

    assertThat(passed(pace, "ann", 5)).isEqualTo(2);
    assertThat(passed(pace, "ben", 5)).isEqualTo(2);
  }

  @Test
  void lets_nobody_new_through_while_it_can_remember_no_more() {
    var pace = new Pace(EACH, 2, 2, now::get);
    pace.passes("ann");
    pace.passes("ben");

    assertThat(pace.passes("cleo")).isFalse();
    assertThat(pace.passes("ann")).isTrue();

    now.set(NOON.plus(EACH));
    assertThat(pace.passes("cleo")).as("when ben's bucket is full again").isTrue();
  }

  @Test
  void a_clock_that_runs_backwards_lets_no_more_through() {
    var pace = new Pace(EACH, 2, now::get);
    passed(pace, "ann", 2);

    now.set(NOON.minus(Duration.ofHours(1)));

    assertThat(passed(pace, "ann", 5)).isZero();
  }
}
