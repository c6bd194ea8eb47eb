package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.RunName;
import java.util.Locale;
import java.util.Optional;

/// One execution of a workflow file: its files, and how it ended.
///
/// @param files as they were made: clock times are in them, and sums are not; seal them
/// @param error why it ended early; empty unless `status` is [Status#ERROR]
public record CriRun(RunName id, RunFiles files, Status status, Optional<String> error) {

  /// How a run ended; the manifest has it in lower case.
  public enum Status {
    SUCCEEDED,
    PENDING_REVIEW,
    ERROR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
