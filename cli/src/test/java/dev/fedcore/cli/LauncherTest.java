package dev.fedcore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the launcher itself, in a checkout and with JDKs that are made up of scripts.
class LauncherTest {

  private static final int UNAVAILABLE = 69;

  private static final String FAILING_BUILD =
      """
      #!/bin/sh
      echo "mvnw $*" >>"$(dirname "$0")/builds"
      echo 'a build error'
      exit 1
      """;

  /// Builds once somebody has written to `go`, and leaves nothing that is stale.
  private static final String HELD_BUILD =
      """
      #!/bin/sh
      here=$(dirname "$0")
      echo "mvnw $*" >>"$here/builds"
      cat "$here/go"
      touch -t 202001010000 "$here/cli/src/main/java/New.java"
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory = Path.of("");

  private record Ended(int exitCode, String output) {}

  @BeforeEach
  void checkout() throws IOException {
    Path launcher = directory.resolve("fedcore");
    Files.copy(Path.of("..", "fedcore"), launcher);
    executable(launcher, Files.readString(launcher));
    Files.writeString(directory.resolve("pom.xml"), "<project/>");
    executable(directory.resolve("mvnw"), FAILING_BUILD);
    module("cli");
    module("server");
  }

  @Test
  void picks_a_jdk_that_is_new_enough() throws Exception {
    Path old = jdk("old", "17.0.15");
    Path fresh = jdk("fresh", "25.0.1");

    Ended ended = run(old + ":" + fresh, "version");

    assertThat(ended.output()).contains("java of fresh").contains("dev.fedcore.cli.Main version");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void prefers_java_home_when_it_is_new_enough() throws Exception {
    Path home = jdk("home", "26");
    Path fresh = jdk("fresh", "25.0.1");

    assertThat(runWith(home, fresh.toString(), "version").output()).contains("java of home");
  }

  @Test
  void ignores_a_java_home_that_is_too_old() throws Exception {
    Path home = jdk("home", "21.0.2");
    Path fresh = jdk("fresh", "25");

    assertThat(runWith(home, fresh.toString(), "version").output()).contains("java of fresh");
  }

  @Test
  void says_in_one_sentence_what_to_install() throws Exception {
    Ended ended = run(jdk("old", "17.0.15").toString(), "version");

    assertThat(ended.exitCode()).isEqualTo(UNAVAILABLE);
    assertThat(ended.output().lines()).hasSize(1);
    assertThat(ended.output()).contains("needs a JDK 25 or newer").contains("JAVA_HOME");
  }

  @Test
  void starts_the_server_itself_for_up() throws Exception {
    Ended ended = run(jdk("fresh", "25").toString(), "up", "--port", "0");

    assertThat(ended.output())
        .contains("-XX:+UseParallelGC -Xmx512m")
        .contains("dev.fedcore.server.Main --port 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify data", "doctor", "--json doctor"})
  void reads_a_ledger_with_what_the_server_reads_it_with(String line) throws Exception {
    Ended ended = run(jdk("fresh", "25").toString(), line.split(" "));

    assertThat(ended.output()).contains("/server/target/lib/*", "dev.fedcore.cli.Main " + line);
  }

  @Test
  void lets_no_warning_of_the_jvm_stand_before_an_answer() throws Exception {
    Ended ended = run(jdk("fresh", "25").toString(), "policy", "check", "bundle.yaml");

    assertThat(ended.output())
        .contains("--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow")
        .contains("dev.fedcore.cli.Main policy check bundle.yaml");
  }

  @Test
  void shows_the_end_of_the_log_of_a_build_that_fails() throws Exception {
    newSource();

    Ended ended = run(jdk("fresh", "25").toString(), "version");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("building", "a build error", "the build failed");
    assertThat(directory.resolve("builds")).content().contains("package", "cli", "-am");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flock", ""})
  void waits_for_another_build_and_does_not_repeat_it(String locker) throws Exception {
    newSource();
    Path go = directory.resolve("go");
    new ProcessBuilder("mkfifo", go.toString()).start().waitFor();
    executable(directory.resolve("mvnw"), HELD_BUILD);
    Path tools = Path.of(pathWithoutJava());
    for (String tool : List.of("sleep", locker)) {
      forward(tools.resolve(tool));
    }
    String jdk = jdk("fresh", "25").toString();
    Process first = start(Path.of("/nonexistent"), jdk, "first.txt", "version");
    Eventually.holds(PATIENCE, () -> Files.exists(directory.resolve("builds")));

    Process second = start(Path.of("/nonexistent"), jdk, "second.txt", "version");
    Path said = directory.resolve("second.txt");
    Eventually.holds(PATIENCE, () -> Files.readString(said).contains("another one is building"));
    Files.writeString(go, "go");

    for (Process process : List.of(first, second)) {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    assertThat(directory.resolve("first.txt")).content().contains("building", "java of fresh");
    assertThat(said).content().contains("java of fresh").doesNotContain("first time");
    assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(1);
    assertThat(directory.resolve("target/fedcore-build.lock.d")).doesNotExist();
  }

  @Test
  void takes_over_the_lock_of_a_build_that_was_killed() throws Exception {
    newSource();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(directory.resolve("target/fedcore-build.lock.d"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

    Ended ended = run(jdk("fresh", "25").toString(), "version");

    assertThat(ended.output()).contains("another one is building", "the build failed");
    assertThat(lock).doesNotExist();
  }

  /// A source that is newer than what was built from it.
  private void newSource() throws IOException {
    Path source = directory.resolve("cli/src/main/java/New.java");
    Files.createDirectories(directory.resolve("cli/src/main/java"));
    Files.writeString(source, "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private void module(String name) throws IOException {
    Path target = directory.resolve(name).resolve("target");
    Files.createDirectories(target.resolve("lib"));
    Files.writeString(directory.resolve(name).resolve("pom.xml"), "<project/>");
    Path jar = target.resolve(name + "-0.1.0.jar");
    Files.writeString(jar, "");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(30)));
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = directory.resolve("jdks").resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"java of " + name + ": $*\"\n");
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    return jdk;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(String jdks, String... words) throws Exception {
    return runWith(Path.of("/nonexistent"), jdks, words);
  }

  private Ended runWith(Path javaHome, String jdks, String... words) throws Exception {
    Process process = start(javaHome, jdks, "output.txt", words);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(directory.resolve("output.txt")));
  }

  private Process start(Path javaHome, String jdks, String output, String... words)
      throws IOException {
    var builder = new ProcessBuilder(directory.resolve("fedcore").toString());
    builder.command().addAll(List.of(words));
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("FEDCORE_JDK_PATH", jdks);
    builder.environment().put("PATH", pathWithoutJava());
    builder.environment().remove("FEDCORE_JAVA_OPTS");
    builder.redirectErrorStream(true).redirectOutput(directory.resolve(output).toFile());
    return builder.start();
  }

  /// The usual tools, but no `java`: a directory of stand-ins for what the launcher uses.
  private String pathWithoutJava() throws IOException {
    Path tools = directory.resolve("tools");
    if (Files.notExists(tools)) {
      Files.createDirectories(tools);
      for (String tool :
          List.of(
              "sh",
              "sed",
              "head",
              "find",
              "grep",
              "dirname",
              "readlink",
              "tr",
              "tail",
              "mkdir",
              "rm",
              "touch",
              "cat")) {
        forward(tools.resolve(tool));
      }
    }
    return tools.toString();
  }

  /// Makes a script that runs the host's own tool of the same name.
  private void forward(Path script) throws IOException {
    for (String place : List.of("/usr/bin", "/bin")) {
      Path original = Path.of(place).resolve(script.getFileName());
      if (Files.exists(original) && Files.notExists(script)) {
        executable(script, "#!/bin/sh\nexec " + original + " \"$@\"\n");
      }
    }
  }
}
