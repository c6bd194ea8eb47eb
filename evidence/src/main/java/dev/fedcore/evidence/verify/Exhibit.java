package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.receipt.PayloadSalt;

/// A document as it was kept, with the hash that was kept for it. Whether they fit is what a
/// verifier finds out.
public final class Exhibit {

  private final String hash;
  private final byte[] bytes;
  private final PayloadSalt salt;

  /// A document and the hash that somebody states for it.
  ///
  /// @param hash hexadecimal, as stated
  public Exhibit(String hash, byte[] bytes) {
    this(hash, bytes, PayloadSalt.NONE);
  }

  /// A payload of a run and the hash that somebody states for it.
  ///
  /// @param salt what the run's payloads are hashed with
  public Exhibit(String hash, byte[] bytes, PayloadSalt salt) {
    this.hash = hash;
    this.bytes = bytes.clone();
    this.salt = salt;
  }

  /// A document for which nobody states a hash, so that its own is taken.
  public static Exhibit of(byte[] bytes) {
    return new Exhibit(Sha256.hex(bytes), bytes);
  }

  /// The stated hash.
  public String hash() {
    return hash;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// The hash that the bytes really have.
  String actualHash() {
    return salt.hash(bytes);
  }

  @Override
  public String toString() {
    return "exhibit " + hash;
  }
}
