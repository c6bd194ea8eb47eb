package dev.fedcore.adapters.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void lets_nobody_wait_with_more_than_all_may_hold() throws InterruptedException {
    var turns = new Turns(3);

    assertThat(turns.take(Turns.BYTES_MAX - 1)).isTrue();
    assertThat(turns.take(2)).as("with two turns left").isFalse();
    assertThat(turns.take(1)).isTrue();

    turns.giveBack(Turns.BYTES_MAX - 1);
    assertThat(turns.take(2)).isTrue();
  }
}
