package dev.fedcore.evidence.verify;

import java.util.List;

/// All that is kept of one run, or of one stream of entries that belongs to no run.
///
/// @param runId of the run or stream
/// @param entries in order
/// @param receipts of all kinds, in any order
/// @param contents definitions, inputs and outputs that receipts name by hash; as many as at hand
public record RunEvidence(
    String runId, List<Exhibit> entries, List<Exhibit> receipts, List<Exhibit> contents) {

  public RunEvidence {
    entries = List.copyOf(entries);
    receipts = List.copyOf(receipts);
    contents = List.copyOf(contents);
  }

  /// Evidence without the contents that it names.
  public RunEvidence(String runId, List<Exhibit> entries, List<Exhibit> receipts) {
    this(runId, entries, receipts, List.of());
  }
}
