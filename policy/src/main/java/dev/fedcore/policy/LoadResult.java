package dev.fedcore.policy;

import java.util.List;

/// What came of loading a bundle.
public sealed interface LoadResult {

  /// The bundle is sound and passed its own tests; it may be activated.
  ///
  /// @param warnings what is doubtful but not wrong
  record Loaded(PolicyBundle bundle, List<Problem> warnings) implements LoadResult {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /// The bundle may not be activated.
  ///
  /// @param problems all that were found, in the order of the document; never empty
  record Rejected(List<Problem> problems) implements LoadResult {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
