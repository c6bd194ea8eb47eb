package dev.fedcore.adapters.outbox;

import dev.fedcore.adapters.outbox.EffectRow.State;
import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.Store;
import dev.fedcore.sqlite.StoreUnavailable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Sees to it that what has one key leaves once, and knows afterwards what became of it: the file
/// `effects.db` in the data directory, and the folder `outbox` beside it for dry runs.
///
/// An effect is written down before its first byte leaves and again when its answer is there. A
/// process that dies in between leaves one that nobody can tell about, until the receiver reports
/// on it. One journal serves all adapters of a process. Safe for use by many threads at once.
public final class EffectJournal implements AutoCloseable {

  /// The name of the file in the data directory.
  public static final String NAME = "effects.db";

  /// The longest output that is kept, in bytes: an answer of 1 MiB, twice over for its escapes.
  static final int OUTPUT_BYTES_MAX = 1 << 22;

  /// How long a second caller under the same key waits for the first: longer than any adapter's own
  /// time limits.
  private static final Duration SAME_KEY_WAIT = Duration.ofMinutes(3);

  /// "FCef" in ASCII.
  private static final int APPLICATION_ID = 0x46436566;

  private static final Schema SCHEMA =
      new Schema(
          EffectJournal.class, APPLICATION_ID, "journal of effects", List.of("V001__effect.sql"));

  private static final String FIND =
      """
      SELECT dry_run, state, reference, output, code, message
        FROM effect
       WHERE effect_key = ?
      """;

  private static final String KEY_OF =
      """
      SELECT effect_key
        FROM effect
       WHERE reference = ?
         AND type = ?
       LIMIT 1
      """;

  /// What shows that it happened comes before what shows that it did not.
  private static final String REPORTED =
      """
      SELECT reference, happened
        FROM report
       WHERE effect_key = ?
       ORDER BY happened DESC
       LIMIT 1
      """;

  private final Store<EffectWriter> store;
  private final OutboxFolder folder;
  private final InstantSource clock;
  private final ConcurrentMap<String, CompletableFuture<AdapterOutcome>> underWay =
      new ConcurrentHashMap<>();

  private EffectJournal(Store<EffectWriter> store, OutboxFolder folder, InstantSource clock) {
    this.store = store;
    this.folder = folder;
    this.clock = clock;
  }

  /// Opens the journal, and makes it when there is none.
  ///
  /// @throws dev.fedcore.sqlite.StoreRefused if another process has it open, or a newer one made it
  /// @throws StoreUnavailable if the disk does not answer
  public static EffectJournal open(Path dataDirectory, InstantSource clock) {
    return new EffectJournal(
        Store.open(dataDirectory.resolve(NAME), SCHEMA, EffectWriter::new),
        new OutboxFolder(dataDirectory),
        clock);
  }

  /// Lets `sending` send, once under one key. Whoever comes later under the same key gets the same
  /// answer, and nothing is sent.
  ///
  /// @param sending sends; answers [AdapterOutcome.InDoubt] if it does not know
  public AdapterOutcome once(Intent intent, Supplier<AdapterOutcome> sending) {
    return alone(
        intent.effectKey(),
        () ->
            recorded(
                intent, new EffectRow(false, State.BEGUN, "", intent.output(), "", ""), sending));
  }

  /// Keeps the bytes that would have left, in the folder `outbox`.
  ///
  /// @param ending what the file's name ends in, such as `.eml`
  public AdapterOutcome dryRun(Intent intent, String ending, byte[] bytes) {
    String file = intent.effectKey() + ending;
    String reference = OutboxFolder.NAME + "/" + file;
    return alone(
        intent.effectKey(),
        () ->
            recorded(
                intent,
                new EffectRow(true, State.BEGUN, reference, intent.output(), "", ""),
                () -> kept(file, bytes, new AdapterOutcome.Done(reference, intent.output()))));
  }

  /// What became of the effect under a key, as far as it is known here.
  public Lookup find(String effectKey) {
    try {
      return store
          .first("find an effect", FIND, EffectRow::read, effectKey)
          .map(row -> lookup(effectKey, row))
          .orElseGet(Lookup.Absent::new);
    } catch (StoreUnavailable _) {
      return new Lookup.Unknowable("the journal of effects does not answer");
    }
  }

  /// The key of the effect that the outside calls `reference`.
  ///
  /// @throws StoreUnavailable if the journal does not answer
  public Optional<String> keyOf(String type, String reference) {
    return store.first(
        "find an effect's key", KEY_OF, row -> row.getString("effect_key"), reference, type);
  }

  /// Keeps what the receiver said of an effect. One that is not in the journal is somebody else's.
  ///
  /// @return whether it is ours and had not been said before
  /// @throws StoreUnavailable if it is not known to be kept; the receiver may say it again
  public boolean report(Report said) {
    String at = Timestamp.of(clock.instant());
    return store.write("keep a report", 1, writer -> writer.report(said, at));
  }

  /// Takes out of a purse, unless it would then have given more than `limit`.
  ///
  /// @throws StoreUnavailable if it is not known whether it gave
  public boolean take(String purse, long amount, long limit) {
    return store.write("take from a purse", 1, writer -> writer.take(purse, amount, limit));
  }

  /// Puts back what was taken and not used.
  ///
  /// @throws StoreUnavailable if it is not known whether it was put back
  public void giveBack(String purse, long amount) {
    store.write("give back to a purse", 1, writer -> writer.giveBack(purse, amount));
  }

  /// Forgets to whom and with what effects were had: outputs, names, messages, reports and the
  /// files of dry runs. That there was an effect under a key, and what became of it, stays.
  ///
  /// @param keyPrefixes what the keys of these effects begin with; none begins with another
  /// @throws StoreUnavailable if it is not known to be forgotten
  public void forget(Collection<String> keyPrefixes) {
    folder.remove(keyPrefixes);
    List<String> prefixes = List.copyOf(keyPrefixes);
    if (!prefixes.isEmpty()) {
      store.write("forget effects", prefixes.size(), writer -> writer.forget(prefixes));
    }
  }

  /// Writes the file anew, so that it does not hold what was forgotten.
  ///
  /// @throws StoreUnavailable if that did not work
  public void compact() {
    store.compact();
  }

  /// Finishes what was begun. Later executions answer [AdapterOutcome.NotNow].
  @Override
  public void close() {
    store.close();
  }

  private Lookup lookup(String effectKey, EffectRow row) {
    if (row.state() == State.BEGUN && row.isDryRun()) {
      return folder.has(row.reference().substring(OutboxFolder.NAME.length() + 1))
          ? new Lookup.Found(row.reference(), row.output())
          : new Lookup.Absent();
    }
    if (row.state() == State.BEGUN || row.state() == State.IN_DOUBT) {
      return store
          .first("find a report", REPORTED, said -> reported(said, row), effectKey)
          .orElseGet(row::lookup);
    }
    return row.lookup();
  }

  private static Lookup reported(ResultSet said, EffectRow row) throws SQLException {
    return said.getBoolean("happened")
        ? new Lookup.Found(said.getString("reference"), row.output())
        : new Lookup.Absent();
  }

  private AdapterOutcome kept(String file, byte[] bytes, AdapterOutcome done) {
    try {
      folder.keep(file, bytes);
      return done;
    } catch (UncheckedIOException _) {
      return new AdapterOutcome.NotNow("outbox_unwritable", "the folder outbox takes no file");
    }
  }

  /// Of all who come at once under one key, one does it, and the others wait for what it answers.
  private AdapterOutcome alone(String effectKey, Supplier<AdapterOutcome> doing) {
    var mine = new CompletableFuture<AdapterOutcome>();
    CompletableFuture<AdapterOutcome> first = underWay.putIfAbsent(effectKey, mine);
    if (first != null) {
      return awaited(first);
    }
    try {
      AdapterOutcome outcome = doing.get();
      mine.complete(outcome);
      return outcome;
    } finally {
      mine.complete(new AdapterOutcome.InDoubt(EffectRow.NO_KNOWN_END));
      underWay.remove(effectKey, mine);
    }
  }

  private static AdapterOutcome awaited(CompletableFuture<AdapterOutcome> first) {
    try {
      return first.get(SAME_KEY_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return new AdapterOutcome.InDoubt(EffectRow.NO_KNOWN_END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new AdapterOutcome.InDoubt(EffectRow.NO_KNOWN_END);
    }
  }

  private AdapterOutcome recorded(Intent intent, EffectRow begun, Supplier<AdapterOutcome> doing) {
    String at = Timestamp.of(clock.instant());
    Optional<EffectRow> earlier;
    try {
      earlier = store.write("begin an effect", 1, writer -> writer.begin(intent, begun, at));
    } catch (StoreUnavailable _) {
      return new AdapterOutcome.NotNow(
          "effects_unavailable", "the journal of effects does not answer; nothing was sent");
    }
    if (earlier.isPresent()) {
      return earlier.get().outcome();
    }
    AdapterOutcome outcome = doing.get();
    end(intent.effectKey(), begun.ended(outcome));
    return outcome;
  }

  /// What happened has happened: if it cannot be written down, a later look-up will not know, and
  /// who asked is told all the same.
  private void end(String effectKey, EffectRow row) {
    try {
      store.write("end an effect", 1, writer -> writer.end(effectKey, row));
    } catch (StoreUnavailable e) {
      System.getLogger(EffectJournal.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "effect_not_recorded effect_key=%s cause=%s".formatted(effectKey, e.getMessage()));
    }
  }
}
