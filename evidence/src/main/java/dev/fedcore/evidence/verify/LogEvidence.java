package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.note.TlogProof;
import java.util.List;

/// What a log says about one run.
///
/// @param checkpoint a signed note that covers all of the run's entries
/// @param verifierKeys of those who signed, one line each
/// @param proofs one for each entry, in order; or none at all
public record LogEvidence(String checkpoint, List<String> verifierKeys, List<TlogProof> proofs) {

  public LogEvidence {
    verifierKeys = List.copyOf(verifierKeys);
    proofs = List.copyOf(proofs);
  }
}
