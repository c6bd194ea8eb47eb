package dev.fedcore.evidence.receipt;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;

/// What a stream of entries that belongs to no run is before its first entry. Made by
/// [Genesis#ofStream].
public record StreamGenesis(String streamId, String tenantId) {

  public static final String TYPE = "https://fedcore.dev/stream-genesis/v1";

  /// The canonical document.
  public byte[] bytes() {
    return new CanonicalWriter()
        .beginObject()
        .name("_type")
        .string(TYPE)
        .name("stream")
        .string(streamId)
        .name("tenant_id")
        .string(tenantId)
        .endObject()
        .toBytes();
  }

  /// The SHA-256 of [#bytes()].
  public String hash() {
    return Sha256.hex(bytes());
  }
}
