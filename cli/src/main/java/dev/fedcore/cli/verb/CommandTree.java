package dev.fedcore.cli.verb;

import dev.fedcore.cli.awo.AwoVerbs;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/// All verbs put together, and the one place where a failure becomes a line and an exit code.
public final class CommandTree {

  private static final int HELP_COLUMNS = 100;

  private CommandTree() {}

  /// Runs what `arguments` say, and says how it ended.
  public static int execute(Surroundings surroundings, String... arguments) {
    return of(surroundings).execute(arguments);
  }

  /// All verbs, for execution and for their help texts.
  static CommandLine of(Surroundings surroundings) {
    Terminal terminal = surroundings.terminal();
    var fedcore = new Fedcore();
    var line =
        new CommandLine(fedcore)
            .addSubcommand(new UpVerb(surroundings))
            .addSubcommand(new ProveVerb(surroundings, fedcore))
            .addSubcommand(new RunVerbs(surroundings, fedcore))
            .addSubcommand(new GateVerbs(surroundings, fedcore))
            .addSubcommand(new PolicyVerbs(surroundings, fedcore))
            .addSubcommand(new LogVerbs(surroundings, fedcore))
            .addSubcommand(new WitnessVerb(surroundings))
            .addSubcommand(new VerifyVerb(surroundings, fedcore))
            .addSubcommand(new EraseVerb(surroundings, fedcore))
            .addSubcommand(awo(surroundings, fedcore))
            .addSubcommand(new DoctorVerb(surroundings, fedcore))
            .addSubcommand(new TokenVerbs(surroundings, fedcore))
            .addSubcommand(new VersionVerb(surroundings, fedcore))
            .addSubcommand(new CompletionVerb(surroundings));
    return line.setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(terminal)))
        .setUsageHelpWidth(HELP_COLUMNS)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, _) -> usage(wrong))
        .setExecutionExceptionHandler((problem, _, _) -> failed(terminal, problem));
  }

  private static CommandLine awo(Surroundings surroundings, Fedcore fedcore) {
    return AwoVerbs.of(surroundings, fedcore::json)
        .addSubcommand(new ExportVerb(surroundings, fedcore));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static Ansi ansi(Terminal terminal) {
    return terminal.colour() ? Ansi.ON : Ansi.OFF;
  }

  private static int usage(ParameterException wrong) {
    return Fedcore.usage(wrong.getCommandLine(), String.valueOf(wrong.getMessage()));
  }

  private static int failed(Terminal terminal, Exception problem) {
    if (problem instanceof Failure failure) {
      terminal.complain(failure.sentence());
      return failure.exitCode().number();
    }
    if (problem instanceof ParameterException wrong) {
      return usage(wrong);
    }
    terminal.complain(
        "this is a fault in the program itself, please report it: "
            + problem.getClass().getName()
            + (problem.getStackTrace().length > 0 ? " at " + problem.getStackTrace()[0] : ""));
    return ExitCode.FAILED.number();
  }
}
