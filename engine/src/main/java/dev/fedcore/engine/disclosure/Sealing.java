package dev.fedcore.engine.disclosure;

import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Personal;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Seals the names and words of one stream, and opens them again. For one thread at a time.
///
/// The same words of the same author are sealed once, so that an entry and a receipt that quote
/// each other hold the same commitment. Words of people have a salt of their own: no two
/// commitments can be compared, and none outlives its disclosure. A reason of policy has one that
/// is made of the run's, so that equal executions stay equal.
public final class Sealing {

  private final SubjectKeys keys;
  private final TenantId tenant;
  private final StreamId stream;
  private final Supplier<byte[]> salts;
  private final Map<Words, String> sealed = new HashMap<>();
  private final Map<String, String> opened = new HashMap<>();
  private final Map<String, SubjectKey> named = new LinkedHashMap<>();
  private final List<Disclosure> written = new ArrayList<>();
  private PayloadSalt salt = PayloadSalt.NONE;

  /// What somebody wrote.
  ///
  /// @param author in the sealed form
  private record Words(String author, String text) {}

  Sealing(SubjectKeys keys, TenantId tenant, StreamId stream, Supplier<byte[]> salts) {
    this.keys = keys;
    this.tenant = tenant;
    this.stream = stream;
    this.salts = salts;
  }

  /// What stands for a person. A name that is nobody's stays.
  public String person(String name) {
    if (!SubjectKeys.isPerson(name)) {
      return name;
    }
    SubjectKey key = named.get(name);
    if (key == null) {
      key = keys.of(tenant, name);
      named.put(name, key);
    }
    return key.pseudonym();
  }

  /// The salt of a new run's payloads: the same for the same person who asks for the same, so that
  /// equal executions have equal hashes, until somebody is erased from the tenant.
  ///
  /// @param actor who asks for the run
  /// @param input canonical bytes of the run's input
  public PayloadSalt payloads(String actor, byte[] input) {
    SubjectKey key = named.computeIfAbsent(SubjectKeys.PAYLOADS, name -> keys.of(tenant, name));
    return SubjectKeys.payloads(key, actor, input);
  }

  /// What stands for words. None stay none.
  ///
  /// @param by the name of whoever wrote them
  public String text(String text, String by) {
    return text.isEmpty() ? text : sealed.computeIfAbsent(new Words(person(by), text), this::seal);
  }

  /// What stands for a reason of policy that quotes what was asked: the same for the same reason in
  /// equal executions, so that their step hashes are equal.
  public String reason(String text) {
    if (salt.equals(PayloadSalt.NONE)) {
      return text(text, Principal.SYSTEM);
    }
    return sealed.computeIfAbsent(
        new Words(Principal.SYSTEM, text), words -> seal(words, SubjectKeys.reason(salt, text)));
  }

  /// What a commitment stands for. What is no commitment, or has been erased, stays.
  public String clear(String text) {
    if (!Commitment.is(text)) {
      return text;
    }
    String words = opened.get(text);
    return words != null ? words : keys.named(tenant, text).orElse(text);
  }

  /// Takes in the salt of the run's payloads.
  public void know(PayloadSalt payloads) {
    salt = payloads;
  }

  /// Takes in what the stream's disclosures say.
  public void know(List<Disclosure> disclosures) {
    for (Disclosure disclosure : disclosures) {
      opened.put(disclosure.commitment(), disclosure.value());
      sealed.put(new Words(disclosure.author(), disclosure.value()), disclosure.commitment());
    }
  }

  /// What the next append keeps: the keys of everybody named since the last one, and what was
  /// sealed.
  public Personal taken() {
    var taken = new Personal(List.copyOf(named.values()), written, Optional.empty());
    named.clear();
    written.clear();
    return taken;
  }

  private String seal(Words words) {
    return seal(words, salts.get());
  }

  private String seal(Words words, byte[] of) {
    String commitment = Commitment.of(of, words.text());
    opened.put(commitment, words.text());
    written.add(new Disclosure(stream, commitment, Sha256.hexOf(of), words.text(), words.author()));
    return commitment;
  }
}
