package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fedcore completion bash|zsh`: a script for the shell to source.
@Command(
    name = "completion",
    description = "Print a completion script: source <(./fedcore completion bash)")
final class CompletionVerb implements Callable<Integer> {

  /// The shells that the script works in; zsh by way of its bashcompinit.
  enum Shell {
    bash,
    zsh
  }

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.bash;

  CompletionVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script = AutoComplete.bash("fedcore", root);
    String start =
        switch (shell) {
          case bash -> "";
          case zsh ->
              "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";
        };
    surroundings.terminal().out().print(start + script);
    return ExitCode.OK.number();
  }
}
