package dev.fedcore.cli.offline;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.engine.ledger.ArchiveOpener;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.verify.Finding;
import dev.fedcore.evidence.verify.LogVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Verifies a whole data directory: every stream of the ledger, what the runs' views hold, and the
/// log over all of it.
///
/// Reads the ledger as it stands; a server may go on writing, and what it adds meanwhile is not
/// looked at. Holds the hash of every entry, about 120 bytes each, and one run a processor.
public final class DataDirectory {

  /// Where the log stands in a data directory.
  public static final String LOG = "log";

  /// The log's verifier key, in the log's directory.
  public static final String KEY = "vkey";

  /// A page of the log: small enough for a small heap, large enough to be quick.
  private static final int PAGE = 1_000;

  /// How many streams pass between two lines of progress.
  private static final int PROGRESS_STREAMS = 1_000;

  private final Path directory;
  private final Ledger ledger;
  private final Consumer<String> progress;

  private DataDirectory(Path directory, Ledger ledger, Consumer<String> progress) {
    this.directory = directory;
    this.ledger = ledger;
    this.progress = progress;
  }

  /// Verifies `directory`. Empty if it holds no ledger.
  ///
  /// @param trusted whom to believe about the log, known from elsewhere; empty to believe the
  ///   directory's own key
  public static Optional<VerificationReport> verify(
      Path directory, Optional<CheckpointTrust> trusted, Consumer<String> progress) {
    try {
      Optional<Ledger> ledger = ledger(directory);
      if (ledger.isEmpty()) {
        return Optional.empty();
      }
      try (Ledger open = ledger.get()) {
        return Optional.of(new DataDirectory(directory, open, progress).verify(trusted));
      }
    } catch (LedgerUnavailable e) {
      throw new Failure(ExitCode.NO_INPUT, "the ledger cannot be read: " + e.getMessage());
    }
  }

  /// Opens the ledger of `directory` for reading, whatever kind it is. Empty if there is none.
  ///
  /// @throws LedgerUnavailable if it cannot be read; says which, why and what to do
  public static Optional<Ledger> ledger(Path directory) {
    return ServiceLoader.load(ArchiveOpener.class).stream()
        .map(opener -> opener.get().open(directory))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private VerificationReport verify(Optional<CheckpointTrust> trusted) {
    // The checkpoint first: it covers entries that are in the ledger by then.
    Optional<byte[]> checkpoint = read(directory.resolve(LOG).resolve(TileLog.CHECKPOINT));
    long size = ledger.size();
    var hashes = new ArrayList<String>();
    Set<StreamId> streams = walk(size, hashes);
    progress.accept("%,d entries in %,d streams".formatted(size, streams.size()));
    VerificationReport report = streams(streams);
    return report.and(log(hashes, checkpoint, trusted));
  }

  private Set<StreamId> walk(long size, List<String> hashes) {
    var streams = new LinkedHashSet<StreamId>();
    for (long index = 0; index < size; ) {
      List<LoggedEntry> page = ledger.log(index, (int) Math.min(PAGE, size - index));
      if (page.isEmpty()) {
        return streams;
      }
      for (LoggedEntry entry : page) {
        streams.add(entry.stream());
        hashes.add(entry.document().hash());
      }
      index += page.size();
    }
    return streams;
  }

  /// Each stream by itself, as many at once as there are processors.
  private VerificationReport streams(Set<StreamId> streams) {
    var check = new StreamCheck(ledger);
    var done = new AtomicInteger();
    return streams.parallelStream()
        .map(stream -> {
          VerificationReport report = check.verify(stream);
          int count = done.incrementAndGet();
          if (count % PROGRESS_STREAMS == 0) {
            progress.accept("%,d of %,d streams verified".formatted(count, streams.size()));
          }
          return report;
        })
        .reduce(VerificationReport.EMPTY, VerificationReport::and);
  }

  private VerificationReport log(
      List<String> hashes, Optional<byte[]> checkpoint, Optional<CheckpointTrust> trusted) {
    Path log = directory.resolve(LOG);
    if (checkpoint.isEmpty()) {
      return missing("the log has no checkpoint", hashes.isEmpty());
    }
    Optional<byte[]> key = read(log.resolve(KEY));
    if (trusted.isEmpty() && key.isEmpty()) {
      return missing("the log has no verifier key; give --key FILE", false);
    }
    CheckpointTrust trust =
        trusted.orElseGet(
            () -> CheckpointTrust.inKeys(VerifierKeys.of(key.orElseThrow(), log + "/" + KEY)));
    byte[] note = checkpoint.get();
    long covered = LogSize.of(note);
    if (covered > hashes.size()) {
      String what =
          "the checkpoint covers %,d entries, the ledger has %,d".formatted(covered, hashes.size());
      return new VerificationReport(List.of(new Finding(Finding.LOG, LOG, what)), 0, 0);
    }
    List<String> inLog = hashes.subList(0, (int) covered);
    VerificationReport verified = LogVerifier.verify(inLog, new DirectoryTiles(log), note, trust);
    return new VerificationReport(verified.findings(), 0, 0);
  }

  private static VerificationReport missing(String what, boolean fine) {
    return fine
        ? VerificationReport.EMPTY
        : new VerificationReport(List.of(new Finding(Finding.MISSING, LOG, what)), 0, 0);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be read");
    }
  }
}
