package dev.fedcore.engine.erasure;

import dev.fedcore.kernel.identity.RunId;
import java.util.List;

/// How an erasure went.
public sealed interface ErasureOutcome {

  /// Nothing is known of the person any more, as far as the ledger reaches.
  ///
  /// @param values names, words and payloads that went now; 0 if there were none
  /// @param runs those that lost something, newest first
  /// @param isCompacted whether the files were written anew, so that they do not hold it either
  record Erased(long values, List<RunId> runs, boolean isCompacted) implements ErasureOutcome {
    public Erased {
      runs = List.copyOf(runs);
    }
  }

  /// Runs that name the person are not over; nothing was erased. The refusal is on the tenant's
  /// stream.
  record Live(List<RunId> runs) implements ErasureOutcome {
    public Live {
      runs = List.copyOf(runs);
    }
  }
}
