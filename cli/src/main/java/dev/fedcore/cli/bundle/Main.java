package dev.fedcore.cli.bundle;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `java -jar fedcore-verify.jar BUNDLE|DIR --trust FILE [--json]`: the offline verifier alone.
public final class Main {

  private static final String USAGE =
      "usage: java -jar fedcore-verify.jar BUNDLE|DIR --trust FILE [--json]";

  private Main() {}

  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(out, err, false);
    System.exit(run(terminal, InstantSource.system(), List.of(arguments)).number());
  }

  static ExitCode run(Terminal terminal, InstantSource clock, List<String> arguments) {
    var words = new ArrayList<>(arguments);
    boolean json = words.remove("--json");
    int option = words.indexOf("--trust");
    if (words.size() != 3 || option < 0 || option > 1) {
      terminal.complain(USAGE);
      return ExitCode.USAGE;
    }
    Path trust = Path.of(words.get(option + 1));
    Path place = Path.of(words.get(option == 0 ? 2 : 0));
    try {
      return new BundleCheck(terminal, clock.instant(), json).verify(place, trust);
    } catch (Failure e) {
      terminal.complain(e.sentence());
      return e.exitCode();
    }
  }
}
