package dev.fedcore.cli.verb;

import dev.fedcore.cli.child.ServerProcess;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs a program of the server's class path in a process of its own, and ends as it does.
final class ServerProgram {

  static final String SERVER = "dev.fedcore.server.Main";
  static final String WITNESS = "dev.fedcore.server.WitnessMain";

  private ServerProgram() {}

  static int run(Surroundings surroundings, String main, List<String> words, List<String> options)
      throws InterruptedException {
    String classPath =
        surroundings
            .serverClassPath()
            .orElseThrow(
                () -> new Failure(ExitCode.UNAVAILABLE, "start it with the launcher, ./fedcore"));
    var command = new ArrayList<String>();
    command.add(ServerProcess.java());
    command.addAll(ServerProcess.jvmOptions(classPath, main));
    command.addAll(words);
    command.addAll(options);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new Failure(ExitCode.UNAVAILABLE, "it cannot be started: " + e.getMessage());
    }
  }
}
