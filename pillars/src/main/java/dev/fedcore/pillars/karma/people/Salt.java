package dev.fedcore.pillars.karma.people;

import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Commitment;
import java.security.SecureRandom;

/// The 32 secret bytes that commitments are made with. Once they are gone, nobody can try a guess.
public final class Salt {

  private final byte[] bytes;

  private Salt(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A new one.
  public static Salt drawn(SecureRandom random) {
    var bytes = new byte[Commitment.SALT_BYTES];
    random.nextBytes(bytes);
    return new Salt(bytes);
  }

  /// One that was kept.
  public static Salt of(byte[] bytes) {
    return new Salt(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// The commitment to a text.
  public String seal(String text) {
    return Commitment.of(bytes, text);
  }

  /// The commitment to any value; for a text the same as of [#seal(String)].
  public String seal(JsonValue value) {
    return Commitment.ofCanonical(bytes, value.canonicalBytes());
  }
}
