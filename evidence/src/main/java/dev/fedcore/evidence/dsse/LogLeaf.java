package dev.fedcore.evidence.dsse;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.keys.VerifyingKey;

/// What a log keeps of an envelope: the body of a `hashedrekord` entry, version 0.0.2, as Rekor
/// writes it. Holds hashes, the signature and the public key, and nothing of what was said.
public final class LogLeaf {

  static final String KIND = "hashedrekord";
  static final String VERSION = "0.0.2";

  private LogLeaf() {}

  /// The leaf of an envelope that `key` signed.
  public static byte[] of(Envelope envelope, VerifyingKey key) {
    var writer = new CanonicalWriter().beginObject();
    writer.name("apiVersion").string(VERSION);
    writer.name("kind").string(KIND);
    writer.name("spec").beginObject().name("hashedRekordV002").beginObject();
    writer.name("data").beginObject().name("algorithm").string("SHA2_256");
    writer.name("digest").string(Envelope.encode(Sha256.digest(envelope.signedBytes())));
    writer.endObject().name("signature").beginObject();
    writer.name("content").string(Envelope.encode(envelope.signature()));
    writer.name("verifier").beginObject();
    writer.name("keyDetails").string(key.algorithm().sigstoreName());
    writer.name("publicKey").beginObject().name("rawBytes").string(key.base64()).endObject();
    return writer.endObject().endObject().endObject().endObject().endObject().toBytes();
  }
}
