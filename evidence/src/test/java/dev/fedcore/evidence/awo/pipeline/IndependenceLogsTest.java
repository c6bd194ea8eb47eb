package dev.fedcore.evidence.awo.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.awo.folder.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndependenceLogsTest {

  private static final int WRITERS = 4;
  private static final int ROUNDS = 200;

  @TempDir Path folder;

  @Test
  void everybody_who_fails_in_the_same_second_has_a_log_of_their_own() throws Exception {
    var workspace = new Workspace(folder);
    var together = new CyclicBarrier(WRITERS);
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        String name = "failure_" + round;
        List<Future<Path>> asked = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          asked.add(
              writers.submit(() -> {
                together.await();
                return IndependenceLogs.free(workspace, name);
              }));
        }
        var logs = new HashSet<Path>();
        for (Future<Path> log : asked) {
          logs.add(log.get());
        }
        assertThat(logs).hasSize(WRITERS).allSatisfy(log -> assertThat(log).exists());
      }
    }
  }
}
