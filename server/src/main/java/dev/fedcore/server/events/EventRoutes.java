package dev.fedcore.server.events;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.view.EntryJson;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.server.api.Accesses;
import dev.fedcore.server.api.Finding;
import dev.fedcore.server.entries.Entries;
import dev.fedcore.server.entries.EntryPages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/// Entries as they come, as server-sent events: `id` is the entry's index in the log, so that a
/// client that was cut off goes on where it was by `Last-Event-ID`.
///
/// Without one, a single run's events begin at its first entry, and a tenant's with the next. A
/// client that reads slowly is slowed down by its own connection and misses nothing. Where too many
/// streams are open, in all or of one principal, there is a 503.
///
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, section
///   9.2</a>
public final class EventRoutes implements AutoCloseable {

  /// How often a silent stream says that it is still there.
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /// How long a stream may take to notice that the server stops.
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Ledger ledger;
  private final Commits commits;
  private final Finding finding;
  private final LongSupplier nanoTime;
  private final OpenStreams open = new OpenStreams();
  private volatile boolean closed;

  /// Streams what `ledger` holds, woken by `commits`.
  ///
  /// @param nanoTime a clock that only runs forward
  public EventRoutes(Ledger ledger, Commits commits, Finding finding, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.commits = commits;
    this.finding = finding;
    this.nanoTime = nanoTime;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("GET", "/events", Accesses.READ, this::events));
  }

  /// Ends all streams within a second or so.
  @Override
  public void close() {
    closed = true;
  }

  /// There may be room when it is looked for and none when the stream begins; it ends at once then,
  /// as if it had been cut off.
  private Response events(Request request) {
    Principal principal = request.principal();
    Optional<StreamId> run =
        request
            .query()
            .text("run_id")
            .map(id -> StreamId.of(finding.known(Finding.runId(id), principal.tenant())));
    Optional<Long> after = lastHeard(request);
    if (!open.hasRoomFor(principal)) {
      throw new ProblemFound(
          Problem.of(
                  ProblemKind.TOO_MANY_STREAMS,
                  "%d streams may be open, and %d of one client; close one, then try again"
                      .formatted(OpenStreams.STREAMS_MAX, OpenStreams.OF_ONE_MAX))
              .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
    }
    Feed feed =
        run.map(stream -> feed(stream, after)).orElseGet(() -> feed(principal.tenant(), after));
    return Response.stream(MediaTypes.EVENTS, out -> follow(principal, feed, out));
  }

  private static Optional<Long> lastHeard(Request request) {
    try {
      return request.header("Last-Event-ID").map(id -> Cursors.count(id.strip()));
    } catch (IllegalArgumentException _) {
      throw new ProblemFound(
          Problem.of(
              ProblemKind.MALFORMED_HEADER, "the header Last-Event-ID is the index of an entry"));
    }
  }

  /// What is to be sent, and how far that has come. Used by one thread.
  private static final class Feed {

    private final LongFunction<List<LoggedEntry>> read;
    private final ToLongFunction<LoggedEntry> place;
    private long next;

    Feed(LongFunction<List<LoggedEntry>> read, ToLongFunction<LoggedEntry> place, long first) {
      this.read = read;
      this.place = place;
      this.next = first;
    }

    /// Those that have come meanwhile; a few at a time.
    List<LoggedEntry> more() {
      List<LoggedEntry> entries = read.apply(next);
      if (!entries.isEmpty()) {
        next = place.applyAsLong(entries.getLast()) + 1;
      }
      return entries;
    }
  }

  private Feed feed(TenantId tenant, Optional<Long> after) {
    return new Feed(
        from -> ledger.log(tenant, from, EntryPages.LOT),
        LoggedEntry::index,
        after.map(index -> index + 1).orElseGet(ledger::size));
  }

  private Feed feed(StreamId run, Optional<Long> after) {
    return new Feed(
        from -> ledger.page(run, from, EntryPages.LOT),
        LoggedEntry::seq,
        after.map(index -> seqAfter(run, index)).orElse(0L));
  }

  /// The place in a run of its first entry beyond `index` of the log.
  private long seqAfter(StreamId run, long index) {
    long low = 0;
    long high = ledger.last(run).map(last -> last.seq() + 1).orElse(0L);
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (ledger.page(run, middle, 1).getFirst().index() > index) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void follow(Principal principal, Feed feed, OutputStream out) throws IOException {
    if (!open.open(principal)) {
      return;
    }
    try {
      out.write(COMMENT);
      out.flush();
      copy(principal.tenant(), feed, out);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.closed(principal);
    }
  }

  private void copy(TenantId tenant, Feed feed, OutputStream out)
      throws IOException, InterruptedException {
    var disclosed = new Disclosed(ledger);
    long heard = nanoTime.getAsLong();
    while (!closed) {
      long latest = commits.latest();
      List<LoggedEntry> entries = feed.more();
      Map<String, String> names = disclosed.names(tenant, entries);
      for (LoggedEntry entry : entries) {
        write(entry, names, out);
      }
      if (!entries.isEmpty() || nanoTime.getAsLong() - heard > HEARTBEAT.toNanos()) {
        out.write(COMMENT, 0, entries.isEmpty() ? COMMENT.length : 0);
        out.flush();
        heard = nanoTime.getAsLong();
      }
      if (entries.isEmpty()) {
        commits.awaitBeyond(latest, LOOK_UP);
      }
    }
  }

  private static void write(LoggedEntry entry, Map<String, String> names, OutputStream out)
      throws IOException {
    String head =
        "id: %d\nevent: %s\ndata: "
            .formatted(entry.index(), Entries.eventType(entry.document().bytes()));
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(EntryJson.render(entry, names));
    out.write('\n');
    out.write('\n');
  }
}
