package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The word `fedcore` by itself: what all verbs have in common.
@Command(
    name = "fedcore",
    description = "Federation Core: every step is a decision, every decision leaves a receipt.",
    mixinStandardHelpOptions = false,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  done, or verified",
      "   1  a claim or a verification failed, or the server refused",
      "  64  the command line is wrong",
      "  66  an input file is missing or unreadable",
      "  69  no server answers, or there is no JDK",
      "  77  not permitted: 401 or 403",
      "  78  the configuration is wrong"
    })
public final class Fedcore implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document instead of text.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this text.")
  private boolean help;

  /// Whether a program reads the answer.
  boolean json() {
    return json;
  }

  /// Whether only the help text was asked for.
  boolean help() {
    return help;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  /// Exit codes of a command line that cannot be understood.
  static int usage(CommandLine line, String message) {
    line.getErr().println("fedcore: " + message);
    line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }
}
