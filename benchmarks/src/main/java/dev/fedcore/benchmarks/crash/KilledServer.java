package dev.fedcore.benchmarks.crash;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own that is killed and started again on the same data.
final class KilledServer {

  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final Path launcher;
  private final Path data;
  private Process process;
  private volatile URI url;
  private long slowestStartMillis;

  private KilledServer(Path launcher, Path data) throws IOException, InterruptedException {
    this.launcher = launcher;
    this.data = data;
    this.process = fork();
    this.url = waitUntilReady();
  }

  /// Starts a server on `data`.
  ///
  /// @param launcher the `fedcore` script
  static KilledServer start(Path launcher, Path data) throws IOException, InterruptedException {
    return new KilledServer(launcher, data);
  }

  /// Where it listens now; changes with each start.
  URI url() {
    return url;
  }

  long slowestStartMillis() {
    return slowestStartMillis;
  }

  /// Kills it as `kill -9` does, and starts it again.
  void killAndStart() throws IOException, InterruptedException {
    kill();
    process = fork();
    url = waitUntilReady();
  }

  /// Kills it, and kills it again while it starts, unless it has started by then.
  ///
  /// @param after how long after its start the second time
  void killAndKillStarting(Duration after) throws IOException, InterruptedException {
    kill();
    process = fork();
    if (process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS)) {
      throw notStarted();
    }
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Asks it to stop, as Ctrl-C does.
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private Process fork() throws IOException {
    Files.deleteIfExists(data.resolve("server.json"));
    return new ProcessBuilder(launcher.toString(), "up", "--port", "0", "--data", data.toString())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(data.resolveSibling("server.log").toFile()))
        .start();
  }

  private URI waitUntilReady() throws IOException, InterruptedException {
    Path address = data.resolve("server.json");
    long begun = System.nanoTime();
    while (!Files.exists(address)) {
      if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
          || System.nanoTime() - begun > START_MAX.toNanos()) {
        throw notStarted();
      }
    }
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    slowestStartMillis = Math.max(slowestStartMillis, millis);
    var json = JsonReader.readObject(Files.readAllBytes(address), JsonLimits.DEFAULT);
    return URI.create(JsonFields.of(json, "").string("url"));
  }

  private IOException notStarted() throws IOException {
    return new IOException(
        "the server did not start again: " + Files.readString(data.resolveSibling("server.log")));
  }
}
