package dev.fedcore.evidence.awo.cri;

import java.util.Locale;

/// What a step of a workflow file may do. There are no others.
public enum Operator {
  /// Insists that claims can be tested.
  SCOPE_VALIDATE,
  /// Asks several back ends the same.
  FANOUT_GENERATE,
  /// Takes what most of them say.
  CONSENSUS_VOTE,
  /// Insists that a text says something.
  ASSERT_CONTAINS,
  /// Writes an artefact.
  WRITE_TEXT,
  /// Stops for people; later steps do not run.
  AUDIT_GATE;

  /// The word in workflow files, such as `write_text`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
