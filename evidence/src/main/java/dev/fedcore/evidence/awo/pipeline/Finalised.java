package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.provenance.ProvenanceEntry;
import java.util.List;

/// How a finalisation ended.
public sealed interface Finalised {

  /// The run is published: approved, attested, and in the index.
  record Published(ProvenanceEntry entry) implements Finalised {}

  /// Nothing was published.
  ///
  /// @param stage that found something
  /// @param findings what it found; at least one
  record Refused(Finalizer.Stage stage, List<Finding> findings) implements Finalised {

    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
