package dev.fedcore.cli.offline;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.NoteVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Verifier keys of logs, as text: one a line, in the form of C2SP signed notes.
public final class VerifierKeys {

  private VerifierKeys() {}

  /// The keys in `file`.
  public static List<NoteVerifier> file(Path file) {
    return of(Inputs.file(file), file.toString());
  }

  /// The keys in `text`.
  ///
  /// @param from where they come from, for the message
  public static List<NoteVerifier> of(byte[] text, String from) {
    try {
      List<NoteVerifier> keys =
          new String(text, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .map(NoteVerifier::parse)
              .toList();
      if (keys.isEmpty()) {
        throw new Failure(ExitCode.NO_INPUT, from + " holds no verifier key");
      }
      return keys;
    } catch (EvidenceRejected e) {
      throw new Failure(ExitCode.NO_INPUT, from + " is no verifier key: " + e.reason());
    }
  }
}
