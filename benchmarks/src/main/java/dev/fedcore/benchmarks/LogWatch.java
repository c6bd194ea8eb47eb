package dev.fedcore.benchmarks;

import dev.fedcore.engine.ledger.ArchiveOpener;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Looks at a running server's data directory again and again: how many entries are committed, and
/// how many its published checkpoint covers.
///
/// What it says of a distance in time is never too small: an entry counts as committed from the
/// last look that did not see it yet, and as covered from the end of the first look at a checkpoint
/// that covers it.
final class LogWatch implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  /// A checkpoint that takes longer is none.
  private static final Duration COVERED_MAX = Duration.ofSeconds(30);

  private final Path checkpoint;
  private final Ledger ledger;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("log-watch").daemon().factory());
  private final Future<List<Sighting>> sightings;

  /// One look.
  ///
  /// @param begun by [System#nanoTime], before anything was read
  /// @param ended after all was read
  record Sighting(long begun, long ended, long committed, long published) {}

  private LogWatch(Path data, Ledger ledger) {
    this.checkpoint = data.resolve("log").resolve(TileLog.CHECKPOINT);
    this.ledger = ledger;
    this.sightings = thread.submit(this::watch);
  }

  /// Watches the directory of a server that has started.
  ///
  /// @throws IOException if there is no ledger
  static LogWatch on(Path data) throws IOException {
    Ledger ledger =
        ServiceLoader.load(ArchiveOpener.class).stream()
            .map(opener -> opener.get().open(data))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new IOException("there is no ledger in " + data));
    return new LogWatch(data, ledger);
  }

  /// How many entries are committed.
  long committed() {
    return ledger.size();
  }

  /// How long entries waited for a checkpoint that covers them: one time for each entry from index
  /// `from` to before `to`. Ends the watch when the last of them is covered.
  ///
  /// @throws IOException if that does not happen
  Latencies.Sorted behind(long from, long to)
      throws IOException, InterruptedException, ExecutionException {
    long end = System.nanoTime() + COVERED_MAX.toNanos();
    while (published() < to) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the log did not follow the ledger to entry " + to);
      }
      over.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
    }
    over.countDown();
    return behind(sightings.get(), from, to);
  }

  @Override
  public void close() {
    over.countDown();
    thread.close();
    ledger.close();
  }

  /// Until it is over, and once more then.
  private List<Sighting> watch() throws IOException, InterruptedException {
    var seen = new ArrayList<Sighting>();
    boolean isLast = false;
    while (!isLast) {
      isLast = over.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
      long begun = System.nanoTime();
      long committed = ledger.size();
      long published = published();
      seen.add(new Sighting(begun, System.nanoTime(), committed, published));
    }
    return seen;
  }

  private long published() throws IOException {
    return Files.exists(checkpoint)
        ? Checkpoint.parse(Note.parse(Files.readAllBytes(checkpoint)).text()).size()
        : 0;
  }

  /// @param seen in the order of the looks; the last one saw all before `to` covered
  static Latencies.Sorted behind(List<Sighting> seen, long from, long to) {
    var times = new Latencies();
    int unseen = 0;
    int covered = 0;
    for (long index = from; index < to; index++) {
      while (unseen + 1 < seen.size() && seen.get(unseen + 1).committed() <= index) {
        unseen++;
      }
      while (seen.get(covered).published() <= index) {
        covered++;
      }
      times.add(seen.get(covered).ended() - seen.get(unseen).begun());
    }
    return Latencies.sorted(List.of(times));
  }
}
