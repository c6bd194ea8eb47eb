package dev.fedcore.benchmarks.crash;

import dev.fedcore.benchmarks.folder.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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

/// Kills a server under load, again and again, and holds what it did against what its clients know.
/// Now and then it is killed a second time, while it starts.
///
/// Eight clients create runs, each under an idempotency key and with a task of its own, and send a
/// request again until it is answered. At the end every acknowledged run must be there and must
/// come to rest; a run whose action is known not to have happened is retried; then each run has
/// exactly one task, and the data directory verifies.
@Command(name = "kill-loop", mixinStandardHelpOptions = true)
public final class KillLoop implements Callable<Integer> {

  private static final int CLIENTS = 8;
  private static final int EARLIEST_KILL_MS = 50;
  private static final int LATEST_KILL_MS = 1_500;
  private static final int KILLS_PER_START_KILLED = 3;

  /// About as long as a start takes.
  private static final int LATEST_START_KILL_MS = 2_500;

  private static final Duration SEND_AGAIN = Duration.ofMillis(20);
  private static final Duration REST_MAX = Duration.ofSeconds(60);

  @Option(names = "--kills", description = "how often (default: ${DEFAULT-VALUE})")
  private int kills = 50;

  @Option(names = "--seed", description = "of the moments (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--launcher", description = "the fedcore script", required = true)
  private Path launcher = Path.of("fedcore");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Journal journal = new Journal();
  private final CountDownLatch over = new CountDownLatch(1);

  private KillLoop() {}

  /// Exits 0 if nothing was lost and nothing happened twice.
  public static void main(String[] args) {
    System.exit(new CommandLine(new KillLoop()).execute(args));
  }

  /// Keeps the data of a loop that found something.
  @Override
  public Integer call() throws Exception {
    TemporaryFolder folder = TemporaryFolder.of("kills");
    Path data = Files.createDirectory(folder.path().resolve("data"));
    boolean clean = false;
    try {
      clean = clean(data);
    } finally {
      if (clean) {
        folder.close();
      } else {
        say("kept " + data);
      }
    }
    return clean ? 0 : 1;
  }

  private boolean clean(Path data) throws Exception {
    KilledServer server = KilledServer.start(launcher, data);
    try (var api = new Api(server);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Integer>>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        running.add(clients.submit(() -> load(api, number)));
      }
      try {
        kill(server);
      } catch (IOException e) {
        clients.shutdownNow(); // they would ask a server that does not start for ever
        throw e;
      }
      over.countDown();
      for (Future<Integer> client : running) {
        client.get();
      }
      bringToRest(api);
      return report(api, server, data);
    } finally {
      server.stop();
    }
  }

  private void kill(KilledServer server) throws IOException, InterruptedException {
    var random = new SplittableRandom(seed);
    for (int i = 1; i <= kills; i++) {
      over.await(random.nextInt(EARLIEST_KILL_MS, LATEST_KILL_MS), TimeUnit.MILLISECONDS);
      if (random.nextInt(KILLS_PER_START_KILLED) == 0) {
        server.killAndKillStarting(Duration.ofMillis(random.nextInt(LATEST_START_KILL_MS)));
      }
      server.killAndStart();
      say("kill %d of %d, %d runs acknowledged".formatted(i, kills, journal.runs().size()));
    }
  }

  private int load(Api api, int client) throws InterruptedException {
    int sent = 0;
    while (over.getCount() > 0) {
      String name = "seed-%d-client-%d-run-%d".formatted(seed, client, sent++);
      var run = api.create(name);
      while (run.isEmpty()) {
        over.await(SEND_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        run = api.create(name);
      }
      journal.acknowledged(name, run.get());
    }
    return sent;
  }

  /// Retries what did not happen, and waits for the rest.
  private void bringToRest(Api api) throws IOException, InterruptedException {
    long end = System.nanoTime() + REST_MAX.toNanos();
    for (String run : journal.runs().values()) {
      String status = api.settled(run);
      while (!status.equals("COMPLETED") && !status.equals("UNKNOWN") && System.nanoTime() < end) {
        if (status.equals("FAILED")) {
          api.retry(run);
        }
        new CountDownLatch(1).await(SEND_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        status = api.settled(run);
      }
    }
  }

  private boolean report(Api api, KilledServer server, Path data)
      throws IOException, InterruptedException {
    Map<String, Integer> tasks = api.tasks();
    List<String> lost = new ArrayList<>();
    List<String> undone = new ArrayList<>();
    for (Map.Entry<String, String> run : journal.runs().entrySet()) {
      String status = api.settled(run.getValue());
      if (status.equals("UNKNOWN")) {
        lost.add(run.getKey());
      } else if (!status.equals("COMPLETED") || !tasks.containsKey(run.getKey())) {
        undone.add(run.getKey() + " " + status);
      }
    }
    List<String> doubled =
        tasks.entrySet().stream().filter(t -> t.getValue() > 1).map(Map.Entry::getKey).toList();
    server.stop();
    int verified = verify(data);
    say(
        ("seed=%d kills=%d acknowledged=%d lost=%d doubled=%d undone=%d contradicted=%d"
                + " slowest_start_ms=%d verify_exit=%d")
            .formatted(
                seed,
                kills,
                journal.runs().size(),
                lost.size(),
                doubled.size(),
                undone.size(),
                journal.contradicted().size(),
                server.slowestStartMillis(),
                verified));
    List.of(lost, doubled, undone).forEach(list -> list.forEach(name -> say("  " + name)));
    return lost.isEmpty()
        && doubled.isEmpty()
        && undone.isEmpty()
        && journal.contradicted().isEmpty()
        && verified == 0;
  }

  private int verify(Path data) throws IOException, InterruptedException {
    return new ProcessBuilder(launcher.toString(), "verify", data.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  private void say(String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(what);
    out.flush();
  }
}
