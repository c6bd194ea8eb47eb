package dev.fedcore.benchmarks.pillars;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Executions at a fixed rate through five services in five processes, with everything on.
///
/// Open loop: a request is sent when its time has come, whether earlier ones were answered or not,
/// and its time counts from then. What governing costs is the answer's time less the step's, which
/// Federation Core's run tells: from the decision to the adapter's answer.
public final class PillarBench {

  private static final String READER = "auditor_bench";
  private static final Duration SETTLING_MAX = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// Processes that have just begun are asked for this part of the rate, for half of the warm-up:
  /// what they cannot do yet would wait, and be measured later.
  private static final int COLD_SHARE = 4;

  private static final double THOUSANDTHS = 1_000.0;

  private final int perSecond;
  private final Map<String, Long> answers = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch never = new CountDownLatch(1);

  /// @param perSecond how many executions are asked for each second
  public PillarBench(int perSecond) {
    this.perSecond = perSecond;
  }

  /// Starts the services, warms them up, measures, and says what it found.
  ///
  /// @throws IOException if a service does not start, or does not answer in the end
  public JsonObject measure(Duration warmup, Duration measured)
      throws IOException, InterruptedException {
    try (var processes = Processes.start();
        var api = new Api(processes)) {
      send(api, "cold", Math.max(1, perSecond / COLD_SHARE), warmup.dividedBy(2));
      send(api, "warm", perSecond, warmup.dividedBy(2));
      answers.clear();
      failures.clear();
      Map<Service, Duration> before = processes.cpu();
      send(api, "bench", perSecond, measured);
      settle(api);
      Map<Service, Duration> after = processes.cpu();
      JsonObject.Builder report = report(api);
      after.forEach(
          (service, cpu) -> putCpu(report, service, cpu.minus(before.getOrDefault(service, cpu))));
      return report.build();
    }
  }

  private void send(Api api, String prefix, int rate, Duration time) throws InterruptedException {
    long step = TimeUnit.SECONDS.toNanos(1) / rate;
    long begun = System.nanoTime();
    long count = time.toSeconds() * rate;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = begun + i * step;
        never.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        String trace = prefix + "-" + i;
        threads.execute(() -> execute(api, trace, due));
      }
    }
  }

  private void execute(Api api, String trace, long due) {
    try {
      boolean done =
          api.execute(Errand.allowed(trace).body())
              .filter(answer -> answer.status() == 200)
              .filter(answer -> answer.fields().string("status").equals("success"))
              .isPresent();
      if (done) {
        answers.put(trace, System.nanoTime() - due);
      } else {
        failures.add(trace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(Api api) throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLING_MAX.toNanos();
    while (System.nanoTime() - end < 0 && !Tables.isTold(api)) {
      never.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private JsonObject.Builder report(Api api) throws IOException, InterruptedException {
    Map<String, Run> runs = runs(api);
    var governing = new ArrayList<Long>();
    var acting = new ArrayList<Long>();
    answers.forEach((trace, nanos) -> {
      Run run = runs.get(trace);
      if (run != null) {
        acting.add(run.acting());
        governing.add(nanos - run.acting());
      }
    });
    List<Long> bucket = new ArrayList<>();
    List<Long> karma = new ArrayList<>();
    lags(api, runs, bucket, karma);
    var report =
        JsonObject.builder()
            .put("executions", answers.size())
            .put("executions_per_s_asked", perSecond)
            .put("failures", failures.size());
    put(report, "answer", answers.values());
    put(report, "step", acting);
    put(report, "governing", governing);
    put(report, "bucket_lag", bucket);
    put(report, "karma_lag", karma);
    return report;
  }

  /// @param acting from the decision to the adapter's answer, in nanoseconds
  private record Run(long acting, Instant endedAt) {}

  private Map<String, Run> runs(Api api) throws IOException, InterruptedException {
    var runs = new HashMap<String, Run>();
    api.each(
        Service.FEDERATION,
        "/workflows/runs?workflow_id=executor_action&limit=200",
        READER,
        "runs",
        run -> {
          JsonFields step = JsonFields.of((JsonObject) run.array("steps").getFirst(), "/steps/0");
          Optional<Instant> started = step.optionalString("started_at").map(Instant::parse);
          Optional<Instant> ended = step.optionalString("ended_at").map(Instant::parse);
          if (started.isPresent() && ended.isPresent()) {
            runs.put(
                run.string("correlation_id"),
                new Run(
                    between(started.get(), ended.get()), Instant.parse(run.string("updated_at"))));
          }
        });
    return runs;
  }

  /// How long after its end a run was known at Bucket and at Karma, by the clock of this machine.
  private void lags(Api api, Map<String, Run> runs, List<Long> bucket, List<Long> karma)
      throws IOException, InterruptedException {
    api.each(
        Service.BUCKET,
        "/core/events?product_id=workflow&limit=1000",
        READER,
        "events",
        event -> lag(runs, event.string("trace_id"), event, bucket));
    api.each(
        Service.KARMA,
        "/api/v1/karma/%s?limit=200".formatted(Errand.USER),
        READER,
        "changes",
        change -> {
          JsonFields data = JsonFields.of(change.object("data"), "/data");
          JsonFields context = JsonFields.of(data.object("context"), "/data/context");
          lag(runs, context.string("trace_id"), change, karma);
        });
  }

  private void lag(Map<String, Run> runs, String trace, JsonFields known, List<Long> lags) {
    Run run = runs.get(trace);
    if (run != null && answers.containsKey(trace)) {
      lags.add(between(run.endedAt(), Instant.parse(known.string("timestamp"))));
    }
  }

  private static long between(Instant from, Instant to) {
    return Duration.between(from, to).toNanos();
  }

  private static void put(JsonObject.Builder report, String name, Collection<Long> nanos) {
    Times times = Times.of(nanos);
    report.put(name + "_p50_ms", rounded(times.millis(0.50)));
    report.put(name + "_p99_ms", rounded(times.millis(0.99)));
  }

  private void putCpu(JsonObject.Builder report, Service service, Duration cpu) {
    double millis = (double) cpu.toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
    report.put(
        service.word() + "_cpu_ms_per_execution", rounded(millis / Math.max(1, answers.size())));
  }

  private static JsonValue rounded(double value) {
    return JsonNumber.of(Math.round(value * THOUSANDTHS) / THOUSANDTHS);
  }
}
