package dev.fedcore.evidence.dsse;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A DSSE envelope with one signature around an in-toto statement.
public final class Envelope {

  /// What the payload is: an in-toto statement.
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private final byte[] payload;
  private final String keyId;
  private final byte[] signature;

  private Envelope(byte[] payload, String keyId, byte[] signature) {
    this.payload = payload;
    this.keyId = keyId;
    this.signature = signature;
  }

  /// Signs a statement.
  public static Envelope sign(byte[] statement, SigningKey key) {
    byte[] signature = key.sign(encoded(PAYLOAD_TYPE, statement));
    return new Envelope(statement.clone(), key.verifyingKey().keyId(), signature);
  }

  /// Reads an envelope, without believing it.
  ///
  /// @throws MalformedInput when it is not exactly what [#bytes()] would give
  public static Envelope parse(byte[] file) {
    var fields = JsonFields.of(JsonReader.readObject(file, JsonLimits.DEFAULT), "");
    String type = fields.string("payloadType");
    List<JsonValue> signatures = fields.array("signatures");
    if (!type.equals(PAYLOAD_TYPE)) {
      throw new MalformedInput("/payloadType", "must be " + PAYLOAD_TYPE);
    }
    if (signatures.size() != 1 || !(signatures.getFirst() instanceof JsonObject one)) {
      throw new MalformedInput("/signatures", "must hold one signature");
    }
    var signature = JsonFields.of(one, "/signatures/0");
    var envelope =
        new Envelope(
            decode("/payload", fields.string("payload")),
            signature.string("keyid"),
            decode("/signatures/0/sig", signature.string("sig")));
    if (!Arrays.equals(envelope.bytes(), file)) {
      throw new MalformedInput("", "the envelope is not in canonical form");
    }
    return envelope;
  }

  /// What is signed: type and body, each with its length, so that no two pairs are the same bytes.
  ///
  /// @see <a href="https://github.com/secure-systems-lab/dsse/blob/master/protocol.md">DSSE,
  ///   "PAE"</a>
  static byte[] encoded(String type, byte[] body) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    String head = "DSSEv1 %d %s %d ".formatted(typeBytes.length, type, body.length);
    var out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  /// The bytes that the signature is over.
  public byte[] signedBytes() {
    return encoded(PAYLOAD_TYPE, payload);
  }

  /// Whether `key` signed this. The `keyid` in the envelope is not asked.
  public boolean verifiedBy(VerifyingKey key) {
    return key.verifies(signedBytes(), signature);
  }

  /// The statement's bytes.
  public byte[] payload() {
    return payload.clone();
  }

  /// What the envelope says about its signer; proves nothing.
  public String keyId() {
    return keyId;
  }

  public byte[] signature() {
    return signature.clone();
  }

  /// The canonical document.
  public byte[] bytes() {
    return writeTo(new CanonicalWriter()).toBytes();
  }

  CanonicalWriter writeTo(CanonicalWriter writer) {
    writer.beginObject().name("payload").string(encode(payload));
    writer.name("payloadType").string(PAYLOAD_TYPE);
    writer.name("signatures").beginArray().beginObject();
    writer.name("keyid").string(keyId);
    return writer.name("sig").string(encode(signature)).endObject().endArray().endObject();
  }

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decode(String pointer, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(pointer, "must be base64");
    }
  }
}
