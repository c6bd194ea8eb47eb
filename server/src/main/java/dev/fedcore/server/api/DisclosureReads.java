package dev.fedcore.server.api;

import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.server.entries.EntryPages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/// What a run's commitments stand for, with the salts, as far as it has not been erased: by
/// commitment, in pages. Words are found by their run; people only in the entries that name them.
public final class DisclosureReads {

  /// The most people on a page, each of whom is looked up.
  static final int PEOPLE_MAX = 1_000;

  private final Ledger ledger;
  private final Finding finding;

  public DisclosureReads(Ledger ledger, Finding finding) {
    this.ledger = ledger;
    this.finding = finding;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/workflows/runs/{run_id}/disclosures", Accesses.READ, this::disclosures));
  }

  private Response disclosures(Request request) {
    RunId run = finding.known(request);
    TenantId tenant = request.principal().tenant();
    String after = Cursors.read(request, position -> position).orElse("");
    Page page = page(tenant, StreamId.of(run), after);
    return Response.json(
        200,
        JsonObject.builder()
            .put("run_id", run.toString())
            .put(
                "disclosures",
                new JsonArray(page.all().stream().map(DisclosureReads::json).toList()))
            .put(
                "next_cursor",
                page.end()
                    .<JsonValue>map(end -> new JsonString(Cursors.write(end)))
                    .orElse(JsonNull.NULL))
            .build());
  }

  private static JsonValue json(Disclosure disclosure) {
    return JsonObject.builder()
        .put("commitment", disclosure.commitment())
        .put("salt", disclosure.salt())
        .put("value", disclosure.value())
        .build();
  }

  /// @param end the commitment up to which this page goes; empty for the last page
  private record Page(List<Disclosure> all, Optional<String> end) {}

  private Page page(TenantId tenant, StreamId stream, String after) {
    List<Disclosure> words = ledger.disclosuresAfter(stream, after, Ledger.ROWS_MAX);
    boolean isFull = Ledger.isFull(words, Ledger.ROWS_MAX, DisclosureReads::bytes);
    var others =
        new Others(
            after,
            words.stream().map(Disclosure::commitment).collect(Collectors.toSet()),
            isFull ? Optional.of(words.getLast().commitment()) : Optional.empty());
    others.collect(stream);
    Optional<String> end = others.end;
    var all = new ArrayList<Disclosure>();
    words.stream()
        .filter(word -> end.isEmpty() || word.commitment().compareTo(end.get()) <= 0)
        .forEach(all::add);
    ledger
        .disclosed(tenant, others.found)
        .values()
        .forEach(name ->
            ledger
                .subject(tenant, name)
                .filter(key -> others.found.contains(key.pseudonym()))
                .ifPresent(key -> all.add(person(stream, key))));
    all.sort(Comparator.comparing(Disclosure::commitment));
    return new Page(all, end);
  }

  private static long bytes(Disclosure words) {
    return words.value().getBytes(StandardCharsets.UTF_8).length;
  }

  /// What the entries hold besides words: the first so many of it.
  private final class Others {

    private final String after;
    private final Set<String> words;
    private final NavigableSet<String> found = new TreeSet<>();
    private Optional<String> end;

    Others(String after, Set<String> words, Optional<String> end) {
      this.after = after;
      this.words = words;
      this.end = end;
    }

    void collect(StreamId stream) {
      long next = 0;
      List<LoggedEntry> lot = ledger.page(stream, next, EntryPages.LOT);
      while (!lot.isEmpty()) {
        lot.forEach(this::collect);
        next = lot.getLast().seq() + 1;
        lot = ledger.page(stream, next, EntryPages.LOT);
      }
    }

    private void collect(LoggedEntry entry) {
      Matcher matcher =
          Commitment.ANYWHERE.matcher(new String(entry.document().bytes(), StandardCharsets.UTF_8));
      while (matcher.find()) {
        add(matcher.group());
      }
    }

    private void add(String commitment) {
      boolean isOnPage =
          commitment.compareTo(after) > 0
              && (end.isEmpty() || commitment.compareTo(end.get()) <= 0)
              && !words.contains(commitment);
      if (isOnPage && found.add(commitment) && found.size() > PEOPLE_MAX) {
        found.pollLast();
        end = Optional.of(found.last());
      }
    }
  }

  private static Disclosure person(StreamId stream, SubjectKey key) {
    return new Disclosure(
        stream,
        key.pseudonym(),
        Sha256.hexOf(SubjectKeys.salt(key)),
        key.subject(),
        key.pseudonym());
  }
}
