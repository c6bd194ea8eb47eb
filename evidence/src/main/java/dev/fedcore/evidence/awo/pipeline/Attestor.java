package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import java.util.List;

/// Vouches for approved runs, and checks who did. Holds the keys that this takes.
public interface Attestor {

  /// The one file that every folder of attestations has.
  String ATTESTATION = "ATTESTATION.json";

  /// Writes the attestations of an approved run into the workspace in which it is put together.
  ///
  /// @param staged holds the run with its sums, its `approval.json` and its logs
  /// @param target whose log the attestations are entered into
  /// @return why it did not; empty when it did
  List<Finding> attest(Workspace staged, Workspace target, RunName run);

  /// What is wrong with a run's attestations: ATT-001 for whose they are, ATT-002 for what they are
  /// bound to, STR-001 for what is missing.
  List<Finding> verify(Workspace workspace, RunName run);
}
