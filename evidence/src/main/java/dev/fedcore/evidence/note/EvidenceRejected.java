package dev.fedcore.evidence.note;

import java.io.Serial;

/// Evidence that does not prove what it should: a bad signature, a contradiction, a missing tile.
public final class EvidenceRejected extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /// Evidence rejected for `reason`, one sentence.
  public EvidenceRejected(String reason) {
    super(reason, null, false, false);
  }

  /// Why, in one sentence.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
