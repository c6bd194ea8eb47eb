package dev.fedcore.cli.offline;

import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;

/// How many entries a checkpoint says that it covers, before its signature is looked at.
final class LogSize {

  private LogSize() {}

  /// The size; 0 if the note says none, so that a verifier says what is wrong with it.
  static long of(byte[] note) {
    try {
      return Checkpoint.parse(Note.parse(note).text()).size();
    } catch (EvidenceRejected _) {
      return 0;
    }
  }
}
