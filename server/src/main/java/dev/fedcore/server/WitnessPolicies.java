package dev.fedcore.server;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.PolicyReader;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.evidence.witness.WitnessPolicy.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Files that say whom witnesses watch, and who watches us.
final class WitnessPolicies {

  /// Names the file of the witness policy, where the command line does not.
  static final String VARIABLE = "FEDCORE_WITNESS_POLICY";

  private WitnessPolicies() {}

  /// Reads a witness policy.
  ///
  /// @throws StartRefused if it cannot be read, or cannot be kept
  static WitnessPolicy read(String name) {
    Path file = Path.of(name);
    try {
      WitnessPolicy policy = WitnessPolicy.parse(bytes(file));
      requireReachable(policy, file);
      return policy;
    } catch (MalformedInput e) {
      throw new StartRefused("%s is no witness policy: %s".formatted(file, e.problem()));
    }
  }

  /// The logs whose checkpoints a witness takes.
  ///
  /// @throws StartRefused if the file cannot be read, or is no list of logs
  static List<Log> logs(Path file) {
    try {
      return PolicyReader.logs(bytes(file));
    } catch (MalformedInput e) {
      throw new StartRefused("%s is no list of logs: %s".formatted(file, e.problem()));
    }
  }

  /// A policy that names logs must name this one, or its own quorum would never count.
  ///
  /// @throws StartRefused if it does not
  static void requireOwn(WitnessPolicy policy, NoteVerifier log) {
    if (!policy.known().isEmpty() && policy.logs().stream().noneMatch(log::hasSameKeyAs)) {
      throw new StartRefused(
          "the witness policy names other logs and not this one: add the line \"log %s\""
              .formatted(log.vkey()));
    }
  }

  private static void requireReachable(WitnessPolicy policy, Path file) {
    var reachable =
        policy.witnesses().stream()
            .filter(witness -> witness.url().isPresent())
            .map(Witness::name)
            .collect(Collectors.toSet());
    if (!policy.quorum().isMetBy(reachable)) {
      throw new StartRefused(
          "%s: the quorum %s cannot be met, since too few of its witnesses have a URL; "
                  .formatted(file, policy.quorumName())
              + "write witness NAME KEY URL");
    }
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > WitnessPolicy.BYTES_MAX) {
        throw new StartRefused(
            "%s has more than %,d bytes".formatted(file, WitnessPolicy.BYTES_MAX));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StartRefused(file + " cannot be read; is it there, and a file?");
    }
  }
}
