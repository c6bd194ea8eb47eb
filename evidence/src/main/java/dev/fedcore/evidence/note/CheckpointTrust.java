package dev.fedcore.evidence.note;

import java.util.List;

/// Whose signatures make somebody believe a checkpoint.
public interface CheckpointTrust {

  /// The checkpoint that `note` vouches for.
  ///
  /// @throws EvidenceRejected when signatures are missing or bad, or it is no checkpoint
  Checkpoint open(byte[] note);

  /// The keys of logs among those whose signatures count.
  List<NoteVerifier> logs();

  /// Believes what any of these signed, and nothing that one of them signed badly.
  static CheckpointTrust inKeys(List<NoteVerifier> verifiers) {
    return new Keys(verifiers);
  }

  /// Any one of these.
  record Keys(List<NoteVerifier> logs) implements CheckpointTrust {

    public Keys {
      logs = List.copyOf(logs);
    }

    @Override
    public Checkpoint open(byte[] note) {
      return Checkpoint.parse(Note.open(note, logs));
    }
  }
}
