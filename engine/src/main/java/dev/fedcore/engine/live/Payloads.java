package dev.fedcore.engine.live;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;

/// JSON that enters hashes: canonicalised once, hashed once, then passed on as it is.
public final class Payloads {

  private Payloads() {}

  /// Canonicalises `json` and hashes it with `salt`.
  public static Body of(JsonObject json, PayloadSalt salt) {
    byte[] canonical = json.canonicalBytes();
    return new Body(json, canonical, new Digest(salt.hash(canonical)));
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
