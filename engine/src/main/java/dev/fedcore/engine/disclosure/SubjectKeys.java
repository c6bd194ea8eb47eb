package dev.fedcore.engine.disclosure;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys of people, as far as this process has met them. Safe for use by many threads.
///
/// A person whom nobody has met gets a key here; it is kept with the first append that names them.
/// The pseudonym is the commitment to the name under the salt HMAC-SHA-256(key, name), so that one
/// person is one pseudonym in all documents of a tenant.
public final class SubjectKeys {

  /// Under this name, which is nobody's, is kept what the salts of a tenant's runs are drawn from.
  /// It goes whenever payloads are erased: from then on nobody can draw their salts again.
  public static final String PAYLOADS = "";

  /// How many people are remembered, about 20 MB; beyond that all are looked up again.
  private static final int REMEMBERED_MAX = 65_536;

  private static final String ALGORITHM = "HmacSHA256";

  private final Ledger ledger;
  private final Supplier<byte[]> random;
  private final Map<Named, SubjectKey> byName = new ConcurrentHashMap<>();
  private final Map<Named, String> byPseudonym = new ConcurrentHashMap<>();

  /// A name, or what stands for it, within its tenant.
  private record Named(TenantId tenant, String name) {}

  /// @param random draws 32 secret bytes
  public SubjectKeys(Ledger ledger, Supplier<byte[]> random) {
    this.ledger = ledger;
    this.random = random;
  }

  /// Whether `name` is a person's, and not one that Federation Core gives to nobody or itself.
  public static boolean isPerson(String name) {
    return !name.isEmpty() && !name.equals(Principal.SYSTEM) && !name.equals(Principal.ANONYMOUS);
  }

  /// The key of a person; a new one for whom nobody has met.
  ///
  /// @throws dev.fedcore.engine.ledger.LedgerUnavailable if the ledger did not answer
  public SubjectKey of(TenantId tenant, String subject) {
    var named = new Named(tenant, subject);
    SubjectKey known = byName.get(named);
    return known != null
        ? known
        : remember(named, ledger.subject(tenant, subject).orElseGet(() -> drawn(tenant, subject)));
  }

  /// The key of a person whom the ledger knows.
  public Optional<SubjectKey> known(TenantId tenant, String subject) {
    return ledger.subject(tenant, subject);
  }

  /// Who stands behind a pseudonym; empty once that is erased.
  public Optional<String> named(TenantId tenant, String pseudonym) {
    String known = byPseudonym.get(new Named(tenant, pseudonym));
    return known != null
        ? Optional.of(known)
        : Optional.ofNullable(ledger.disclosed(tenant, List.of(pseudonym)).get(pseudonym));
  }

  /// Forgets a person whose key has been erased, or is not the one that is kept.
  public void forget(TenantId tenant, String subject) {
    SubjectKey known = byName.remove(new Named(tenant, subject));
    if (known != null) {
      byPseudonym.remove(new Named(tenant, known.pseudonym()));
    }
  }

  /// What seals the names and words of one stream.
  public Sealing sealing(TenantId tenant, StreamId stream) {
    return new Sealing(this, tenant, stream, random);
  }

  /// Two threads may meet the same person at once; both go on with the key of the first.
  private SubjectKey remember(Named named, SubjectKey key) {
    if (byName.size() >= REMEMBERED_MAX) {
      byName.clear();
      byPseudonym.clear();
    }
    SubjectKey first = byName.putIfAbsent(named, key);
    SubjectKey kept = first == null ? key : first;
    byPseudonym.put(new Named(named.tenant(), kept.pseudonym()), kept.subject());
    return kept;
  }

  /// The salt of the commitment to a person's name; 32 bytes.
  public static byte[] salt(SubjectKey key) {
    return hmac(Sha256.parseHex(key.key()), Commitment.canonical(key.subject()));
  }

  static PayloadSalt payloads(SubjectKey key, String actor, byte[] input) {
    byte[] message =
        new CanonicalWriter().beginArray().string(actor).raw(input).endArray().toBytes();
    return new PayloadSalt(Sha256.hexOf(hmac(Sha256.parseHex(key.key()), message)));
  }

  /// A salt that says nothing of the one it is made of.
  static byte[] reason(PayloadSalt salt, String text) {
    return hmac(Sha256.parseHex(salt.hex()), Commitment.canonical(text));
  }

  private SubjectKey drawn(TenantId tenant, String subject) {
    byte[] key = random.get();
    String pseudonym = Commitment.of(hmac(key, Commitment.canonical(subject)), subject);
    return new SubjectKey(tenant, subject, Sha256.hexOf(key), pseudonym);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
