package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Genesis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The entries of a run that could be read, in order, each checked against the one before.
final class EntryChain {

  static final String RUN_CODES = "FC-RUN-";
  static final String STATUS_CHANGED = "FC-RUN-002";
  static final String ENDED = "FC-RUN-003";
  private static final String CREATED = "run.created.v1";
  private static final String ERASED = "subject.erased.v1";

  private final String runId;
  private final Findings findings;
  private final List<Link> links = new ArrayList<>();
  private Optional<Genesis> genesis = Optional.empty();
  private Optional<String> status = Optional.empty();
  private Optional<String> head = Optional.empty();
  private long nextSeq;

  /// An entry and the hash that its bytes have.
  record Link(AuditEntry entry, String hash) {

    String where() {
      return where(entry.seq());
    }

    static String where(long seq) {
      return "entry " + seq;
    }
  }

  private EntryChain(String runId, Findings findings) {
    this.runId = runId;
    this.findings = findings;
  }

  static EntryChain check(RunEvidence run, Findings findings) {
    var chain = new EntryChain(run.runId(), findings);
    findings.require(
        !run.entries().isEmpty(), Finding.MISSING, "run " + run.runId(), "it has no entries");
    for (Exhibit exhibit : run.entries()) {
      chain.check(exhibit);
    }
    return chain;
  }

  List<Link> links() {
    return links;
  }

  /// What entry 0 says that the run is; empty for a stream that is no run.
  Optional<Genesis> genesis() {
    return genesis;
  }

  Set<String> contentHashes() {
    return genesis.map(known -> Set.of(known.definitionHash(), known.inputHash())).orElse(Set.of());
  }

  /// How many values were erased, as the entries say.
  long erased() {
    return links.stream()
        .filter(link -> link.entry().event().equals(ERASED))
        .mapToLong(EntryChain::count)
        .sum();
  }

  private static long count(Link erasure) {
    try {
      return JsonFields.of(erasure.entry().details(), "/details")
          .integer("count", 0, JsonNumber.INTEGER_MAX);
    } catch (MalformedInput _) {
      return 0;
    }
  }

  private void check(Exhibit exhibit) {
    String hash = exhibit.actualHash();
    String where = Link.where(nextSeq);
    findings.require(
        hash.equals(exhibit.hash()),
        Finding.CHANGED,
        where,
        "its bytes have the hash " + hash + ", not " + exhibit.hash());
    var read = findings.read(where, () -> AuditEntry.parse(exhibit.bytes()));
    if (read.isPresent()) {
      check(new Link(read.get(), hash));
    } else {
      nextSeq++;
    }
    head = Optional.of(hash);
  }

  private void check(Link link) {
    var entry = link.entry();
    findings.require(
        entry.runId().equals(runId),
        Finding.CHAIN_BROKEN,
        link.where(),
        "it is of run " + entry.runId() + ", not " + runId);
    findings.require(
        links.isEmpty() || links.getFirst().entry().tenantId().equals(entry.tenantId()),
        Finding.CHAIN_BROKEN,
        link.where(),
        "it is of another tenant, " + entry.tenantId());
    sequence(entry);
    prev(link);
    status(link);
    links.add(link);
  }

  private void sequence(AuditEntry entry) {
    if (entry.seq() > nextSeq) {
      findings.add(
          Finding.MISSING,
          Link.where(nextSeq),
          "%d entries are missing before %d".formatted(entry.seq() - nextSeq, entry.seq()));
    } else if (entry.seq() < nextSeq) {
      findings.add(
          Finding.EXTRA, Link.where(entry.seq()), "it comes again, after " + (nextSeq - 1));
    }
    nextSeq = Math.max(nextSeq, entry.seq() + 1);
  }

  private void prev(Link link) {
    String expected = head.orElseGet(() -> genesisHash(link));
    findings.require(
        link.entry().prev().equals(expected),
        Finding.CHAIN_BROKEN,
        link.where(),
        "prev is " + link.entry().prev() + ", what comes before has " + expected);
  }

  private void status(Link link) {
    var entry = link.entry();
    if (!entry.eventType().startsWith(RUN_CODES)) {
      return;
    }
    if (entry.eventType().equals(STATUS_CHANGED)) {
      findings.require(
          entry.previousStatus().equals(status),
          Finding.CHAIN_BROKEN,
          link.where(),
          "previous_status is %s, the run was %s"
              .formatted(entry.previousStatus().orElse("null"), status.orElse("null")));
    }
    status = entry.newStatus().or(() -> status);
  }

  private String genesisHash(Link first) {
    var entry = first.entry();
    if (!entry.event().equals(CREATED)) {
      return Genesis.ofStream(entry.runId(), entry.tenantId()).hash();
    }
    genesis = genesisOf(entry);
    if (genesis.isEmpty()) {
      findings.add(
          Finding.MALFORMED,
          first.where(),
          "its details do not name workflow_id, workflow_version, definition_hash and input_hash");
    }
    return genesis.map(Genesis::hash).orElse(entry.prev());
  }

  /// The genesis that entry 0 of a run stands for; empty when it is of a stream, or does not say.
  static Optional<Genesis> genesisOf(AuditEntry first) {
    var details = first.details();
    if (!first.event().equals(CREATED)
        || !Sha256.isHex(text(details, "definition_hash"))
        || !Sha256.isHex(text(details, "input_hash"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Genesis(
            first.runId(),
            first.tenantId(),
            text(details, "workflow_id"),
            text(details, "workflow_version"),
            text(details, "definition_hash"),
            text(details, "input_hash")));
  }

  /// The run's status after these entries.
  static Optional<String> statusAfter(List<AuditEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.eventType().startsWith(RUN_CODES))
        .flatMap(entry -> entry.newStatus().stream())
        .reduce((_, later) -> later);
  }

  /// A member that is a string; "" for any other, which no member that is asked for may be.
  static String text(JsonObject details, String name) {
    return details.get(name).orElse(null) instanceof JsonString(String value) ? value : "";
  }
}
