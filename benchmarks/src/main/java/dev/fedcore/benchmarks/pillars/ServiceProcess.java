package dev.fedcore.benchmarks.pillars;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One service in a process of its own, on a port and a data directory that it keeps when it is
/// started again.
final class ServiceProcess {

  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /// Nothing else, so that no service finds the keys to a real mailbox in the caller's environment.
  private static final Set<String> INHERITED = Set.of("PATH", "HOME", "TMPDIR", "FEDCORE_GIT_SHA");

  private final Service service;
  private final int port;
  private final Path data;
  private final Map<String, String> environment;
  private Process process;

  private ServiceProcess(Service service, int port, Path directory, Map<String, String> environment)
      throws IOException {
    this.service = service;
    this.port = port;
    this.data = Files.createDirectories(directory.resolve(service.word()));
    this.environment = Map.copyOf(environment);
    this.process = fork();
  }

  /// Forks; [#awaitReady] waits until it answers.
  ///
  /// @param directory that its data directory is made in
  /// @param environment where the others are
  static ServiceProcess fork(
      Service service, int port, Path directory, Map<String, String> environment)
      throws IOException {
    return new ServiceProcess(service, port, directory, environment);
  }

  Path data() {
    return data;
  }

  /// The time of processors that its present process has taken.
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Ends it as `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Starts it again on the same data, and returns when it answers.
  void startAgain(HttpClient http) throws IOException, InterruptedException {
    process = fork();
    awaitReady(http);
  }

  /// Asks it to stop, as Ctrl-C does.
  void stop() {
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP_MAX.toSeconds(), TimeUnit.SECONDS).join();
    kill();
  }

  void awaitReady(HttpClient http) throws IOException, InterruptedException {
    var health =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d%s".formatted(port, service.healthPath())))
            .timeout(ANSWER_MAX)
            .build();
    long begun = System.nanoTime();
    while (!answers(http, health)) {
      if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
          || System.nanoTime() - begun > START_MAX.toNanos()) {
        throw new IOException(
            "%s did not start: %s".formatted(service.word(), Files.readString(log())));
      }
    }
  }

  private static boolean answers(HttpClient http, HttpRequest health) throws InterruptedException {
    try {
      return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Path log() {
    return data.resolveSibling(service.word() + ".log");
  }

  private Process fork() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String options = System.getenv().getOrDefault("FEDCORE_JAVA_OPTS", "");
    String port = service == Service.FEDERATION ? "--port=%d" : "--ports=" + service.word() + "=%d";
    var command =
        Stream.of(
                Stream.of(
                    java,
                    "-XX:+UseParallelGC",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"),
                Stream.of(options.split(" ")).filter(option -> !option.isBlank()),
                Stream.of("-cp", System.getProperty("fedcore.server.classpath")),
                Stream.of("dev.fedcore.server.Main", "--only", service.word()),
                Stream.of(port.formatted(this.port), "--data", data.toString()))
            .flatMap(words -> words)
            .toList();
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    return builder.start();
  }
}
