package dev.fedcore.evidence.note;

import dev.fedcore.evidence.hash.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Remembers which signatures of one key were good, so that one that is met again and again, such
/// as a checkpoint's in every proof of a run, is verified once. Safe for several threads.
public final class GoodSignatures {

  /// Signatures remembered, each by its hash; the oldest is forgotten first.
  private static final int REMEMBERED_MAX = 64;

  private final Set<String> good = new LinkedHashSet<>();

  /// Whether `signature` over `message` is good: as remembered, or else as `verification` says.
  public boolean contains(byte[] message, byte[] signature, BooleanSupplier verification) {
    String name = name(message, signature);
    synchronized (good) {
      if (good.contains(name)) {
        return true;
      }
    }
    if (!verification.getAsBoolean()) {
      return false;
    }
    synchronized (good) {
      if (good.size() >= REMEMBERED_MAX) {
        good.remove(good.iterator().next());
      }
      good.add(name);
    }
    return true;
  }

  /// The message's length comes first, so that no two pairs are the same bytes.
  private static String name(byte[] message, byte[] signature) {
    MessageDigest digest = Sha256.start();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, message.length).array());
    digest.update(message);
    return Sha256.hexOf(digest.digest(signature));
  }
}
