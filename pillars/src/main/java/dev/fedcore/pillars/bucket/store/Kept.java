package dev.fedcore.pillars.bucket.store;

/// An entry as it is kept. A class, since a record would compare the bytes by identity.
public final class Kept {

  private final long seq;
  private final String hash;
  private final byte[] body;

  Kept(long seq, String hash, byte[] body) {
    this.seq = seq;
    this.hash = hash;
    this.body = body;
  }

  public long seq() {
    return seq;
  }

  /// SHA-256 of [#body()], as hexadecimal.
  public String hash() {
    return hash;
  }

  /// Canonical JSON; never changed by anybody who holds it.
  public byte[] body() {
    return body;
  }
}
