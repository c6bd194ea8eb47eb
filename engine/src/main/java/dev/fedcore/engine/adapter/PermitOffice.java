package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Issues permits and takes them back: whoever holds the key decides who may act.
///
/// A permit is good for one action, once, for a minute. Used ones are remembered by their effect
/// key until they would be void anyway, so that a second permit for the same attempt is no second
/// leave. Time that runs backwards does not bring one back to life. Safe for use by many threads at
/// once; a permit costs a few microseconds.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104, HMAC</a>
public final class PermitOffice implements Permits {

  /// How long a permit is good for. An adapter redeems it before its first byte leaves, so a minute
  /// is generous; longer would only keep used permits in memory.
  public static final Duration VALIDITY = Duration.ofSeconds(60);

  /// The length of the key, in bytes: that of the hash's own output (RFC 2104, section 3).
  public static final int KEY_BYTES = 32;

  /// The most used permits remembered: 4,000 a second for as long as each is good. Beyond that,
  /// everything is refused until old ones lapse; forgetting one early would let it be used again.
  public static final int REMEMBERED_MAX = 240_000;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKey key;
  private final InstantSource clock;
  private final int rememberedMax;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> used = new HashSet<>();
  private final PriorityQueue<Permit> byEnd =
      new PriorityQueue<>(Comparator.comparing(Permit::notAfter));
  private Instant latest = Instant.MIN;

  /// @param key 32 secret bytes; a restart with another one voids all permits
  public PermitOffice(byte[] key, InstantSource clock) {
    this(key, clock, REMEMBERED_MAX);
  }

  PermitOffice(byte[] key, InstantSource clock, int rememberedMax) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a permit key has 32 bytes, got " + key.length);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.clock = clock;
    this.rememberedMax = rememberedMax;
  }

  /// What a permit is bound to.
  ///
  /// @param salt what the digest was made with
  public record Bound(Digest digest, PayloadSalt salt) {}

  /// Leave to do `action` once, from now on and for [#VALIDITY]. The start of the step must be
  /// durable.
  public Permit issue(
      TenantId tenant, RunId run, StepId step, int attempt, Bound action, String actor) {
    Instant notAfter = clock.instant().plus(VALIDITY).truncatedTo(ChronoUnit.MICROS);
    String effectKey = Permit.effectKey(run, step, attempt);
    var unsigned =
        new Permit(
            tenant,
            run,
            step,
            attempt,
            action.digest(),
            action.salt(),
            actor,
            effectKey,
            notAfter,
            "");
    return unsigned.signed(signature(unsigned));
  }

  @Override
  public void redeem(Permit permit, Digest action) {
    if (!isGenuine(permit)) {
      throw new PermitRefused("the permit's signature is wrong");
    }
    if (!permit.action().equals(action)) {
      throw new PermitRefused(
          "the permit is for action %s, not for %s".formatted(permit.action(), action));
    }
    lock.lock();
    try {
      use(permit, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void use(Permit permit, Instant read) {
    latest = read.isAfter(latest) ? read : latest;
    forgetVoid();
    if (!latest.isBefore(permit.notAfter())) {
      throw new PermitRefused("the permit was good until " + permit.notAfter());
    }
    if (used.contains(permit.effectKey())) {
      throw new PermitRefused("a permit for %s has been used".formatted(permit.effectKey()));
    }
    if (used.size() >= rememberedMax) {
      throw new PermitRefused("more permits have been used than can be remembered");
    }
    used.add(permit.effectKey());
    byEnd.add(permit);
  }

  private void forgetVoid() {
    Permit first = byEnd.peek();
    while (first != null && !latest.isBefore(first.notAfter())) {
      used.remove(first.effectKey());
      byEnd.remove();
      first = byEnd.peek();
    }
  }

  /// Compared in constant time, so that a signature cannot be found byte by byte.
  private boolean isGenuine(Permit permit) {
    return MessageDigest.isEqual(
        signature(permit).getBytes(StandardCharsets.UTF_8),
        permit.signature().getBytes(StandardCharsets.UTF_8));
  }

  private String signature(Permit permit) {
    var writer = new CanonicalWriter();
    writer.beginObject();
    writer.name("action").string(permit.action().hex());
    writer.name("actor").string(permit.actor());
    writer.name("attempt").integer(permit.attempt());
    writer.name("effect_key").string(permit.effectKey());
    writer.name("not_after").string(permit.notAfter().toString());
    writer.name("payload_salt").string(permit.salt().hex());
    writer.name("run").string(permit.run().toString());
    writer.name("step").string(permit.step().value());
    writer.name("tenant").string(permit.tenant().value());
    writer.endObject();
    return HexFormat.of().formatHex(hmac(writer.toBytes()));
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
