package dev.fedcore.benchmarks;

import dev.fedcore.benchmarks.BundleTiming.Once;
import dev.fedcore.benchmarks.Load.Outcome;
import dev.fedcore.benchmarks.Load.Script;
import dev.fedcore.benchmarks.OfflineVerifier.Verified;
import dev.fedcore.benchmarks.folder.TemporaryFolder;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/// What evidence costs: to publish a run and to verify its bundle, to keep the log close behind the
/// ledger, and to verify all of it offline. A figure that has a bar is followed by it.
final class EvidenceBench {

  private static final double FINALIZE_MS_MAX = 250;
  private static final double VERIFY_MS_MAX = 1_000;
  private static final double ENTRIES_PER_SECOND_MIN = 10_000;
  private static final double BEHIND_MS_MAX = 1_000;
  private static final double ROWS_PER_SECOND_MIN = 50_000;

  /// How long the load goes on at a time while there are too few rows.
  private static final Duration FILLING_TURN = Duration.ofSeconds(5);

  private static final double THOUSANDTHS = 1_000.0;

  private final Sizes sizes;
  private final String body;
  private final Consumer<String> progress;
  private final JsonObject.Builder report = JsonObject.builder();

  /// How much is measured.
  ///
  /// @param files of the run that is published
  /// @param repeats of its publication; there is one more before them, whose figures are shown
  ///   apart
  /// @param rows in the ledger, at least, when it is verified
  /// @param clients who make them, each with a run after the other
  /// @param warmup before the log is watched
  /// @param measured while it is watched
  record Sizes(
      int files, int repeats, long rows, int clients, Duration warmup, Duration measured) {}

  /// @param body of the request that makes a governed run
  EvidenceBench(Sizes sizes, String body, Consumer<String> progress) {
    this.sizes = sizes;
    this.body = body;
    this.progress = progress;
  }

  /// Measures all three, one after the other.
  ///
  /// @throws IOException if the server or a verifier does not answer
  JsonObject measure() throws IOException, InterruptedException, ExecutionException {
    bundles();
    try (var data = TemporaryFolder.of("bench")) {
      long failures = governed(data.path());
      verified(data.path());
      return report.put("failures", failures).build();
    }
  }

  private void bundles() throws IOException {
    progress.accept(
        "publishing a run of %,d files %,d times".formatted(sizes.files(), sizes.repeats() + 1));
    var timing = new BundleTiming(sizes.files(), InstantSource.system());
    Once first = published(timing);
    var all = new ArrayList<Once>();
    for (int i = 0; i < sizes.repeats(); i++) {
      all.add(published(timing));
    }
    report.put("bundle_files", first.files()).put("bundle_bytes", first.bytes());
    put("seal_ms", median(all, Once::seal));
    put("finalize_ms", median(all, Once::finalise));
    atMost("finalize_ms", FINALIZE_MS_MAX);
    put("bundle_ms", median(all, Once::pack));
    put("verify_ms", median(all, Once::verify));
    atMost("verify_ms", VERIFY_MS_MAX);
    put("finalize_first_ms", first.finalise() / 1e6);
    put("verify_first_ms", first.verify() / 1e6);
  }

  private static Once published(BundleTiming timing) throws IOException {
    try (var root = TemporaryFolder.of("bench")) {
      return timing.once(root.path());
    }
  }

  private static double median(List<Once> all, ToLongFunction<Once> time) {
    var times = new Latencies();
    all.forEach(once -> times.add(time.applyAsLong(once)));
    return Latencies.sorted(List.of(times)).millis(0.50);
  }

  /// The log behind a server under load.
  ///
  /// @return runs that did not complete
  private long governed(Path data) throws IOException, InterruptedException, ExecutionException {
    try (var server = ServerUnderTest.on(data);
        var watch = LogWatch.on(data)) {
      var script = Script.createRun(server.url(), body);
      progress.accept("warming up for %d s".formatted(sizes.warmup().toSeconds()));
      long failures = load(sizes.warmup()).run(script).failures();
      progress.accept("watching the log for %d s".formatted(sizes.measured().toSeconds()));
      long from = watch.committed();
      Outcome outcome = load(sizes.measured()).run(script);
      long to = watch.committed();
      Latencies.Sorted behind = watch.behind(from, to);
      put("log_s", outcome.seconds());
      put("log_entries_per_s", (to - from) / outcome.seconds());
      atLeast("log_entries_per_s", ENTRIES_PER_SECOND_MIN);
      put("checkpoint_behind_p50_ms", behind.millis(0.50));
      put("checkpoint_behind_p99_ms", behind.millis(0.99));
      put("checkpoint_behind_max_ms", behind.millis(1));
      atMost("checkpoint_behind_max_ms", BEHIND_MS_MAX);
      failures += outcome.failures();
      while (watch.committed() < sizes.rows() && failures == 0) {
        progress.accept("%,d of %,d rows".formatted(watch.committed(), sizes.rows()));
        failures += load(FILLING_TURN).run(script).failures();
      }
      return failures;
    }
  }

  private Load load(Duration duration) {
    return new Load(sizes.clients(), duration);
  }

  private void verified(Path data) throws IOException, InterruptedException {
    var verifier = new OfflineVerifier(data);
    progress.accept("verifying");
    Verified everything = verifier.everything();
    Verified log = verifier.log();
    if (!everything.verified() || !log.verified() || log.rows() != everything.rows()) {
      throw new IOException(
          "what the server left does not verify: %s, and its log: %s".formatted(everything, log));
    }
    report.put("rows", everything.rows());
    put("verify_rows_per_s", everything.perSecond());
    atLeast("verify_rows_per_s", ROWS_PER_SECOND_MIN);
    put("verify_log_rows_per_s", log.perSecond());
    atLeast("verify_log_rows_per_s", ROWS_PER_SECOND_MIN);
  }

  private void put(String name, double value) {
    report.put(name, JsonNumber.of(Math.round(value * THOUSANDTHS) / THOUSANDTHS));
  }

  private void atMost(String name, double bar) {
    put(name + "_at_most", bar);
  }

  private void atLeast(String name, double bar) {
    put(name + "_at_least", bar);
  }
}
