package dev.fedcore.server.cosigning;

import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.witness.WitnessPolicy.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How one witness stands, and when it may be asked again. Guarded by the lock of [Cosigning].
final class AskedWitness {

  private static final Logger LOG = LoggerFactory.getLogger(AskedWitness.class);

  /// How long a witness rests after it failed: this, doubled each time, up to a minute.
  private static final Duration REST_MIN = Duration.ofSeconds(1);

  private static final Duration REST_MAX = Duration.ofMinutes(1);

  /// Doublings that lead beyond the longest rest.
  private static final int DOUBLINGS_MAX = 10;

  private final Witness witness;
  private Standing standing;
  private boolean isUnderWay;
  private int failures;
  private long restsUntil = System.nanoTime();

  AskedWitness(Witness witness) {
    this.witness = witness;
    this.standing = Standing.of(witness.name(), witness.url().map(Object::toString));
  }

  Witness witness() {
    return witness;
  }

  String name() {
    return witness.name();
  }

  Standing standing() {
    return standing;
  }

  /// Whether it is being asked at this moment.
  boolean isUnderWay() {
    return isUnderWay;
  }

  /// How long it is still left alone, in nanoseconds; not above 0 when it may be asked.
  long rest() {
    return restsUntil - System.nanoTime();
  }

  void asking() {
    isUnderWay = true;
  }

  void answered() {
    isUnderWay = false;
  }

  void behind(Instant since) {
    standing = standing.behind(since);
  }

  /// @param since since when there is a newer checkpoint that it has not cosigned
  void cosigned(long size, SignatureLine line, Optional<Instant> since) {
    failures = 0;
    standing = standing.cosigned(size, witness.key().time(line), since);
  }

  void failed(String why, boolean isContradiction) {
    if (standing.lastError().isEmpty() || isContradiction) {
      LOG.warn("event=witness_does_not_cosign witness=\"{}\" why=\"{}\"", name(), why);
    }
    standing = standing.failed(why, isContradiction);
    long rest = REST_MIN.toNanos() << Math.min(failures, DOUBLINGS_MAX);
    restsUntil = System.nanoTime() + Math.min(rest, REST_MAX.toNanos());
    failures++;
  }
}
