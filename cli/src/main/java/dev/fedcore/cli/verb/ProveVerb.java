package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "prove", description = "x")
final class ProveVerb implements Callable<Integer> {
  ProveVerb(Surroundings surroundings, Fedcore fedcore) {}

  @Override
  public Integer call() {
    return 0;
  }
}
