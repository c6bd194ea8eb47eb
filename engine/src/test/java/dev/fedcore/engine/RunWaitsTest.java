package dev.fedcore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Whoever waits for a run has an answer when the run is paused or over, and when time is up.
class RunWaitsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_wait_ends_when_its_time_is_up() throws Exception {
    try (var rig = EngineRig.started()) {
      var hold = rig.adapter().hold();
      RunId run = rig.start("allow", "done");
      hold.awaitEntered();

      assertThat(status(rig, run, Duration.ZERO)).isEqualTo(RunStatus.RUNNING);
      assertThat(status(rig, run, Duration.ofMillis(5))).isEqualTo(RunStatus.RUNNING);

      hold.release();
      assertThat(status(rig, run, LONG)).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void a_wait_that_is_longer_than_a_copy_in_memory_is_relied_on_goes_on() throws Exception {
    try (var rig = EngineRig.started()) {
      var hold = rig.adapter().hold();
      RunId run = rig.start("allow", "done");
      hold.awaitEntered();

      long begun = System.nanoTime();
      var atMost = Duration.ofMillis(1_100);
      assertThat(status(rig, run, atMost)).isEqualTo(RunStatus.RUNNING);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(atMost);

      hold.release();
    }
  }

  @Test
  void many_wait_for_one_run_and_each_has_an_answer() throws Exception {
    try (var rig = EngineRig.started();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var hold = rig.adapter().hold();
      RunId run = rig.start("allow", "done");
      hold.awaitEntered();

      List<Future<RunStatus>> waits = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        var atMost = Duration.ofMillis(i);
        waits.add(threads.submit(() -> status(rig, run, atMost)));
      }
      for (Future<RunStatus> wait : waits) {
        assertThat(wait.get()).isEqualTo(RunStatus.RUNNING);
      }
      hold.release();
    }
  }

  @Test
  void a_run_is_not_woken_for_again_at_once() {
    try (var rig = EngineRig.started()) {
      LiveRun run = RunBoundsTest.live(rig, 1, JsonObject.EMPTY);

      assertThat(run.wakes(LONG)).isTrue();
      assertThat(run.wakes(LONG)).isFalse();
      assertThat(run.wakes(Duration.ofNanos(-1))).isTrue();
    }
  }

  @Test
  void nobody_waits_for_a_run_that_does_not_exist() throws Exception {
    try (var rig = EngineRig.started()) {
      var unknown = new RunId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
      assertThat(rig.service().await(unknown, LONG)).isEmpty();
    }
  }

  private static RunStatus status(EngineRig rig, RunId run, Duration atMost)
      throws InterruptedException {
    return rig.service().await(run, atMost).orElseThrow().status();
  }
}
