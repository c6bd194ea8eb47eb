package dev.fedcore.cli;

import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.cli.verb.CommandTree;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/// `fedcore`, except `fedcore up`: reads the surroundings, runs one verb, says an exit code.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean colour = terminal && System.getenv("NO_COLOR") == null;
    var surroundings =
        new Surroundings(
            new Terminal(out, err, colour),
            System.getenv(),
            System.getProperty("user.name", ""),
            InstantSource.system(),
            new SecureRandom(),
            Path.of("").toAbsolutePath(),
            Optional.ofNullable(System.getProperty("fedcore.server.classpath")));
    int exitCode = CommandTree.execute(surroundings, arguments);
    out.flush();
    System.exit(exitCode);
  }
}
