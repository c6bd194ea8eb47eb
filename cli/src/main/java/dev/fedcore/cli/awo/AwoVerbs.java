package dev.fedcore.cli.awo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fedcore awo …`: evidence in folders, as AWO v4.2 asks for it.
@Command(name = "awo", description = "Evidence of runs in folders, as AWO v4.2 asks for it.")
final class AwoVerbs implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }
}
