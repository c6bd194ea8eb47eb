package dev.fedcore.benchmarks;

import dev.fedcore.benchmarks.Load.Outcome;
import dev.fedcore.benchmarks.Load.Script;
import dev.fedcore.benchmarks.folder.TemporaryFolder;
import dev.fedcore.benchmarks.pillars.PillarBench;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fedcore bench`: governed runs a second, with everything on, beside the floor of this machine.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures governed runs a second over HTTP, on a server of its own with fresh data.",
      "Each client creates a 5-step run, waits until it is COMPLETED, and begins again."
    })
public final class BenchMain implements Callable<Integer> {

  /// Beyond that one client of this kind measures itself.
  private static final int RATE_MAX = 2_000;

  /// Files of the run that is published: the bars are about as many.
  private static final int BUNDLE_FILES = 1_000;

  private static final int BUNDLE_REPEATS = 15;

  private static final int WARMUP_DEFAULT = 30;

  private static final Set<String> ADDED_BY_READING = Set.of("entry_hash", "index");

  /// Five JVMs share the processors until what is hot is compiled.
  private static final int PILLARS_WARMUP_DEFAULT = 75;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      description = "seconds (default: 30, with --pillars 75)")
  private Optional<Integer> stated = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "seconds measured (default: ${DEFAULT-VALUE})")
  private int seconds = 30;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "closed-loop clients (default: ${DEFAULT-VALUE})")
  private int clients = 64;

  @Option(
      names = "--pillars",
      description = "instead: executions through five services in five processes")
  private boolean pillars;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "with --pillars: executions a second (default: ${DEFAULT-VALUE})")
  private int rate = 200;

  @Option(
      names = "--stored",
      paramLabel = "N",
      description = "instead: a start, and reads, with N runs stored")
  private long stored;

  @Option(
      names = "--evidence",
      description = "instead: to publish, to log and to verify evidence, beside the bars")
  private boolean evidence;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "with --evidence: entries verified, at least (default: ${DEFAULT-VALUE})")
  private long rows = 200_000;

  @Option(names = "--json", description = "print one line of JSON")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchMain() {}

  /// Runs the benchmark; exits 0 if every run completed.
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (pillars) {
      return throughFiveServices();
    }
    if (evidence) {
      return evidence();
    }
    return stored > 0 ? withRunsStored() : runsOnOneServer();
  }

  private int withRunsStored() throws Exception {
    JsonObject report = new StoredRuns(stored, BODY, this::say).measure();
    print(report);
    return hasFailures(report) ? 1 : 0;
  }

  private int evidence() throws Exception {
    var sizes =
        new EvidenceBench.Sizes(
            BUNDLE_FILES,
            BUNDLE_REPEATS,
            rows,
            clients,
            warmup(WARMUP_DEFAULT),
            Duration.ofSeconds(seconds));
    JsonObject report = new EvidenceBench(sizes, BODY, this::say).measure();
    print(report);
    return hasFailures(report) ? 1 : 0;
  }

  private static boolean hasFailures(JsonObject report) {
    return JsonFields.of(report, "").integer("failures", 0, Long.MAX_VALUE >> 10) > 0;
  }

  private int throughFiveServices() throws IOException, InterruptedException {
    if (rate < 1 || rate > RATE_MAX) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rate takes 1 to %d a second".formatted(RATE_MAX));
    }
    Duration warmup = warmup(PILLARS_WARMUP_DEFAULT);
    say("five services, %d s to warm up and %d s measured".formatted(warmup.toSeconds(), seconds));
    JsonObject report = new PillarBench(rate).measure(warmup, Duration.ofSeconds(seconds));
    print(report);
    return hasFailures(report) ? 1 : 0;
  }

  private Duration warmup(int otherwise) {
    return Duration.ofSeconds(stated.orElse(otherwise));
  }

  private int runsOnOneServer() throws Exception {
    say("starting a server on fresh data");
    try (var data = TemporaryFolder.of("bench");
        var server = ServerUnderTest.on(data.path());
        var http = HttpClient.newHttpClient()) {
      URI url = server.url();
      var script = Script.createRun(url, BODY);
      Duration warmup = warmup(WARMUP_DEFAULT);
      say("warming up for %d s with %d clients".formatted(warmup.toSeconds(), clients));
      new Load(clients, warmup).run(script);
      say("measuring for %d s".formatted(seconds));
      var before = Counters.read(http, url);
      Duration serverCpu = server.cpu();
      Duration clientCpu = ownCpu();
      Outcome outcome = new Load(clients, Duration.ofSeconds(seconds)).run(script);
      var cpu = new Cpu(server.cpu().minus(serverCpu), ownCpu().minus(clientCpu));
      var after = Counters.read(http, url);
      say("%,.0f runs a second; measuring the floor for as long".formatted(outcome.perSecond()));
      var figures = new Figures(outcome, cpu, before, after);
      JsonObject report = figures.report(floor(http, url, figures), server.peakRssMib());
      print(report);
      return outcome.failures() == 0 ? 0 : 1;
    }
  }

  /// A run whose input has about 300 bytes, and whose action and results have as much.
  private static final String BODY =
      """
      {"workflow_id":"pt004_execution_spine","start":true,"input_payload":{"capability":"task.create",\
      "action":{"type":"task","parameters":{"title":"Rotate the signing keys of the staging cluster",\
      "description":"Issue new keys, publish them, wait for the caches, then withdraw the old ones.",\
      "list":"ops","priority":"normal","labels":["keys","staging"],"amount_minor":0}}}}\
      """;

  /// What the server counts by itself.
  record Counters(long entries, long commits) {

    static Counters read(HttpClient http, URI url) throws IOException, InterruptedException {
      String metrics = text(http, url.resolve("/metrics"));
      return new Counters(
          value(metrics, "fedcore_ledger_entries_total"),
          value(metrics, "fedcore_ledger_commits_total"));
    }

    private static long value(String metrics, String name) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /// Processor time used while measuring, by the server and by the clients.
  record Cpu(Duration server, Duration clients) {}

  /// What was measured, put in relation.
  record Figures(Outcome outcome, Cpu cpu, Counters before, Counters after) {

    double millisPerRun(Duration used) {
      return used.toNanos() / 1e6 / Math.max(1, outcome.times().count());
    }

    double entriesPerSecond() {
      return (after.entries() - before.entries()) / outcome.seconds();
    }

    int entriesPerCommit() {
      long commits = Math.max(1, after.commits() - before.commits());
      return (int) Math.max(1, (after.entries() - before.entries()) / commits);
    }

    JsonObject report(double floor, long peakRssMib) {
      Latencies.Sorted times = outcome.times();
      return JsonObject.builder()
          .put("runs_per_s", rounded(outcome.perSecond()))
          .put("p50_ms", rounded(times.millis(0.50)))
          .put("p99_ms", rounded(times.millis(0.99)))
          .put("cpu_ms_per_run", rounded(millisPerRun(cpu.server().plus(cpu.clients()))))
          .put("entries_per_s", rounded(entriesPerSecond()))
          .put("floor_entries_per_s", rounded(floor))
          .put("ratio", rounded(entriesPerSecond() / floor))
          .put("decision_p99_us", rounded(DecisionTiming.p99Micros()))
          .put("peak_rss_mib", peakRssMib)
          .put("failures", outcome.failures())
          .put("entries_per_commit", entriesPerCommit())
          .put("server_cpu_ms_per_run", rounded(millisPerRun(cpu.server())))
          .build();
    }
  }

  private double floor(HttpClient http, URI url, Figures figures) throws Exception {
    JsonObject runs = object(http, url.resolve("/workflows/runs?limit=1"));
    var run = JsonFields.of((JsonObject) JsonFields.of(runs, "").array("runs").getFirst(), "");
    String path = "/workflows/runs/%s/logs?hashed=true".formatted(run.string("run_id"));
    List<JsonValue> entries = JsonFields.of(object(http, url.resolve(path)), "").array("logs");
    int bytes = (int) entries.stream().mapToInt(BenchMain::storedBytes).average().orElse(600);
    return new Floor(bytes, figures.entriesPerCommit(), entries.size())
        .rowsPerSecond(Duration.ofSeconds(seconds));
  }

  /// The size of an entry as it is stored: without the two members that reading adds.
  private static int storedBytes(JsonValue entry) {
    var stored = JsonObject.builder();
    ((JsonObject) entry)
        .members().entrySet().stream()
            .filter(member -> !ADDED_BY_READING.contains(member.getKey()))
            .forEach(member -> stored.put(member.getKey(), member.getValue()));
    return stored.build().canonicalBytes().length;
  }

  private void print(JsonObject report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(text(report));
    } else {
      report.members().forEach((name, value) -> out.printf("%-33s %s%n", name, text(value)));
    }
    out.flush();
  }

  private void say(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("bench: " + what);
    err.flush();
  }

  private static String text(JsonValue value) {
    return new String(value.canonicalBytes(), StandardCharsets.UTF_8);
  }

  private static JsonValue rounded(double value) {
    return JsonNumber.of(Math.round(value * 1_000) / 1_000.0);
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static JsonObject object(HttpClient http, URI uri)
      throws IOException, InterruptedException {
    return JsonReader.readObject(
        text(http, uri).getBytes(StandardCharsets.UTF_8), new JsonLimits(16 << 20, 64, 1_000_000));
  }

  private static String text(HttpClient http, URI uri) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).header("X-Actor-Id", "bench").build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
