package dev.fedcore.engine;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.kernel.identity.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The disclosure store of a [MemoryLedger]. Guarded by the ledger's lock.
final class MemoryPeople {

  private final Map<String, SubjectKey> keys = new HashMap<>();
  private final Set<String> erased = new HashSet<>();
  private final Map<String, Disclosure> disclosures = new LinkedHashMap<>();

  boolean accepts(Append append) {
    return append.personal().subjects().stream()
        .allMatch(key ->
            !erased.contains(key.pseudonym())
                && Optional.ofNullable(keys.get(name(key.tenant(), key.subject())))
                    .map(key::equals)
                    .orElse(true));
  }

  void keep(Append append) {
    append.personal().subjects().forEach(key -> keys.put(name(key.tenant(), key.subject()), key));
    append
        .personal()
        .disclosures()
        .forEach(d -> disclosures.put(name(append.tenant(), d.commitment()), d));
    append.personal().erasing().ifPresent(erasure -> erase(append.tenant(), erasure));
  }

  Optional<SubjectKey> subject(TenantId tenant, String subject) {
    return Optional.ofNullable(keys.get(name(tenant, subject)));
  }

  Map<String, String> disclosed(TenantId tenant, Collection<String> commitments) {
    Map<String, String> values = new HashMap<>();
    for (String commitment : commitments) {
      Optional.ofNullable(disclosures.get(name(tenant, commitment)))
          .ifPresent(disclosure -> values.put(commitment, disclosure.value()));
      keys.values().stream()
          .filter(key -> key.tenant().equals(tenant) && key.pseudonym().equals(commitment))
          .forEach(key -> values.put(commitment, key.subject()));
    }
    return values;
  }

  List<Disclosure> disclosures(StreamId stream) {
    return disclosures.values().stream().filter(d -> d.stream().equals(stream)).toList();
  }

  private void erase(TenantId tenant, Erasure erasure) {
    disclosures.values().removeIf(d -> erasure.streams().contains(d.stream()));
    keys.values().removeIf(key -> key.pseudonym().equals(erasure.payloads()));
    erased.add(erasure.payloads());
    if (erasure.isLast()) {
      disclosures.values().removeIf(d -> d.author().equals(erasure.pseudonym()));
      keys.remove(name(tenant, erasure.subject()));
      erased.add(erasure.pseudonym());
    }
  }

  private static String name(TenantId tenant, String within) {
    return tenant + "/" + within;
  }
}
