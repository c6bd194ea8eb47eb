package dev.fedcore.pillars.bucket.store;

import org.jspecify.annotations.Nullable;

/// An entry as it is kept. A class, since a record would compare the bytes by identity.
public final class Kept {

  private final long seq;
  private final String hash;
  private final byte[] body;
  private final byte @Nullable [] salt;
  private final byte @Nullable [] content;

  Kept(long seq, String hash, byte[] body, byte @Nullable [] salt, byte @Nullable [] content) {
    this.seq = seq;
    this.hash = hash;
    this.body = body;
    this.salt = salt;
    this.content = content;
  }

  public long seq() {
    return seq;
  }

  /// SHA-256 of the entry's hashed form, as hexadecimal.
  public String hash() {
    return hash;
  }

  /// Whether what it said was taken away.
  public boolean isErased() {
    return content == null && EntryForm.isSealed(body);
  }

  /// The entry for people to read, without its hash: a JSON object.
  public byte[] shown() {
    if (content != null && salt != null) {
      return EntryForm.shown(body, salt, content);
    }
    return isErased() ? EntryForm.shownErased(body) : body;
  }
}
