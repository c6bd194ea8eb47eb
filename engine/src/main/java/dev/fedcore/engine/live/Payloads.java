package dev.fedcore.engine.live;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.Digest;

/// JSON that enters hashes: canonicalised once, hashed once, then passed on as it is.
public final class Payloads {

  private Payloads() {}

  /// Canonicalises and hashes `json`.
  public static Body of(JsonObject json) {
    byte[] canonical = json.canonicalBytes();
    return new Body(json, canonical, new Digest(Sha256.hex(canonical)));
  }

  /// A JSON object with its canonical bytes and their digest. The bytes are never changed.
  public static final class Body {

    private final JsonObject json;
    private final byte[] canonical;
    private final Digest hash;

    private Body(JsonObject json, byte[] canonical, Digest hash) {
      this.json = json;
      this.canonical = canonical;
      this.hash = hash;
    }

    public JsonObject json() {
      return json;
    }

    public byte[] canonical() {
      return canonical;
    }

    public Digest hash() {
      return hash;
    }
  }
}
