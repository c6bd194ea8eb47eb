package dev.fedcore.pillars.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentCountTest {

  @Test
  void what_a_later_change_came_to_stays_whoever_publishes_first() {
    var count = new AgentCount();
    AgentCount.As first = count.counted(2);
    AgentCount.As second = count.counted(1);

    count.publish(second);
    count.publish(first);

    assertThat(count.agents()).isEqualTo(1);
  }
}
