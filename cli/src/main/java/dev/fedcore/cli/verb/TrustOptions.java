package dev.fedcore.cli.verb;

import dev.fedcore.cli.offline.Policies;
import dev.fedcore.cli.offline.VerifierKeys;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.NoteVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whom to believe about a log: options of every verb that verifies a checkpoint.
final class TrustOptions {

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The log's verifier key, kept since before; else a server's own is believed.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A witness policy: its logs are believed with its quorum of cosignatures.")
  private Optional<Path> policy = Optional.empty();

  /// What was given, if anything was.
  Optional<CheckpointTrust> given(Surroundings surroundings) {
    List<NoteVerifier> keys =
        key.map(file -> VerifierKeys.file(surroundings.resolve(file))).orElse(List.of());
    if (policy.isPresent()) {
      return Optional.of(Policies.file(surroundings.resolve(policy.get()), keys));
    }
    return Optional.of(keys).filter(some -> !some.isEmpty()).map(CheckpointTrust::inKeys);
  }
}
