package dev.fedcore.server.metrics;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.http.Watcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The meters of one server. Safe for use by many threads; recording takes well below a
/// microsecond.
public final class ServerMetrics implements Watcher {

  private static final String DECIDED = "FC-POLICY-001";
  private static final String MOVED = "FC-RUN-002";

  /// The statuses that end a run.
  private static final Set<String> ENDINGS = Set.of("COMPLETED", "FAILED", "CANCELLED");

  private static final String REFUSED = "FC-REFUSAL-001";

  /// Other methods than these share one label, so that nobody can fill the memory with new ones.
  private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "DELETE");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answer, Timer> answers = new ConcurrentHashMap<>();
  private final Map<String, Counter> decisions = new ConcurrentHashMap<>();
  private final Map<String, Counter> endings = new ConcurrentHashMap<>();
  private final Counter refusals =
      Counter.builder("fedcore.refusals").description("Commands refused").register(registry);
  private final Counter entries =
      Counter.builder("fedcore.entries").description("Entries written").register(registry);

  @Override
  public void answered(String method, String pattern, int status, long nanos) {
    answers
        .computeIfAbsent(new Answer(method, pattern, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// Counts what an append has made durable.
  void written(List<Document> documents) {
    entries.increment(documents.size());
    for (Document document : documents) {
      var entry = new EntryLabels(document.bytes());
      switch (entry.eventType()) {
        case DECIDED -> decisions.computeIfAbsent(entry.decision(), this::decision).increment();
        case MOVED -> moved(entry.newStatus());
        case REFUSED -> refusals.increment();
        default -> {}
      }
    }
  }

  private void moved(String status) {
    if (ENDINGS.contains(status)) {
      endings.computeIfAbsent(status, this::ending).increment();
    }
  }

  /// Shows the ledger's own counts, read when they are asked for: entries it holds, and commits
  /// since it was opened. Entries divided by commits says how many appends share a flush.
  public void watchLedger(LongSupplier size, LongSupplier commits) {
    // A function counter refers weakly to what it counts: to this, which lives as long as it does.
    FunctionCounter.builder("fedcore.ledger.entries", this, _ -> size.getAsLong())
        .description("Entries in the ledger")
        .register(registry);
    FunctionCounter.builder("fedcore.ledger.commits", this, _ -> commits.getAsLong())
        .description("Transactions committed since the ledger was opened")
        .register(registry);
  }

  /// Shows how many entries no published checkpoint covers yet.
  public void watchCheckpoints(LongSupplier lag) {
    Gauge.builder("fedcore.checkpoint.lag", lag::getAsLong)
        .description("Entries that no published checkpoint covers yet")
        .register(registry);
  }

  /// All of it, in Prometheus's text format.
  public byte[] scrape() {
    return registry.scrape().getBytes(StandardCharsets.UTF_8);
  }

  private Timer timer(Answer answer) {
    return Timer.builder("fedcore.http.requests")
        .description("Answers, by route and status")
        .tag("method", answer.method())
        .tag("route", answer.pattern())
        .tag("status", Integer.toString(answer.status()))
        .publishPercentileHistogram(false)
        .register(registry);
  }

  private Counter decision(String verdict) {
    return Counter.builder("fedcore.decisions")
        .description("Steps that policy decided, by verdict")
        .tag("verdict", verdict)
        .register(registry);
  }

  private Counter ending(String outcome) {
    return Counter.builder("fedcore.runs.ended")
        .description("Runs that ended, by outcome")
        .tag("outcome", outcome)
        .register(registry);
  }

  private record Answer(String method, String pattern, int status) {

    Answer {
      method = METHODS.contains(method) ? method : "OTHER";
    }
  }
}
