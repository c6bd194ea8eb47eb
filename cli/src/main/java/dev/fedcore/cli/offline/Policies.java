package dev.fedcore.cli.offline;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.PolicyReader;
import dev.fedcore.evidence.witness.WitnessPolicy;
import java.nio.file.Path;
import java.util.List;

/// Witness policies in files: which logs are believed, and whose cosignatures it takes.
public final class Policies {

  private Policies() {}

  /// Whether `file` is one, and not a list of whom to believe about attestations.
  public static boolean isOne(Path file) {
    return PolicyReader.isPolicy(Inputs.file(file));
  }

  /// The policy in `file`.
  ///
  /// @param logs known from elsewhere, beside those of the file; at least one where it has none
  public static WitnessPolicy file(Path file, List<NoteVerifier> logs) {
    WitnessPolicy policy;
    try {
      policy = WitnessPolicy.parse(Inputs.file(file));
    } catch (MalformedInput e) {
      throw new Failure(
          ExitCode.NO_INPUT, "%s is no witness policy: %s".formatted(file, e.problem()));
    }
    for (NoteVerifier log : logs) {
      policy = policy.withLog(log);
    }
    if (policy.known().isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, file + " names no log: add a line \"log KEY\", or give --key FILE");
    }
    return policy;
  }
}
