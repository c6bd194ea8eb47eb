package dev.fedcore.engine.erasure;

import dev.fedcore.engine.TenantEvent;
import dev.fedcore.engine.TenantJournal;
import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.disclosure.Sealing;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.erasure.ErasureOutcome.Erased;
import dev.fedcore.engine.erasure.ErasureOutcome.Live;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Erases one person from a tenant: key, words, payloads and clear names. Entries and receipts stay
/// byte for byte, so every hash, chain and proof holds as before.
///
/// Looks at every run of the tenant, and erases some at a time, each lot with an entry on the
/// tenant's stream that names what went and not whose it was. What is interrupted is finished by
/// asking again.
public final class Eraser {

  /// Runs of one transaction, so that its entry stays small and others wait little.
  private static final int LOT = 50;

  /// How many runs a refusal names.
  private static final int NAMED_MAX = 10;

  private final Ledger ledger;
  private final TenantJournal journal;
  private final SubjectKeys subjects;
  private final Consumer<RunId> memory;
  private final List<SideStore> sides;

  /// @param memory forgets the copy of a run that is kept in memory
  /// @param sides what else keeps what runs did
  public Eraser(
      Ledger ledger,
      TenantJournal journal,
      SubjectKeys subjects,
      Consumer<RunId> memory,
      List<SideStore> sides) {
    this.memory = memory;
    this.ledger = ledger;
    this.journal = journal;
    this.subjects = subjects;
    this.sides = List.copyOf(sides);
  }

  /// Erases `subject` from the tenant of whoever asks.
  ///
  /// @param reason why, in words; kept sealed, as words are
  /// @param subject a person's name, as [SubjectKeys#isPerson] knows them
  /// @throws IllegalArgumentException if it is nobody's
  /// @throws dev.fedcore.engine.ledger.LedgerUnavailable if the ledger did not answer, or runs
  ///   moved on meanwhile; what went before stays gone
  public ErasureOutcome erase(Principal by, String subject, String reason) {
    if (!SubjectKeys.isPerson(subject)) {
      throw new IllegalArgumentException("nobody has this name");
    }
    var mentions = new Mentions(subject);
    List<RunId> found = new ArrayList<>();
    List<RunId> live = new ArrayList<>();
    List<RunRow> page = page(by.tenant(), Optional.empty());
    while (!page.isEmpty()) {
      for (RunRow row : page) {
        if (concerns(row, subject, mentions)) {
          (row.status().isTerminal() ? found : live).add(row.run());
        }
      }
      page = page(by.tenant(), Optional.of(page.getLast().run()));
    }
    return live.isEmpty()
        ? erase(by, new Request(subject, reason, mentions), found)
        : refused(by, live);
  }

  /// What is asked for.
  private record Request(String subject, String reason, Mentions mentions) {}

  private boolean concerns(RunRow row, String subject, Mentions mentions) {
    return row.actor().equals(subject)
        || mentions.in(ErasedViews.parse(row.view()))
        || ledger.gates(row.run()).stream()
            .anyMatch(gate -> mentions.in(ErasedViews.parse(gate.view())));
  }

  private ErasureOutcome refused(Principal by, List<RunId> live) {
    List<String> named = live.stream().limit(NAMED_MAX).map(RunId::toString).toList();
    journal.refused(
        by,
        "EraseSubject",
        "LiveRuns",
        JsonObject.builder()
            .put("count", live.size())
            .put("run_ids", JsonArray.ofStrings(named))
            .build());
    return new Live(live);
  }

  private ErasureOutcome erase(Principal by, Request request, List<RunId> runs) {
    Optional<SubjectKey> key = subjects.known(by.tenant(), request.subject());
    if (key.isEmpty() && runs.isEmpty()) {
      return new Erased(0, List.of(), compacted());
    }
    long values = 0;
    int from = 0;
    do {
      int to = Math.min(from + LOT, runs.size());
      var lot = new Lot(request, key.map(SubjectKey::pseudonym).orElse(""), to == runs.size());
      runs.subList(from, to).forEach(lot::add);
      values += lot.write(by);
      runs.subList(from, to).forEach(memory);
      from = to;
    } while (from < runs.size());
    subjects.forget(by.tenant(), request.subject());
    return new Erased(values, runs, compacted());
  }

  /// Writes the stores anew, so that no file holds what was removed; says whether that worked.
  private boolean compacted() {
    try {
      ledger.compact();
      sides.forEach(SideStore::compact);
      return true;
    } catch (LedgerUnavailable e) {
      System.getLogger(Eraser.class.getName())
          .log(System.Logger.Level.WARNING, "not_compacted cause=" + e.getMessage());
      return false;
    }
  }

  /// What goes in one transaction.
  private final class Lot {

    private final Request request;
    private final String pseudonym;
    private final boolean isLast;
    private final List<RunRow> runs = new ArrayList<>();
    private final List<GateRow> gates = new ArrayList<>();
    private final Set<StreamId> streams = new HashSet<>();
    private final Set<String> commitments = new LinkedHashSet<>();
    private final Set<String> payloads = new LinkedHashSet<>();

    Lot(Request request, String pseudonym, boolean isLast) {
      this.request = request;
      this.pseudonym = pseudonym;
      this.isLast = isLast;
      if (isLast && !pseudonym.isEmpty()) {
        commitments.add(pseudonym);
      }
    }

    void add(RunId id) {
      RunRow row = ledger.run(id).orElseThrow();
      StreamId stream = StreamId.of(id);
      List<Disclosure> words = ledger.disclosures(stream);
      boolean isWhole = row.actor().equals(request.subject()) || isAbout(row) || isIn(words);
      var views = new ErasedViews(request.mentions(), isWhole);
      boolean isTheirs = row.actor().equals(request.subject());
      runs.add(views.of(row, isTheirs ? Disclosed.ERASED : row.actor()));
      ledger.gates(id).forEach(gate -> gates.add(views.of(gate)));
      payloads.addAll(views.payloads());
      if (isWhole) {
        streams.add(stream);
      }
      for (Disclosure disclosure : words) {
        if (isWhole || disclosure.author().equals(pseudonym)) {
          commitments.add(disclosure.commitment());
        }
      }
    }

    /// Whether somebody else's words, or a reason of policy, name the person.
    private boolean isIn(List<Disclosure> words) {
      return words.stream()
          .filter(each -> !each.author().equals(pseudonym))
          .anyMatch(each -> request.mentions().in(new JsonString(each.value())));
    }

    /// Whether the run was asked to do something about the person, not only answered by them.
    private boolean isAbout(RunRow row) {
      JsonObject view = ErasedViews.parse(row.view());
      return List.of("input_payload", "metadata", "tags", "correlation_id").stream()
          .anyMatch(name -> request.mentions().in(name, view.get(name).orElse(JsonNull.NULL)));
    }

    /// What stands beside the ledger goes first: who is interrupted still finds the runs.
    long write(Principal by) {
      List<RunId> about = streams.stream().map(stream -> RunId.parse(stream.value())).toList();
      sides.forEach(side -> side.forget(about));
      Sealing sealing = subjects.sealing(by.tenant(), StreamId.of(by.tenant()));
      int count = commitments.size() + payloads.size();
      var details =
          JsonObject.builder()
              .put("commitments", JsonArray.ofStrings(commitments))
              .put("count", count)
              .put("payloads", JsonArray.ofStrings(payloads))
              .put(
                  "reason",
                  sealing.text(request.mentions().erasedFrom(request.reason()), by.actor()))
              .put(
                  "runs",
                  JsonArray.ofStrings(runs.stream().map(row -> row.run().toString()).toList()))
              .build();
      var event =
          new TenantEvent("FC-ERASURE-001", "subject.erased.v1", count + " values erased", details);
      var erasure =
          new Erasure(request.subject(), pseudonym, runs, gates, streams, payloadKey(by), isLast);
      journal.record(by, event, sealing.taken().erasing(erasure));
      subjects.forget(by.tenant(), SubjectKeys.PAYLOADS);
      return count;
    }

    private String payloadKey(Principal by) {
      return runs.isEmpty()
          ? ""
          : subjects.known(by.tenant(), SubjectKeys.PAYLOADS).map(SubjectKey::pseudonym).orElse("");
    }
  }

  /// One page of a tenant's runs, newest first.
  private List<RunRow> page(TenantId tenant, Optional<RunId> before) {
    return ledger.runs(
        new RunQuery(
            tenant,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            before,
            RunQuery.LIMIT_MAX));
  }
}
