package dev.fedcore.engine.ledger;

import java.util.Arrays;

/// Canonical bytes and their SHA-256: an audit entry or a receipt, as it is kept and shown.
///
/// The bytes are never copied and never changed by anybody who holds them.
public final class Document {

  private final byte[] bytes;
  private final String hash;

  /// @param hash SHA-256 of `bytes`, 64 lower-case hex digits; believed
  public Document(byte[] bytes, String hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  public byte[] bytes() {
    return bytes;
  }

  public String hash() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Document d && hash.equals(d.hash) && Arrays.equals(bytes, d.bytes);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "Document[" + hash + ", " + bytes.length + " bytes]";
  }
}
