package dev.fedcore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void shows_the_end_of_the_log_of_a_build_that_fails() throws Exception {
    Path source = directory.resolve("cli/src/main/java/New.java");
    Files.createDirectories(directory.resolve("cli/src/main/java"));
    Files.writeString(source, "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    Ended ended = run(jdk("fresh", "25").toString(), "version");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("building", "a build error", "the build failed");
    assertThat(directory.resolve("builds")).content().contains("package", "cli", "-am");
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
    var builder = new ProcessBuilder(directory.resolve("fedcore").toString());
    builder.command().addAll(List.of(words));
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("FEDCORE_JDK_PATH", jdks);
    builder.environment().put("PATH", pathWithoutJava());
    builder.environment().remove("FEDCORE_JAVA_OPTS");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
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
