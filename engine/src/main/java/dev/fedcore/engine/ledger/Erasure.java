package dev.fedcore.engine.ledger;

import java.util.List;
import java.util.Set;

/// What is taken away for good in the transaction that says so. Entries and receipts stay as they
/// are.
///
/// Nothing is written at all, and the append is a [AppendResult.VersionConflict], if a run has
/// moved on since it was read, or the subject has asked for a run that is not over.
///
/// @param subject a person's id
/// @param pseudonym what stands for the person in hashed documents; empty if nothing does
/// @param runs what readers see of these runs from now on; no append goes to their streams any more
/// @param gates what readers see of these gates from now on
/// @param streams whose disclosures all go, whoever wrote them; of others go those that the subject
///   wrote
/// @param payloads the pseudonym of the key that the salts of the tenant's runs were drawn from; it
///   goes, so that no salt can be drawn again; empty if there is none
/// @param isLast whether the subject's key goes as well
public record Erasure(
    String subject,
    String pseudonym,
    List<RunRow> runs,
    List<GateRow> gates,
    Set<StreamId> streams,
    String payloads,
    boolean isLast) {

  public Erasure {
    runs = List.copyOf(runs);
    gates = List.copyOf(gates);
    streams = Set.copyOf(streams);
  }

  /// Says nothing of the subject.
  @Override
  public String toString() {
    return "Erasure[" + pseudonym + ", " + runs.size() + " runs]";
  }
}
