package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.Surroundings;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fedcore awo …`: evidence in folders, as AWO v4.2 asks for it.
@Command(name = "awo", description = "Evidence of runs in folders, as AWO v4.2 asks for it.")
public final class AwoVerbs implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private AwoVerbs() {}

  /// The word with all verbs below it.
  ///
  /// @param json whether a program reads the answer
  public static CommandLine of(Surroundings surroundings, BooleanSupplier json) {
    return new CommandLine(new AwoVerbs())
        .addSubcommand(new RunVerb(surroundings, json))
        .addSubcommand(new SealVerb(surroundings, json))
        .addSubcommand(new IntegrityVerbs(surroundings, json))
        .addSubcommand(new ValidateVerbs(surroundings, json))
        .addSubcommand(new AttestVerbs(surroundings, json))
        .addSubcommand(new FinalizeVerb(surroundings, json))
        .addSubcommand(new ProvenanceVerbs(surroundings, json))
        .addSubcommand(new RunsVerb(surroundings, json))
        .addSubcommand(new SummaryVerb(surroundings))
        .addSubcommand(new ApproverVerb(surroundings))
        .addSubcommand(new SuiteVerb(surroundings, json));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }
}
