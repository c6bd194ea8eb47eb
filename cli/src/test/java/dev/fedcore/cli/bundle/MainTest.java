package dev.fedcore.cli.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verifier alone; that it verifies is shown with `fedcore awo`.
class MainTest {

  @TempDir Path directory = Path.of("");
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode run(String... words) {
    var terminal =
        new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false);
    return Main.run(terminal, () -> Instant.EPOCH, List.of(words));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "b --trust", "--trust t", "b c --trust t", "b --trust t --more"})
  void says_how_it_is_used(String line) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).startsWith("fedcore: usage: ");
  }

  @Test
  void says_what_is_missing() {
    String nowhere = directory.resolve("nowhere").toString();

    assertThat(run(nowhere, "--trust", nowhere)).isEqualTo(ExitCode.NO_INPUT);
    assertThat(err.toString(UTF_8)).contains("nowhere cannot be read");
  }
}
