package dev.fedcore.cli.proof;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.verify.Exhibit;
import java.util.List;

/// All that the server handed out about one run, as bytes.
///
/// @param json the run
/// @param entries canonical bytes, each with the hash that the server states
/// @param indexes the entries' places in the log
/// @param receipts the exact bytes, each with the hash it was asked for by
/// @param gates as the server shows them
/// @param checkpoint a signed note that covers the last entry
/// @param key the log's verifier key
/// @param proofs one tlog-proof for each entry, as text
public record CapturedRun(
    String id,
    String json,
    List<Exhibit> entries,
    List<Long> indexes,
    List<Exhibit> receipts,
    List<JsonObject> gates,
    String checkpoint,
    String key,
    List<String> proofs) {

  public CapturedRun {
    entries = List.copyOf(entries);
    indexes = List.copyOf(indexes);
    receipts = List.copyOf(receipts);
    gates = List.copyOf(gates);
    proofs = List.copyOf(proofs);
  }
}
