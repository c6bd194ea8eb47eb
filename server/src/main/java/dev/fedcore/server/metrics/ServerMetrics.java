package dev.fedcore.server.metrics;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.live.LiveRun;
import dev.fedcore.engine.live.RunWatcher;
import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.Lag;
import dev.fedcore.http.Watcher;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.kernel.run.RunEvent;
import dev.fedcore.kernel.run.RunState;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StepRecord;
import dev.fedcore.kernel.workflow.StepType;
import dev.fedcore.server.cosigning.CosigningReport;
import dev.fedcore.server.cosigning.Standing;
import dev.fedcore.server.entries.Entries;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The meters of one server. Safe for use by many threads; recording takes well below a
/// microsecond.
public final class ServerMetrics implements Watcher, RunWatcher {

  private static final String REFUSED = "FC-REFUSAL-001";

  /// Other methods than these share one label, so that nobody can fill the memory with new ones.
  private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "DELETE");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answer, Timer> answers = new ConcurrentHashMap<>();
  private final Map<Verdict, Counter> decisions = new ConcurrentHashMap<>();
  private final Map<RunStatus, Counter> endings = new ConcurrentHashMap<>();
  private final Map<Acted, Counter> actions = new ConcurrentHashMap<>();
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

  /// Counts what an append has made durable. What happened to runs is told by [#happened].
  void written(StreamId stream, List<Document> documents) {
    entries.increment(documents.size());
    if (!stream.isRun()) {
      for (Document document : documents) {
        if (Entries.eventType(document.bytes()).equals(REFUSED)) {
          refusals.increment();
        }
      }
    }
  }

  @Override
  public void happened(LiveRun run, List<RunEvent> events) {
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.StepDecided decided ->
            decisions.computeIfAbsent(decided.decision().verdict(), this::decision).increment();
        case RunEvent.StatusChanged changed -> moved(changed.to());
        case RunEvent.StepCompleted done -> acted(run, done.step(), "done");
        case RunEvent.StepFailed failed -> acted(run, failed.step(), "failed");
        case RunEvent.StepInDoubt doubt -> acted(run, doubt.step(), "in_doubt");
        case RunEvent.StepSettled settled -> acted(run, settled.step(), "settled");
        case RunEvent.RunCreated _,
            RunEvent.RunEnded _,
            RunEvent.RunHeld _,
            RunEvent.HoldLifted _,
            RunEvent.StepStarted _,
            RunEvent.StepDenied _,
            RunEvent.StepSkipped _,
            RunEvent.StepRetried _,
            RunEvent.GateRequested _,
            RunEvent.GateVoted _,
            RunEvent.GateOverridden _,
            RunEvent.GateResumed _,
            RunEvent.GateResolved _ -> {}
      }
    }
  }

  private void moved(RunStatus status) {
    if (status.isTerminal()) {
      endings.computeIfAbsent(status, this::ending).increment();
    }
  }

  /// Counts how an adapter's work ended. Other steps act on nothing.
  private void acted(LiveRun run, StepId id, String outcome) {
    RunState.course(run.state())
        .step(id)
        .filter(step -> step.step().type() == StepType.ACT)
        .flatMap(StepRecord::action)
        .ifPresent(action ->
            actions.computeIfAbsent(new Acted(action.type(), outcome), this::action).increment());
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

  /// Shows how far each witness is behind the log, whether a checkpoint waits for them, and whether
  /// somebody should look.
  public void watchWitnesses(Supplier<CosigningReport> report) {
    for (Standing witness : report.get().witnesses()) {
      String name = witness.name();
      Gauge.builder("fedcore.witness.lag", () -> report.get().lag(name))
          .description("Entries of the newest checkpoint that a witness has not cosigned")
          .tag("witness", name)
          .register(registry);
    }
    Gauge.builder("fedcore.witness.waiting.seconds", () -> report.get().waiting().toSeconds())
        .description("How long a signed checkpoint has been waiting for the quorum of witnesses")
        .register(registry);
    Gauge.builder("fedcore.witness.alarm", () -> report.get().alarm().isPresent() ? 1 : 0)
        .description("1 when witnesses lag or contradict the log; /system/status says what it is")
        .register(registry);
  }

  /// Shows how far each receiver of the outbox is behind, read when it is asked for.
  public void watchOutbox(List<Destination> destinations, Supplier<List<Lag>> lags) {
    for (Destination destination : destinations) {
      String name = destination.name();
      Gauge.builder("fedcore.outbox.undelivered", () -> behind(lags, name).undelivered())
          .description("Messages that a receiver does not have yet; 1000 means that many or more")
          .tag("destination", name)
          .register(registry);
      Gauge.builder("fedcore.outbox.oldest.seconds", () -> behind(lags, name).oldest().toSeconds())
          .description("Age of the oldest message that a receiver does not have yet")
          .tag("destination", name)
          .register(registry);
    }
  }

  private static Lag behind(Supplier<List<Lag>> lags, String destination) {
    return lags.get().stream()
        .filter(lag -> lag.destination().equals(destination))
        .findFirst()
        .orElseThrow();
  }

  /// Counts one more of something.
  ///
  /// @param tags names and values in turn; few values each, since every combination is kept
  public void count(String name, String description, String... tags) {
    Counter.builder(name).description(description).tags(tags).register(registry).increment();
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

  private Counter decision(Verdict verdict) {
    return Counter.builder("fedcore.decisions")
        .description("Steps that policy decided, by verdict")
        .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Counter action(Acted acted) {
    return Counter.builder("fedcore.actions")
        .description("Real-world actions, by type and how they ended")
        .tag("action_type", acted.type())
        .tag("outcome", acted.outcome())
        .register(registry);
  }

  private Counter ending(RunStatus outcome) {
    return Counter.builder("fedcore.runs.ended")
        .description("Runs that ended, by outcome")
        .tag("outcome", outcome.name())
        .register(registry);
  }

  private record Acted(String type, String outcome) {

    /// Workers of external runs name any type they like, and whatever is counted by one stays.
    Acted {
      type = ExecutionMeters.TYPES.contains(type) ? type : "_OTHER";
    }
  }

  private record Answer(String method, String pattern, int status) {

    Answer {
      method = METHODS.contains(method) ? method : "OTHER";
    }
  }
}
