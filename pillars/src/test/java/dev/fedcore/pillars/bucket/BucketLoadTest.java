package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.bucket.store.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many at once share commits, and everything that was acknowledged is there. Speed itself is not
/// asserted, since tests run beside others; `-Dbucket.load=N` makes it a measurement of N times.
class BucketLoadTest {

  private static final int TIMES = Integer.getInteger("bucket.load", 1);

  @TempDir private Path directory;

  @Test
  void concurrent_single_posts_share_commits_and_lose_nothing() throws InterruptedException {
    try (var served = Served.in(directory)) {
      BucketLoad.Result result = BucketLoad.run(served.uri(), 64, 10 * TIMES, 1);
      keep("single posts", result);

      assertThat(served.bucket().facts().events()).isEqualTo(result.events());
      assertThat(served.bucket().facts().commits()).isLessThan(result.events());
      assertThat(served.bucket().verify()).allMatch(Verification::isSound);
    }
  }

  @Test
  void batches_lose_nothing_either() throws InterruptedException {
    try (var served = Served.in(directory)) {
      BucketLoad.Result result = BucketLoad.run(served.uri(), 16, TIMES, 100);
      keep("batches of 100", result);

      assertThat(served.bucket().facts().events()).isEqualTo(result.events());
      assertThat(served.bucket().verify()).allMatch(Verification::isSound);
    }
  }

  /// For who measures; nothing is asked of it here.
  private static void keep(String how, BucketLoad.Result result) {
    try {
      Files.writeString(
          Path.of("target", "bucket-load.txt"),
          how + ": " + result + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
