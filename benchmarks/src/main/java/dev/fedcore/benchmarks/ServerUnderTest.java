package dev.fedcore.benchmarks;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A server in a process of its own.
final class ServerUnderTest implements AutoCloseable {

  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final Process process;
  private final URI url;
  private final Duration readyAfter;

  private ServerUnderTest(Process process, URI url, Duration readyAfter) {
    this.process = process;
    this.url = url;
    this.readyAfter = readyAfter;
  }

  /// Starts a server on `data`; it listens when this returns.
  ///
  /// @throws IOException if it does not start
  static ServerUnderTest on(Path data) throws IOException, InterruptedException {
    Path address = data.resolve("server.json");
    Files.deleteIfExists(address);
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command(data))
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("server.log").toFile())
            .start();
    while (!Files.exists(address)) {
      if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
          || System.nanoTime() - begun > START_MAX.toNanos()) {
        process.destroyForcibly();
        throw new IOException(
            "the server did not start: " + Files.readString(data.resolve("server.log")));
      }
    }
    Duration readyAfter = Duration.ofNanos(System.nanoTime() - begun);
    var fields =
        JsonFields.of(JsonReader.readObject(Files.readAllBytes(address), JsonLimits.DEFAULT), "");
    return new ServerUnderTest(process, URI.create(fields.string("url")), readyAfter);
  }

  URI url() {
    return url;
  }

  /// How long the start took, from the fork to the answer on its port.
  Duration readyAfter() {
    return readyAfter;
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// The most memory the process has had resident, in MiB.
  long peakRssMib() throws IOException {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElse(0)
          / 1024;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly().onExit().join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(Path data) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String options = System.getenv().getOrDefault("FEDCORE_JAVA_OPTS", "");
    return Stream.of(
            Stream.of(
                java,
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"),
            Stream.of(options.split(" ")).filter(option -> !option.isBlank()),
            Stream.of(
                "-cp",
                System.getProperty("fedcore.server.classpath"),
                "dev.fedcore.server.Main",
                "--port",
                "0",
                "--data",
                data.toString()))
        .flatMap(parts -> parts)
        .toList();
  }
}
