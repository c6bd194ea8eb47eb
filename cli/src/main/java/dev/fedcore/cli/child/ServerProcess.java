package dev.fedcore.cli.child;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Patience;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, on a port of its own choice. It is stopped with this object.
public final class ServerProcess implements AutoCloseable {

  /// What a server says where it listens in, in its data directory.
  public static final String ADDRESS_FILE = "server.json";

  /// A cold start on a busy host takes some seconds.
  private static final Duration START_WAIT = Duration.ofSeconds(60);

  /// A server drains, closes its ledger and signs a last checkpoint before it ends.
  private static final Duration STOP_WAIT = Duration.ofSeconds(20);

  /// Variables that would give the child other keys, another identity or other neighbours than a
  /// plain one.
  private static final List<String> NOT_INHERITED =
      List.of(
          "SECRET_KEY",
          "FEDCORE_TOKEN",
          "FEDCORE_URL",
          "FEDCORE_ACTOR",
          "FEDCORE_POLICY_KEYS",
          "BUCKET_URL",
          "CORE_URL",
          "KARMA_URL",
          "WORKFLOW_EXECUTOR_URL",
          "JAVA_TOOL_OPTIONS");

  private static final String MAIN = "dev.fedcore.server.Main";
  private static final int LOG_LINES = 15;

  private final Process process;
  private final Path log;
  private final String url;

  private ServerProcess(Process process, Path log, String url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /// Starts Federation Core alone on `data`, on a free port of the loopback, and waits until it
  /// listens.
  ///
  /// @param classPath the server's, as `java -cp` takes it
  public static ServerProcess start(String classPath, Path data, InstantSource clock) {
    return start(classPath, data, List.of(), clock);
  }

  /// The same with other services in the same process, each on a free port.
  ///
  /// @param beside the roles of these services, such as `bucket`
  public static ServerProcess start(
      String classPath, Path data, List<String> beside, InstantSource clock) {
    Path log = data.resolve("server.log");
    try {
      PrivateDirectory.make(data);
      Optional<FileTime> earlier = written(data);
      Process process = launch(command(classPath, data, beside), log);
      Optional<String> url =
          new Patience(clock, START_WAIT)
              .until(
                  () -> process.isAlive() ? address(data, earlier) : Optional.of(""),
                  Optional::isPresent);
      return new ServerProcess(process, log, url.orElse("")).orStopped();
    } catch (IOException e) {
      throw new Failure(ExitCode.UNAVAILABLE, "a server cannot be started: " + e.getMessage());
    }
  }

  /// The server's options, and its main class.
  public static List<String> jvmOptions(String classPath) {
    return jvmOptions(classPath, MAIN);
  }

  /// The same for another program of the server's.
  public static List<String> jvmOptions(String classPath, String main) {
    return List.of(
        "-XX:+UseParallelGC",
        "-Xmx512m",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        classPath,
        main);
  }

  /// The path of the `java` that runs this program.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> command(String classPath, Path data, List<String> beside) {
    var command = new ArrayList<String>();
    command.add(java());
    command.addAll(jvmOptions(classPath));
    command.addAll(List.of("--data", data.toString(), "--port", "0", "--only", "federation"));
    beside.forEach(role -> command.addAll(List.of("--only", role, "--ports", role + "=0")));
    return command;
  }

  private static Process launch(List<String> command, Path log) throws IOException {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    NOT_INHERITED.forEach(builder.environment()::remove);
    return builder.start();
  }

  /// When a server last said in `data` where it listens.
  private static Optional<FileTime> written(Path data) throws IOException {
    Path file = data.resolve(ADDRESS_FILE);
    return Files.exists(file) ? Optional.of(Files.getLastModifiedTime(file)) : Optional.empty();
  }

  /// @param earlier when the server before said where it listened
  private static Optional<String> address(Path data, Optional<FileTime> earlier) {
    Path file = data.resolve(ADDRESS_FILE);
    try {
      return Files.exists(file) && !written(data).equals(earlier)
          ? Optional.of(
              new JsonView(JsonReader.readObject(Files.readAllBytes(file), JsonLimits.DEFAULT))
                  .text("url"))
          : Optional.empty();
    } catch (IOException | MalformedInput _) {
      return Optional.empty();
    }
  }

  private ServerProcess orStopped() {
    if (url.isEmpty()) {
      close();
      throw new Failure(ExitCode.UNAVAILABLE, "the server did not start: " + lastWords());
    }
    return this;
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException _) {
      return "it left no log";
    }
  }

  public String url() {
    return url;
  }

  /// What the server printed.
  public Path log() {
    return log;
  }

  /// Asks it to stop, and ends it if it does not.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
