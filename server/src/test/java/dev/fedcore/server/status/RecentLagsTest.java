package dev.fedcore.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.outbox.Lag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentLagsTest {

  @Test
  void the_outbox_is_looked_at_once_a_second_however_often_somebody_asks() {
    var looks = new AtomicInteger();
    var nanos = new AtomicLong(Long.MAX_VALUE - 7);
    var lags =
        new RecentLags(
            () -> List.of(new Lag("bucket", looks.incrementAndGet(), Duration.ZERO, false)),
            nanos::get);

    assertThat(lags.get().getFirst().undelivered()).isEqualTo(1);
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(lags.get().getFirst().undelivered()).isEqualTo(1);
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(lags.get().getFirst().undelivered()).isEqualTo(2);
  }
}
