package dev.fedcore.server.api;

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
import dev.fedcore.kernel.identity.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// Entries as they come, as server-sent events: `id` is the entry's index in the log, so that a
/// client that was cut off goes on where it was by `Last-Event-ID`.
///
/// Without one, a single run's events begin at its first entry, and a tenant's with the next. A
/// client that reads slowly is slowed down by its own connection and misses nothing.
///
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, section
///   9.2</a>
public final class EventRoutes implements AutoCloseable {

  /// Streams at once. Each holds a connection and a virtual thread.
  private static final int STREAMS_MAX = 1_000;

  /// How often a silent stream says that it is still there.
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /// How long a stream may take to notice that the server stops.
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  /// Entries read at a time.
  private static final int PAGE = 256;

  private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Ledger ledger;
  private final Commits commits;
  private final Finding finding;
  private final LongSupplier nanoTime;
  private final Semaphore streams = new Semaphore(STREAMS_MAX);
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

  private Response events(Request request) {
    TenantId tenant = request.principal().tenant();
    Optional<StreamId> run =
        request
            .query()
            .text("run_id")
            .map(id -> StreamId.of(finding.run(Finding.runId(id), tenant).run()));
    long from = resumeAt(request).orElseGet(() -> run.map(this::firstOf).orElseGet(ledger::size));
    return Response.stream(MediaTypes.EVENTS, out -> follow(tenant, run, from, out));
  }

  private static Optional<Long> resumeAt(Request request) {
    try {
      return request.header("Last-Event-ID").map(id -> Cursors.count(id.strip()) + 1);
    } catch (IllegalArgumentException _) {
      throw new ProblemFound(
          Problem.of(
              ProblemKind.MALFORMED_HEADER, "the header Last-Event-ID is the index of an entry"));
    }
  }

  private long firstOf(StreamId run) {
    return ledger.stream(run, 0, 1).getFirst().index();
  }

  private void follow(TenantId tenant, Optional<StreamId> run, long from, OutputStream out)
      throws IOException {
    if (!streams.tryAcquire()) {
      out.write(": too many streams are open\n\n".getBytes(StandardCharsets.US_ASCII));
      return;
    }
    try {
      out.write(COMMENT);
      out.flush();
      copy(tenant, run, from, out);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      streams.release();
    }
  }

  private void copy(TenantId tenant, Optional<StreamId> run, long from, OutputStream out)
      throws IOException, InterruptedException {
    long next = from;
    long heard = nanoTime.getAsLong();
    while (!closed) {
      long latest = commits.latest();
      List<LoggedEntry> entries = ledger.log(tenant, next, PAGE);
      Map<String, String> names = new Disclosed(ledger).names(tenant, entries);
      for (LoggedEntry entry : entries) {
        if (run.isEmpty() || run.get().equals(entry.stream())) {
          write(entry, names, out);
        }
        next = entry.index() + 1;
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
