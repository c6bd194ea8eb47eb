package dev.fedcore.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;

/// A command line without a process: what is typed, what is printed, how it ends.
public final class Shell {

  /// When it is, unless a test says otherwise.
  public static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Surroundings surroundings;
  private final BiFunction<Surroundings, String[], Integer> program;

  /// @param program what is run, such as `CommandTree::execute`
  public Shell(
      Path directory,
      Map<String, String> environment,
      InstantSource clock,
      BiFunction<Surroundings, String[], Integer> program) {
    var terminal =
        new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
    this.surroundings =
        new Surroundings(
            terminal, environment, "ada", clock, new Random(7), directory, Optional.empty());
    this.program = program;
  }

  /// Runs one command line; its exit code.
  public int run(String... words) {
    out.reset();
    err.reset();
    return program.apply(surroundings, words);
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  /// What the last command printed.
  public String out() {
    return out.toString(UTF_8);
  }

  /// What the last command complained about.
  public String err() {
    return err.toString(UTF_8);
  }
}
