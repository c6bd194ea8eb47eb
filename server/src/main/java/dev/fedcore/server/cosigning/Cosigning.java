package dev.fedcore.server.cosigning;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.engine.log.Publication;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.log.TileSource;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.DurableFile;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.evidence.witness.WitnessPolicy.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has checkpoints cosigned by all witnesses side by side, and publishes one when the quorum has
/// cosigned it.
///
/// All witnesses are asked about the same checkpoint, the target, so that their cosignatures come
/// together. It gives way to the newest one when its quorum is met, or when nobody is being asked:
/// a witness that is away is left to rest and holds up no other. Safe for use by many threads.
public final class Cosigning implements Publication, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Cosigning.class);

  /// How long the last checkpoint may wait for its quorum when all is to stop.
  private static final Duration END_MAX = WitnessClient.ANSWER_MAX.plusSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final WitnessPolicy policy;
  private final Path file;
  private final TileSource tiles;
  private final InstantSource clock;
  private final HttpClient http;
  private final List<AskedWitness> asked;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, SignatureLine> lines = new HashMap<>();
  private Optional<Signed> newest = Optional.empty();
  private Optional<Signed> target = Optional.empty();
  private Optional<Signed> published = Optional.empty();
  private Optional<Instant> waitingSince = Optional.empty();
  private int publishedLines;
  private boolean closed;

  /// @param note with the log's signature and no other
  private record Signed(Checkpoint checkpoint, String note, Instant at) {}

  private Cosigning(WitnessPolicy policy, Path directory, InstantSource clock) {
    this.policy = policy;
    this.file = directory.resolve(TileLog.CHECKPOINT);
    this.tiles = new DirectoryTiles(directory);
    this.clock = clock;
    this.asked = policy.witnesses().stream().map(AskedWitness::new).toList();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(WitnessClient.ANSWER_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// Begins where the published checkpoint in the log's directory left off.
  ///
  /// @param log the key of the log
  public static Cosigning start(
      WitnessPolicy policy, Path directory, NoteVerifier log, InstantSource clock) {
    var cosigning = new Cosigning(policy, directory, clock);
    cosigning.resume(log);
    cosigning.asked.stream()
        .filter(each -> each.witness().url().isPresent())
        .forEach(cosigning::begin);
    return cosigning;
  }

  private void begin(AskedWitness each) {
    var client = new WitnessClient(http, each.witness(), each.standing().size());
    threads.add(Thread.ofVirtual().name("witness-" + each.name()).start(() -> work(each, client)));
  }

  /// Takes up what is published. Nobody is asked about it before the log says that it is the
  /// newest: witnesses may have seen more.
  private void resume(NoteVerifier log) {
    Optional<Note> note = read();
    Optional<SignatureLine> signature = note.flatMap(known -> known.signatureOf(log));
    if (note.isEmpty() || signature.isEmpty()) {
      return;
    }
    var signed = new Note(note.get().text(), List.of(signature.get()));
    var checkpoint = Checkpoint.parse(signed.text());
    published = Optional.of(new Signed(checkpoint, signed.format(), clock.instant()));
    for (AskedWitness each : asked) {
      note.get()
          .signatureOf(each.witness().key())
          .ifPresent(line -> {
            lines.put(each.name(), line);
            each.cosigned(checkpoint.size(), line, Optional.empty());
          });
    }
    publishedLines = lines.size();
  }

  private Optional<Note> read() {
    try {
      return Files.exists(file)
          ? Optional.of(Note.parse(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  @Override
  public void signed(Checkpoint checkpoint, String note) {
    lock.lock();
    try {
      Signed signed =
          newest
              .or(() -> published)
              .filter(known -> known.checkpoint().equals(checkpoint))
              .orElseGet(() -> new Signed(checkpoint, note, clock.instant()));
      newest = Optional.of(signed);
      aimIfFree();
      if (!published.equals(newest) || !isMet()) {
        waitingSince = waitingSince.or(() -> Optional.of(signed.at()));
      }
      asked.stream()
          .filter(each -> !target.equals(newest) || !lines.containsKey(each.name()))
          .forEach(each -> each.behind(signed.at()));
      publish();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long publishedSize() {
    lock.lock();
    try {
      return published.map(each -> each.checkpoint().size()).orElse(0L);
    } finally {
      lock.unlock();
    }
  }

  /// How all stands now.
  public CosigningReport report() {
    lock.lock();
    try {
      return new CosigningReport(
          policy.quorumName(),
          newest.map(each -> each.checkpoint().size()).orElse(0L),
          publishedSize(),
          waitingSince,
          asked.stream().map(AskedWitness::standing).toList(),
          clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void work(AskedWitness each, WitnessClient client) {
    Optional<Signed> next = take(each);
    while (next.isPresent()) {
      Signed signed = next.get();
      WitnessClient.Answer answer;
      try {
        answer = client.ask(signed.checkpoint(), signed.note(), tiles);
      } catch (RuntimeException e) {
        LOG.warn("event=witness_not_asked witness=\"{}\"", each.name(), e);
        answer = new WitnessClient.Answer.Silent("it could not be asked; the log says why");
      }
      settle(each, signed, answer);
      next = take(each);
    }
  }

  /// Waits until the witness is to be asked; empty when all is to stop.
  private Optional<Signed> take(AskedWitness each) {
    lock.lock();
    try {
      while (!closed && !isDue(each)) {
        long rest = each.rest();
        var _ = changed.awaitNanos(rest > 0 ? rest : Long.MAX_VALUE);
      }
      if (closed) {
        return Optional.empty();
      }
      each.asking();
      return target;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(AskedWitness each) {
    return target.isPresent()
        && each.witness().url().isPresent()
        && !lines.containsKey(each.name())
        && each.rest() <= 0;
  }

  private void settle(AskedWitness each, Signed signed, WitnessClient.Answer answer) {
    lock.lock();
    try {
      each.answered();
      switch (answer) {
        case WitnessClient.Answer.Cosigned(SignatureLine line) -> cosigned(each, signed, line);
        case WitnessClient.Answer.Refused(String why) -> each.failed(why, false);
        case WitnessClient.Answer.Silent(String why) -> each.failed(why, false);
        case WitnessClient.Answer.Contradicted(String why) -> each.failed(why, true);
      }
      aimIfFree();
    } catch (RuntimeException e) {
      LOG.warn("event=checkpoint_not_published next=tried_again", e);
      each.failed("what it cosigned could not be published; the log says why", false);
      lines.remove(each.name());
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  private void cosigned(AskedWitness each, Signed signed, SignatureLine line) {
    boolean isNewest = newest.equals(Optional.of(signed));
    each.cosigned(
        signed.checkpoint().size(), line, isNewest ? Optional.empty() : newest.map(Signed::at));
    if (target.equals(Optional.of(signed))) {
      lines.put(each.name(), line);
      publish();
    }
  }

  private void aimIfFree() {
    if (target.isPresent() && !isMet() && isAnybodyAsked()) {
      return;
    }
    if (!target.equals(newest) && !published.equals(newest)) {
      lines.clear();
    }
    target = newest;
  }

  private boolean isAnybodyAsked() {
    return asked.stream().anyMatch(each -> each.isUnderWay() || isDue(each));
  }

  private boolean isMet() {
    return policy.quorum().isMetBy(lines.keySet());
  }

  /// Publishes the target, if it may be and there is something new about it.
  private void publish() {
    boolean isNew = !published.equals(target) || lines.size() > publishedLines;
    if (target.isEmpty() || !isMet() || !isNew) {
      return;
    }
    var note = new StringBuilder(target.get().note());
    for (Witness witness : policy.witnesses()) {
      SignatureLine line = lines.get(witness.name());
      if (line != null) {
        note.append(line.text());
      }
    }
    DurableFile.replace(file, note.toString().getBytes(UTF_8));
    published = target;
    publishedLines = lines.size();
    waitingSince = published.equals(newest) ? Optional.empty() : newest.map(Signed::at);
  }

  /// Lets the last checkpoint find its quorum, for some seconds, and stops.
  @Override
  public void close() {
    boolean interrupted = waitForQuorum();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    http.shutdownNow();
    for (Thread thread : threads) {
      interrupted |= !joined(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean waitForQuorum() {
    lock.lock();
    try {
      long left = END_MAX.toNanos();
      while (left > 0 && !published.equals(newest) && isAnybodyAsked()) {
        left = changed.awaitNanos(left);
      }
      return false;
    } catch (InterruptedException _) {
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static boolean joined(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }
}
