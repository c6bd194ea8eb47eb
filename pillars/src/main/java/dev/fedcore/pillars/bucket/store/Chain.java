package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;

/// One of the two chains. Each entry names the SHA-256 of the one before it, the first one that of
/// the chain's genesis.
public enum Chain {
  /// What happened, as its requesters tell it.
  EVENTS("event"),
  /// What was done to artifacts, and what was refused here.
  AUDIT("audit");

  private final String table;
  private final String genesis;

  Chain(String table) {
    this.table = table;
    this.genesis =
        Sha256.hex(
            JsonObject.builder()
                .put("chain", table)
                .put("format", "fedcore.bucket/v1")
                .build()
                .canonicalBytes());
  }

  /// The table that holds it.
  String table() {
    return table;
  }

  /// What the first entry names as the hash before it: SHA-256 of
  /// `{"chain":"event","format":"fedcore.bucket/v1"}`, or of the same with `audit`.
  public String genesis() {
    return genesis;
  }
}
