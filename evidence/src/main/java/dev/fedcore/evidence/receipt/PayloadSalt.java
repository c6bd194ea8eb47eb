package dev.fedcore.evidence.receipt;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.CanonicalWriter;

/// The secret of one run that everything is hashed with which people may stand in: its input, what
/// its steps put out, its actions and what policy is asked. Receipts and entries hold these hashes;
/// once the salt is gone, nobody can try a guess of what was hashed.
///
/// @param hex 64 lower-case hex digits; empty for none
public record PayloadSalt(String hex) {

  /// Of runs that began before there were salts, and of questions that belong to no run: hashes are
  /// bare SHA-256.
  public static final PayloadSalt NONE = new PayloadSalt("");

  /// @throws IllegalArgumentException if it is neither empty nor 32 bytes in hex
  public PayloadSalt {
    if (!hex.isEmpty() && !Sha256.isHex(hex)) {
      throw new IllegalArgumentException("a salt has 64 lower-case hex digits");
    }
  }

  /// The hash of canonical JSON, 64 lower-case hex digits: what [Commitment] makes of it, or
  /// SHA-256 of the bytes alone without a salt.
  public String hash(byte[] canonical) {
    return hex.isEmpty()
        ? Sha256.hex(canonical)
        : Sha256.hexOf(Commitment.digest(Sha256.parseHex(hex), canonical));
  }

  /// The hash of what `json` holds.
  public String hash(CanonicalWriter json) {
    return hash(json.toBytes());
  }

  /// Says nothing, so that no log does.
  @Override
  public String toString() {
    return hex.isEmpty() ? "PayloadSalt[none]" : "PayloadSalt[secret]";
  }
}
