package dev.fedcore.benchmarks.pillars;

import dev.fedcore.benchmarks.pillars.Api.Answer;
import dev.fedcore.benchmarks.pillars.CrossCheck.Findings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts five services in five processes, sends the seed's examples and a steady load, kills and
/// restarts each service in turn, and holds all of their tables against each other.
///
/// Exits 0 if every errand is exactly one run, one event, one deed, and one task where it was
/// executed.
@Command(name = "five-pillars", mixinStandardHelpOptions = true)
public final class FivePillars implements Callable<Integer> {

  /// How often Core is told something, before and after.
  private static final int TOLD_TO_CORE = 5;

  /// How long all is well before the first kill, and after each.
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  /// The longest that all is well before the first kill, to have something to compare with.
  private static final int CALM_SECONDS_MAX = 60;

  /// How long runs in doubt and untold messages may take at the end.
  private static final Duration SETTLING_MAX = Duration.ofMinutes(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  @Option(
      names = "--load",
      paramLabel = "N",
      description = "errands a second (default: ${DEFAULT-VALUE})")
  private int load = 20;

  @Option(
      names = "--down",
      paramLabel = "SECONDS",
      description = "how long Bucket and Karma each stay away (default: ${DEFAULT-VALUE})")
  private int down = 3;

  @Option(
      names = "--warm",
      paramLabel = "SECONDS",
      description = "errands before what others are compared with (default: ${DEFAULT-VALUE})")
  private int warm = 2;

  @Option(names = "--launcher", description = "the fedcore script", required = true)
  private Path launcher = Path.of("fedcore");

  @Option(names = "--examples", description = "the seed's examples", required = true)
  private Path examples = Path.of("testing", "examples");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Journal journal = new Journal();
  private final CountDownLatch never = new CountDownLatch(1);

  private FivePillars() {}

  /// Exits 0 if nothing was lost, doubled or told differently.
  public static void main(String[] args) {
    System.exit(new CommandLine(new FivePillars()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (load < 1 || load > 1_000 || down < 0 || warm < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--load takes 1 to 1000 a second, --down and --warm 0 or more seconds");
    }
    try (var processes = Processes.start();
        var api = new Api(processes);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      say("five processes answer");
      var clients = new Clients(api, journal, "errand");
      var seed = new SeedExamples(examples, processes.url(Service.EXECUTOR));
      sendExamples(seed, clients);
      var user = new CoreUser(api, journal);
      user.tell("before", TOLD_TO_CORE);
      clients.phase("warming up");
      Future<Integer> loading = threads.submit(() -> clients.run(load));
      killInTurn(processes, clients);
      clients.stop();
      loading.get();
      user.tell("after", TOLD_TO_CORE);
      settle(api);
      repeatAll(clients, seed);
      return report(processes, api);
    }
  }

  private void sendExamples(SeedExamples seed, Clients clients)
      throws IOException, InterruptedException {
    for (Errand example : seed.errands()) {
      Answer answer = seed.send(example);
      say("curl %s: %s".formatted(example.traceId(), answer.text()));
      clients.first(example, answer);
    }
  }

  private void killInTurn(Processes processes, Clients clients)
      throws IOException, InterruptedException {
    pause(Duration.ofSeconds(warm));
    clients.phase("all up");
    pause(Duration.ofSeconds(Math.clamp(down, BETWEEN.toSeconds(), CALM_SECONDS_MAX)));
    for (Service service :
        List.of(
            Service.BUCKET, Service.KARMA, Service.CORE, Service.EXECUTOR, Service.FEDERATION)) {
      clients.phase(service.word() + " away");
      processes.kill(service);
      if (service == Service.BUCKET || service == Service.KARMA) {
        pause(Duration.ofSeconds(down));
      }
      processes.startAgain(service);
      clients.phase(service.word() + " back");
      say("killed and restarted %s, %d errands sent".formatted(service.word(), journal.count()));
      pause(BETWEEN);
    }
  }

  /// Waits until every run is over and everything was told.
  private void settle(Api api) throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLING_MAX.toNanos();
    while (System.nanoTime() - end < 0 && !(Tables.isTold(api) && isOver(api))) {
      pause(LOOK_AGAIN);
    }
  }

  private static boolean isOver(Api api) throws IOException, InterruptedException {
    return Tables.runs(api).values().stream().flatMap(List::stream).allMatch(Tables.Run::isOver);
  }

  /// Every errand once more: the answer must be of the same run, and by now a final one.
  private void repeatAll(Clients clients, SeedExamples seed)
      throws IOException, InterruptedException {
    for (Errand errand : journal.errands()) {
      clients.last(errand);
    }
    for (Errand example : seed.errands()) {
      say("curl %s again: %s".formatted(example.traceId(), seed.send(example).text()));
    }
  }

  private int report(Processes processes, Api api) throws IOException, InterruptedException {
    Findings findings = CrossCheck.of(journal, Tables.read(api));
    boolean sound =
        api.get(Service.BUCKET, "/core/events/verify", "auditor_e2e").fields().bool("sound", false);
    processes.stop(Service.FEDERATION);
    int verified = verify(processes.data(Service.FEDERATION));
    journal.latencies().forEach(this::sayLatency);
    say(
        "sent=%d executed=%d denied=%d not_executed=%d approved=%d replayed=%d reuse_refused=%d"
            .formatted(
                journal.count(),
                findings.executed(),
                findings.denied(),
                findings.notExecuted().values().stream().mapToInt(n -> n).sum(),
                journal.approvals(),
                journal.replays(),
                journal.refusedReuses()));
    say(
        "lost=%d doubled=%d different=%d contradicted=%d bucket_sound=%s verify_exit=%d"
            .formatted(
                findings.lost().size(),
                findings.doubled().size(),
                findings.different().size(),
                journal.contradictions().size(),
                sound,
                verified));
    findings.notExecuted().forEach((why, n) -> say("  %d not executed: %s".formatted(n, why)));
    List.of(findings.lost(), findings.doubled(), findings.different(), journal.contradictions())
        .forEach(list -> list.forEach(what -> say("  " + what)));
    boolean clean =
        findings.isClean() && journal.contradictions().isEmpty() && sound && verified == 0;
    return clean ? 0 : 1;
  }

  private void sayLatency(String when, Times times) {
    say(
        "answers while %s: n=%d p50_ms=%.1f p99_ms=%.1f"
            .formatted(when, times.count(), times.millis(0.50), times.millis(0.99)));
  }

  private int verify(Path data) throws IOException, InterruptedException {
    return new ProcessBuilder(launcher.toString(), "verify", data.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  private void pause(Duration time) throws InterruptedException {
    never.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void say(String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(what);
    out.flush();
  }
}
